using System.Text.Json.Nodes;
using Academy.IntegrationTests.Kubernetes;

namespace Academy.IntegrationTests.Deployment;

public sealed class The_Kubernetes_manifests
{
    public static TheoryData<string> Overlays => ["overlays/single", "overlays/ha", "lab-reader", "lab-reader-with-secrets", "classroom"];

    [Theory, MemberData(nameof(Overlays))]
    public async Task are_accepted_by_a_real_API_server(string folder)
    {
        var objects = await Kubectl.Build(folder);
        Kubectl.NeedCluster();
        var space = $"academy-test-{Path.GetRandomFileName()[..8]}";
        (await Kubectl.Run(null, "create", "namespace", space)).Code.ShouldBe(0);
        try
        {
            foreach (var item in objects.Where(item => item["metadata"]!["namespace"] is not null))
            {
                item["metadata"]!["namespace"] = space;
            }

            var served = new List<JsonNode>();
            foreach (var group in objects.GroupBy(item => (string)item["apiVersion"]!))
            {
                var kinds = await KindsServed(group.Key);
                served.AddRange(group.Where(item => kinds.Contains((string)item["kind"]!)));
                foreach (var item in group.Where(item => !kinds.Contains((string)item["kind"]!)))
                {
                    Schema.Violations(SchemaOf(item), item).ShouldBeEmpty(Name(item));
                }
            }

            // With server-side apply the server checks types and refuses fields it does not know.
            var list = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "List", ["items"] = new JsonArray([.. served.Select(item => item.DeepClone())]) };
            var (code, output, error) = await Kubectl.Run(list.ToJsonString(), "apply", "--server-side", "--dry-run=server", "-f", "-");
            code.ShouldBe(0, error);
            output.Split('\n').Count(line => line.EndsWith("(server dry run)", StringComparison.Ordinal)).ShouldBe(served.Count);
        }
        finally
        {
            await Kubectl.Run(null, "delete", "namespace", space, "--wait=false");
        }
    }

    [Theory, InlineData("overlays/single"), InlineData("overlays/ha")]
    public async Task fit_the_schema_where_an_old_server_does_not_know_them(string folder)
    {
        var objects = (await Kubectl.Build(folder)).Where(item => File.Exists(SchemaFile(item))).ToList();
        objects.ShouldNotBeEmpty();
        foreach (var item in objects)
        {
            Schema.Violations(SchemaOf(item), item).ShouldBeEmpty(Name(item));
        }
    }

    [Fact]
    public async Task are_seen_to_break_a_schema_when_they_do()
    {
        var cluster = (await Kubectl.Build("overlays/ha")).Single(item => (string?)item["kind"] == "Cluster");
        cluster["spec"]!["instances"] = "three";
        cluster["spec"]!["storage"]!["sise"] = "1Gi";
        cluster["spec"]!["postgresql"]!["synchronous"]!["method"] = "all";
        Schema.Violations(SchemaOf(cluster), cluster).ShouldBe(
            ["$.spec.instances is no integer", "$.spec.postgresql.synchronous.method is 'all', not one of any, first", "$.spec.storage.sise is not known"],
            ignoreOrder: true);
    }

    [Theory, InlineData("overlays/single"), InlineData("overlays/ha")]
    public async Task run_every_pod_restricted_limited_and_probed(string folder)
    {
        foreach (var workload in await Workloads(folder))
        {
            PodRules.Violations(workload).ShouldBeEmpty(Name(workload));
        }
    }

    [Fact]
    public async Task are_seen_to_break_the_rules_for_pods_when_they_do()
    {
        var workload = (await Workloads("overlays/single")).Single(item => Name(item) == "Deployment/academy");
        var pod = workload["spec"]!["template"]!["spec"]!;
        var container = pod["containers"]![0]!;
        pod["securityContext"]!["runAsNonRoot"] = false;
        pod["hostNetwork"] = true;
        container["image"] = "academy:latest";
        container.AsObject().Remove("readinessProbe");
        container["resources"]!["limits"]!.AsObject().Remove("memory");
        PodRules.Violations(workload).ShouldBe(
            ["may run as root", "shares hostNetwork", "has no fixed image: academy:latest", "has no limits of memory", "has no readinessProbe"]);
    }

    [Theory, InlineData("overlays/single"), InlineData("overlays/ha")]
    public async Task ask_the_program_for_its_health_where_it_tells_it(string folder)
    {
        var container = (await Workloads(folder)).Single(item => Name(item) == "Deployment/academy")["spec"]!["template"]!["spec"]!["containers"]![0]!;
        ((string?)container["startupProbe"]!["httpGet"]!["path"]).ShouldBe("/health/live");
        ((string?)container["livenessProbe"]!["httpGet"]!["path"]).ShouldBe("/health/live");
        ((string?)container["readinessProbe"]!["httpGet"]!["path"]).ShouldBe("/health/ready");
        ((int?)container["ports"]![0]!["containerPort"]).ShouldBe(8080);
    }

    [Fact]
    public async Task spread_three_replicas_and_keep_two_of_them_in_the_highly_available_form()
    {
        var objects = await Kubectl.Build("overlays/ha");
        var deployment = objects.Single(item => Name(item) == "Deployment/academy")["spec"]!;
        ((int?)deployment["replicas"]).ShouldBe(3);
        deployment["template"]!["spec"]!["topologySpreadConstraints"]!.AsArray().Select(it => (string?)it!["topologyKey"])
            .ShouldBe(["kubernetes.io/hostname", "topology.kubernetes.io/zone"]);
        var budget = objects.Single(item => Name(item) == "PodDisruptionBudget/academy")["spec"]!.AsObject();
        ((int?)budget["minAvailable"]).ShouldBe(2);
        budget.ContainsKey("maxUnavailable").ShouldBeFalse();
        ((int?)objects.Single(item => Name(item) == "Cluster/academy-postgres")["spec"]!["instances"]).ShouldBe(3);
    }

    [Theory, MemberData(nameof(Overlays))]
    public async Task hold_no_secret(string folder) =>
        (await Kubectl.Build(folder)).Where(item => (string?)item["kind"] == "Secret").Select(Name).ShouldBeEmpty();

    [Theory, InlineData("lab-reader"), InlineData("lab-reader-with-secrets")]
    public async Task let_the_lab_reader_change_nothing(string folder) =>
        (await Kubectl.Build(folder)).Where(item => (string?)item["kind"] is "ClusterRole" or "Role")
            .SelectMany(role => role["rules"]!.AsArray()).SelectMany(rule => rule!["verbs"]!.AsArray()).Select(verb => (string?)verb)
            .ShouldBeSubsetOf(["get", "list", "watch"]);

    [Fact]
    public async Task let_the_lab_reader_see_pods_and_logs_but_neither_secrets_nor_exec_on_a_real_API_server()
    {
        await Kubectl.Need();
        Kubectl.NeedCluster();
        (await Kubectl.Run(null, "apply", "-k", Path.Combine(Kubectl.Manifests, "lab-reader"))).Code.ShouldBe(0);
        try
        {
            (await May("list", "pods")).ShouldBeTrue();
            (await May("get", "pods/log")).ShouldBeTrue();
            (await May("list", "secrets")).ShouldBeFalse();
            (await May("create", "pods/exec")).ShouldBeFalse();
            (await May("delete", "pods")).ShouldBeFalse();
            (await May("patch", "deployments.apps")).ShouldBeFalse();
            (await May("impersonate", "users")).ShouldBeFalse();
        }
        finally
        {
            await Kubectl.Run(null, "delete", "-k", Path.Combine(Kubectl.Manifests, "lab-reader"), "--wait=false");
        }

        static async Task<bool> May(string verb, string resource) =>
            (await Kubectl.Run(null, "auth", "can-i", verb, resource, "--as=system:serviceaccount:academy-labs:academy-reader", "-n", "default")).Code == 0;
    }

    private static async Task<IEnumerable<JsonObject>> Workloads(string folder) =>
        (await Kubectl.Build(folder)).Where(item => (string?)item["kind"] is "Deployment" or "StatefulSet" or "Job");

    private static string Name(JsonObject item) => $"{item["kind"]}/{item["metadata"]!["name"]}";

    private static async Task<IReadOnlyList<string>> KindsServed(string apiVersion)
    {
        var (code, output, _) = await Kubectl.Run(null, "get", "--raw", apiVersion.Contains('/', StringComparison.Ordinal) ? $"/apis/{apiVersion}" : $"/api/{apiVersion}");
        return code == 0 ? [.. JsonNode.Parse(output)!["resources"]!.AsArray().Select(resource => (string)resource!["kind"]!)] : [];
    }

    private static string SchemaFile(JsonObject item) =>
        Path.Combine(Repository.Root, "tests", "Academy.IntegrationTests", "Deployment", "schemas",
            $"{item["kind"]}.{((string)item["apiVersion"]!).Replace('/', '.')}.json");

    private static JsonNode SchemaOf(JsonObject item) => JsonNode.Parse(File.ReadAllText(SchemaFile(item)))!;
}
