using System.Net;
using System.Text.Json.Nodes;
using Academy.Clusters.Classrooms;

namespace Academy.Tests.Clusters;

public sealed class Making_an_environment
{
    private static readonly EnvironmentOwner Owner = new("0123456789abcdef", "a school / with spaces");
    private static readonly Guid Id = Guid.Parse("0193a1b2-0000-7000-8000-00000000c003");

    public static TheoryData<string, string> Manifests => new()
    {
        { "environment.manifest", "{apiVersion: v1, kind: Namespace, metadata: {name: other}}" },
        { "environment.manifest", "{apiVersion: v1, kind: ConfigMap, metadata: {name: x, namespace: kube-system}}" },
        { "environment.manifest", "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: x}}" },
        { "environment.manifest", "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding, metadata: {name: x}, roleRef: {kind: ClusterRole, name: cluster-admin}}" },
        { "environment.manifest", "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: x}, rules: [{apiGroups: ['*'], resources: ['*'], verbs: ['*']}]}" },
        { "environment.manifest", "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: student}, rules: []}" },
        { "environment.manifest", "{apiVersion: v1, kind: ResourceQuota, metadata: {name: academy}, spec: {hard: {pods: '1000'}}}" },
        { "environment.manifest", "{apiVersion: v1, kind: ConfigMap, metadata: {name: ../../kube-system/configmaps/x}}" },
        { "environment.manifest", "{apiVersion: v1, kind: ConfigMap, metadata: {}}" },
        { "environment.manifest", "just text" },
        { "environment.manifest", "a: &a [*a]" },
        { "environment.kind-missing", "{apiVersion: example.org/v1, kind: Thing, metadata: {name: x}}" },
        { "environment.kind-missing", "{apiVersion: 'v1/../../apis', kind: ConfigMap, metadata: {name: x}}" },
    };

    [Theory, MemberData(nameof(Manifests))]
    public async Task refuses_a_start_state_that_reaches_out_before_anything_is_made(string code, string yaml)
    {
        var server = new StandIn();
        var trouble = await Should.ThrowAsync<ClassroomException>(() => EnvironmentMaker.MakeAsync(server, Plan(yaml), TestContext.Current.CancellationToken));
        trouble.Code.ShouldBe(code);
        trouble.MayPass.ShouldBeFalse();
        server.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task names_every_definition_that_is_missing_before_anything_is_made()
    {
        var server = new StandIn();
        var plan = Plan("") with { Crds = ["pytorchjobs.kubeflow.org", "virtualservices.networking.istio.io"] };
        var trouble = await Should.ThrowAsync<ClassroomException>(() => EnvironmentMaker.MakeAsync(server, plan, TestContext.Current.CancellationToken));
        trouble.Code.ShouldBe("environment.crds-missing");
        trouble.Message.ShouldContain("pytorchjobs.kubeflow.org, virtualservices.networking.istio.io");
        server.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task takes_no_namespace_that_is_somebody_elses()
    {
        var server = new StandIn { Namespace = new JsonObject { ["metadata"] = new JsonObject { ["name"] = "lab-x", ["uid"] = "u" } } };
        (await Should.ThrowAsync<ClassroomException>(() => EnvironmentMaker.MakeAsync(server, Plan(""), TestContext.Current.CancellationToken))).Code.ShouldBe("environment.namespace-taken");
        (await EnvironmentRemover.RemoveAsync(server, Owner, Id, "lab-x", TestContext.Current.CancellationToken)).ShouldBeTrue("there is nothing of ours");
        server.Changes.ShouldBeEmpty();
    }

    [Fact]
    public async Task puts_the_limits_up_before_the_work_and_sends_the_authors_own_text()
    {
        const string yaml = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: settings}\ndata: {mode: \"0555\"}\n";
        var server = new StandIn();
        var made = await EnvironmentMaker.MakeAsync(server, Plan($"{yaml}---\n# nothing\n---\n{yaml.Replace("settings", "more", StringComparison.Ordinal)}"), TestContext.Current.CancellationToken);
        made.ShouldBe(
        [
            "Namespace/lab-x", "ResourceQuota/academy", "LimitRange/academy", "NetworkPolicy/academy-deny", "NetworkPolicy/academy-within", "ServiceAccount/default",
            "ServiceAccount/student", "Role/student", "RoleBinding/student", "ConfigMap/settings", "ConfigMap/more",
        ]);
        var create = JsonNode.Parse(server.Changes[0].Body!)!;
        create["metadata"]!["labels"]!["academy.dev/environment"]!.GetValue<string>().ShouldBe($"{Id}");
        create["metadata"]!["labels"]!["academy.dev/tenant"]!.GetValue<string>().ShouldMatch("^sha256\\.[0-9a-f]{32}$");
        server.Changes.ShouldContain(c => c.Path.StartsWith("api/v1/namespaces/lab-x/configmaps/settings?", StringComparison.Ordinal) && c.Body == yaml);
        server.Changes.ShouldAllBe(c => c.Path == "api/v1/namespaces" || c.Path.Contains("/namespaces/lab-x/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task lets_students_write_policies_only_where_the_network_is_open()
    {
        (await Verbs(Plan(""))).ShouldBe(["get", "list", "watch"]);
        (await Verbs(Plan("") with { Isolated = false })).ShouldContain("create");

        static async Task<IEnumerable<string>> Verbs(EnvironmentPlan plan)
        {
            var server = new StandIn();
            await EnvironmentMaker.MakeAsync(server, plan, TestContext.Current.CancellationToken);
            var role = JsonNode.Parse(server.Changes.Single(c => c.Path.Contains("/roles/student", StringComparison.Ordinal)).Body!)!;
            return role["rules"]!.AsArray().Single(r => r!["resources"]!.AsArray().Any(n => n!.GetValue<string>() == "networkpolicies"))!["verbs"]!.AsArray().Select(v => v!.GetValue<string>());
        }
    }

    [Fact]
    public async Task lets_students_write_what_the_solution_writes_under_the_labs_own_names_only()
    {
        const string solution = "{apiVersion: v1, kind: ResourceQuota, metadata: {name: guard}, spec: {hard: {pods: '3'}}}\n---\n{apiVersion: v1, kind: ResourceQuota, metadata: {name: academy}}";
        var server = new StandIn();
        await EnvironmentMaker.MakeAsync(server, Plan("") with { Solution = [new StartManifest("10.yaml", solution)] }, TestContext.Current.CancellationToken);
        var rules = JsonNode.Parse(server.Changes.Single(c => c.Path.Contains("/roles/student", StringComparison.Ordinal)).Body!)!["rules"]!.AsArray()
            .Where(r => r!["resources"]!.AsArray().Any(n => n!.GetValue<string>() == "resourcequotas")).ToList();
        rules.Select(r => string.Join(',', r!["verbs"]!.AsArray().Select(v => v!.GetValue<string>()))).ShouldBe(["get,list,watch", "create", "update,patch,delete"]);
        rules[^1]!["resourceNames"]!.AsArray().Select(n => n!.GetValue<string>()).ShouldBe(["guard"]);
        server.Changes.ShouldNotContain(c => c.Path.Contains("guard", StringComparison.Ordinal), "a solution is not applied");
    }

    [Theory]
    [InlineData("{apiVersion: v1, kind: Namespace, metadata: {name: other}}")]
    [InlineData("{apiVersion: example.org/v1, kind: Thing, metadata: {name: x}}")]
    public async Task says_before_anything_is_made_that_a_lab_reaches_beyond_a_namespace(string solution)
    {
        var server = new StandIn();
        var plan = Plan("") with { Solution = [new StartManifest("10.yaml", solution)] };
        (await Should.ThrowAsync<ClassroomException>(() => EnvironmentMaker.MakeAsync(server, plan, TestContext.Current.CancellationToken))).Code.ShouldBe("environment.lab-needs-cluster");
        server.Changes.ShouldBeEmpty();
    }

    private static EnvironmentPlan Plan(string yaml) => new(
        Owner, Id, Id, "lab-x", DateTimeOffset.UnixEpoch.AddYears(60), new Dictionary<string, string> { ["pods"] = "5" }, new Dictionary<string, string>(), new Dictionary<string, string>(),
        true, [], [new StartManifest("10-start.yaml", yaml)], []);

    /// <summary>Knows a few kinds, remembers the namespace, and says yes to every change.</summary>
    private sealed class StandIn : IClassroomServer
    {
        public List<ClassroomCall> Changes { get; } = [];

        public JsonObject? Namespace { get; set; }

        public Task<ClassroomAnswer> SendAsync(ClassroomCall call, CancellationToken ct) => Task.FromResult(call.Method == HttpMethod.Get ? Read(call.Path) : Change(call));

        public void Dispose() => Changes.TrimExcess();

        private ClassroomAnswer Read(string path) => path switch
        {
            "api/v1" => Kinds(("configmaps", "ConfigMap", true), ("resourcequotas", "ResourceQuota", true), ("namespaces", "Namespace", false)),
            "apis/rbac.authorization.k8s.io/v1" => Kinds(("roles", "Role", true), ("rolebindings", "RoleBinding", true), ("clusterrolebindings", "ClusterRoleBinding", false)),
            "api/v1/namespaces/lab-x" when Namespace is not null => new(HttpStatusCode.OK, (JsonObject)Namespace.DeepClone()),
            _ => new(HttpStatusCode.NotFound, new JsonObject { ["kind"] = "Status" }),
        };

        private ClassroomAnswer Change(ClassroomCall call)
        {
            Changes.Add(call);
            var body = call.Path == "api/v1/namespaces" ? JsonNode.Parse(call.Body!)!.AsObject() : new JsonObject { ["kind"] = "Status" };
            if (call.Path == "api/v1/namespaces")
            {
                body["metadata"]!["uid"] = "u";
                Namespace = body;
            }

            return new(HttpStatusCode.OK, (JsonObject)body.DeepClone());
        }

        private static ClassroomAnswer Kinds(params (string Name, string Kind, bool Namespaced)[] kinds) => new(HttpStatusCode.OK, new JsonObject
        {
            ["resources"] = new JsonArray([.. kinds.Select(k => new JsonObject { ["name"] = k.Name, ["kind"] = k.Kind, ["namespaced"] = k.Namespaced })]),
        });
    }
}
