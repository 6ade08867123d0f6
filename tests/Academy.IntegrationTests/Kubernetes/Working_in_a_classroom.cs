using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Academy.IntegrationTests.Api;

namespace Academy.IntegrationTests.Kubernetes;

/// <summary>An environment from its request to its end, over HTTP and on a real API server.</summary>
public sealed class Working_in_a_classroom(ClassroomFixture classroom, KubernetesFixture kubernetes, PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task goes_from_the_request_over_the_work_to_an_end_that_leaves_nothing()
    {
        await using var school = await ClassroomSituation.Make(await classroom.ClassroomAsync(kubernetes), postgres);
        var student = school.Student;
        var attempt = Situations.Id(await student.Post("attempts", new { labId = "deploy-ai-app" }));
        using (var early = await student.Client.Send(HttpMethod.Post, $"attempts/{attempt}/checks"))
        {
            await early.ShouldBeProblem(409, "environment.not-requested");
        }

        await student.Post($"attempts/{attempt}/environment", new { });
        var ready = await school.Until(attempt, "ready");
        var ns = ready["namespace"]!.GetValue<string>();
        ns.ShouldBe($"lab-{attempt:N}");
        (await student.Get($"attempts/{attempt}"))["namespace"]!.GetValue<string>().ShouldBe(ns);

        using var shell = await school.Shell(attempt);
        (await shell.Does(null, "get", "deployments", "-o", "name")).ShouldContain("deployment.apps/sentiment");
        var before = (await student.Post($"attempts/{attempt}/checks", new { }))!;
        Step(before, "settings")["completedAt"].ShouldBeNull();

        // The worked solution, applied as the student would: the rights are enough for it.
        await shell.Does(null, "apply", "-f", Path.Combine(Repository.Root, "curriculum", "labs", "deploy-ai-app", "solution"));
        var after = (await student.Post($"attempts/{attempt}/checks", new { }))!;
        Step(after, "settings")["completedAt"].ShouldNotBeNull(after.ToJsonString());
        Step(after, "token")["completedAt"].ShouldNotBeNull(after.ToJsonString());
        if (await RunsPods(school.Room.Cluster))
        {
            await Eventually(async () => (await student.Post($"attempts/{attempt}/checks", new { }))!["status"]!.GetValue<string>() == "completed");
        }

        var cluster = (await student.Get($"attempts/{attempt}"))["clusterId"]!.GetValue<Guid>();
        (await student.Get($"clusters/{cluster}/objects")).AsArray().Select(o => o!["namespace"]?.GetValue<string>()).Where(n => n is not null).Distinct().ShouldBe([ns]);
        (await student.Get($"clusters/{cluster}/diagnosis?namespace={ns}"))["rootCauses"].ShouldNotBeNull();
        using (var elsewhere = await student.Client.Send(HttpMethod.Get, $"clusters/{cluster}/diagnosis?namespace=kube-system"))
        {
            await elsewhere.ShouldBeProblem(404, "namespace.not-found");
        }

        var replicas = await Replicas(shell);
        replicas.ShouldBeGreaterThan(0);
        await student.Post($"attempts/{attempt}/environment/sleep", new { });
        await school.Until(attempt, "asleep");
        (await Replicas(shell)).ShouldBe(0);
        await student.Post($"attempts/{attempt}/environment/wake", new { });
        await school.Until(attempt, "ready");
        (await Replicas(shell)).ShouldBe(replicas);

        var longer = (await student.Post($"attempts/{attempt}/environment/extend", new { hours = 2 }))!;
        (Time(longer, "expiresAt") - Time(ready, "expiresAt")).ShouldBe(TimeSpan.FromHours(2));
        await Eventually(async () => (await school.Room.Cluster.KubectlAsync(null, Ct, "get", "namespace", ns, "-o", "json")).Contains($"\"academy.dev/expires\": \"{Time(longer, "expiresAt").ToUnixTimeSeconds()}\""));

        school.Academy.Clock.Advance(TimeSpan.FromHours(9.2));
        await school.RunJob("ExpireEnvironments");
        await school.Until(attempt, e => e["endsSoon"]!.GetValue<bool>());
        school.Academy.Clock.Advance(TimeSpan.FromHours(1));
        await school.RunJob("ExpireEnvironments");
        var gone = await school.Until(attempt, "removed");
        gone["removed"]!.GetValue<bool>().ShouldBeTrue();
        (await school.Left()).ShouldBeEmpty();
        await shell.MayNot("unauthorized", null, "get", "pods");
        using var late = await student.Client.PostAsJsonAsync($"/api/v1/attempts/{attempt}/environment/kubeconfig", new { }, Ct);
        await late.ShouldBeProblem(409, "environment.ended");
        (await school.Room.Cluster.KubectlAsync(null, Ct, "get", "namespaces", "-o", "name")).ShouldNotContain(ns);
    }

    [Fact]
    public async Task lets_a_student_work_in_the_namespace_and_nowhere_else()
    {
        await using var school = await ClassroomSituation.Make(await classroom.ClassroomAsync(kubernetes), postgres);
        var attempt = await school.Requests();
        var ns = (await school.Until(attempt, "ready"))["namespace"]!.GetValue<string>();
        using var shell = await school.Shell(attempt);

        await shell.Does(null, "create", "deployment", "mine", "--image=busybox:1.35");
        await shell.Does(null, "scale", "deployment", "mine", "--replicas=2");
        await shell.Does(null, "create", "configmap", "mine", "--from-literal=a=b");
        await shell.Does(null, "get", "nodes,storageclasses,priorityclasses");
        await shell.Does(null, "get", "resourcequotas,limitranges,networkpolicies,roles,events");

        await shell.MayNot("forbidden", null, "get", "pods", "-n", "kube-system");
        await shell.MayNot("forbidden", null, "get", "namespaces");
        await shell.MayNot("forbidden", null, "get", "secrets", "-A");
        await shell.MayNot("forbidden", null, "create", "configmap", "x", "-n", "default");
        await shell.MayNot("forbidden", null, "get", "--raw", "/api/v1/nodes/any/proxy/pods");
        await shell.MayNot("forbidden", null, "create", "role", "more", "--verb=*", "--resource=*");
        await shell.MayNot("forbidden", null, "create", "rolebinding", "more", "--clusterrole=cluster-admin", $"--serviceaccount={ns}:student");
        await shell.MayNot("forbidden", null, "create", "clusterrolebinding", $"{ns}-more", "--clusterrole=cluster-admin", $"--serviceaccount={ns}:student");
        await shell.MayNot("forbidden", null, "patch", "role", "student", "--type=json", "-p", """[{"op":"add","path":"/rules/-","value":{"apiGroups":["*"],"resources":["*"],"verbs":["*"]}}]""");
        await shell.MayNot("forbidden", null, "get", "pods", "--as=system:admin");
        await shell.MayNot("forbidden", null, "patch", "resourcequota", "academy", "-p", """{"spec":{"hard":{"pods":"1000"}}}""");
        await shell.MayNot("forbidden", null, "delete", "limitrange", "academy");
        await shell.MayNot("forbidden", null, "delete", "networkpolicy", "academy-deny");
        await shell.MayNot("forbidden", AllowAll, "create", "-f", "-");
        await shell.MayNot("forbidden", null, "delete", "serviceaccount", "student");
        await shell.MayNot("forbidden", null, "label", "namespace", ns, "pod-security.kubernetes.io/enforce=privileged", "--overwrite");
        await shell.MayNot("forbidden", null, "delete", "namespace", ns);
        await shell.MayNot("forbidden", """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"expirationSeconds":86400}}""",
            "create", "--raw", $"/api/v1/namespaces/{ns}/serviceaccounts/student/token", "-f", "-");

        await shell.MayNot("exceeded quota", Greedy, "create", "-f", "-");
        await shell.MayNot("exceeded quota", null, "create", "service", "nodeport", "open", "--tcp=80:80");
    }

    [Fact]
    public async Task hands_out_credentials_that_are_short_lived_and_kept_nowhere()
    {
        await using var school = await ClassroomSituation.Make(await classroom.ClassroomAsync(kubernetes), postgres);
        var attempt = await school.Requests();
        using (var early = await school.Student.Client.PostAsJsonAsync($"/api/v1/attempts/{attempt}/environment/kubeconfig", new { }, Ct))
        {
            await early.ShouldBeProblem(409, "environment.not-ready");
        }

        await school.Until(attempt, "ready");
        foreach (var minutes in new[] { 9, 481, int.MaxValue, -1 })
        {
            using var refused = await school.Student.Client.PostAsJsonAsync($"/api/v1/attempts/{attempt}/environment/kubeconfig", new { minutes }, Ct);
            await refused.ShouldBeProblem(400, "environment.token-life");
        }

        var tokens = new List<string>();
        for (var i = 0; i < 2; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/v1/attempts/{attempt}/environment/kubeconfig")
            {
                Headers = { { "Idempotency-Key", "the-same" } },
                Content = JsonContent.Create(new { minutes = 30 }),
            };
            using var response = await school.Student.Client.SendAsync(request, Ct);
            using var shell = new StudentShell((await response.Content.ReadFromJsonAsync<JsonNode>(Ct))!["kubeconfig"]!.GetValue<string>());
            await shell.Does(null, "get", "pods");
            (shell.TokenExpires - TimeProvider.System.GetUtcNow()).ShouldBeInRange(TimeSpan.FromMinutes(28), TimeSpan.FromMinutes(31));
            tokens.Add(shell.Token);

            // Within one second the server would sign the very same token again.
            await Task.Delay(1100, Ct);
        }

        tokens.ShouldBeUnique("nothing was there to be given again");
        foreach (var token in tokens)
        {
            (await school.Academy.TablesWith(token)).ShouldBeEmpty();
        }

        (await school.Academy.TablesWith(JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(school.Room.Connection()))!["Token"]!.GetValue<string>())).ShouldBeEmpty("the classroom's own credentials are enciphered");

        // Close to the end the credentials are bounded by it, as far as the server gives shorter ones.
        school.Academy.Clock.Advance(TimeSpan.FromHours(7.75));
        using var last = await school.Shell(attempt, new { minutes = 480 });
        (last.TokenExpires - TimeProvider.System.GetUtcNow()).ShouldBeLessThan(TimeSpan.FromMinutes(16));
    }

    [Fact]
    public async Task removes_what_has_its_own_label_and_no_environment_and_nothing_else()
    {
        await using var school = await ClassroomSituation.Make(await classroom.ClassroomAsync(kubernetes), postgres);
        var attempt = await school.Requests();
        var mine = (await school.Until(attempt, "ready"))["namespace"]!.GetValue<string>();
        var mark = Path.GetRandomFileName()[..8];
        var stray = await Namespace("stray", Labels(school.Installation, school.Tenant));
        var others = new[]
        {
            await Namespace("no-label", new()),
            await Namespace("other-academy", Labels("another", school.Tenant)),
            await Namespace("other-school", Labels(school.Installation, "another")),
            await Namespace("no-environment", Labels(school.Installation, school.Tenant, environment: "none")),
            await Namespace("not-managed", Labels(school.Installation, school.Tenant, managedBy: "helm")),
        };
        try
        {
            await school.RunJob("SweepClassrooms");
            await Eventually(async () => !(await Names()).Contains(stray));
            await school.RunJob("SweepClassrooms");
            await Task.Delay(1000, Ct);
            (await Names()).ShouldBeSubsetOf([.. await Names(), .. others]);
            others.Append(mine).ShouldBeSubsetOf(await Names());
        }
        finally
        {
            await school.Room.Cluster.KubectlAsync(null, CancellationToken.None, ["delete", "namespace", .. others, "--wait=false"]);
        }

        async Task<List<string>> Names() =>
            [.. JsonNode.Parse(await school.Room.Cluster.KubectlAsync(null, Ct, "get", "namespaces", "-o", "json"))!["items"]!.AsArray()
                .Where(n => n!["metadata"]!["deletionTimestamp"] is null).Select(n => n!["metadata"]!["name"]!.GetValue<string>())];

        async Task<string> Namespace(string name, JsonObject labels)
        {
            var body = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = $"{name}-{mark}", ["labels"] = labels } };
            await school.Room.Cluster.KubectlAsync(body.ToJsonString(), Ct, "create", "-f", "-");
            return $"{name}-{mark}";
        }
    }

    private const string AllowAll = """{"apiVersion":"networking.k8s.io/v1","kind":"NetworkPolicy","metadata":{"name":"all"},"spec":{"podSelector":{},"egress":[{}],"policyTypes":["Egress"]}}""";

    private const string Greedy = """
        {"apiVersion":"v1","kind":"Pod","metadata":{"name":"greedy"},"spec":{"containers":[{"name":"x","image":"busybox:1.35","resources":{"limits":{"memory":"100Gi","cpu":"1"}}}]}}
        """;

    private static JsonObject Labels(string installation, string tenant, string? environment = null, string managedBy = "academy") => new()
    {
        ["app.kubernetes.io/managed-by"] = managedBy,
        ["academy.dev/installation"] = installation,
        ["academy.dev/tenant"] = tenant,
        ["academy.dev/environment"] = environment ?? $"{Guid.CreateVersion7(TimeProvider.System.GetUtcNow())}",
    };

    // Without a real node the pods of the solution never become ready, and the steps that look at them stay open.
    private static async Task<bool> RunsPods(TestCluster cluster) =>
        (await cluster.KubectlAsync(null, Ct, "get", "nodes", "-o", "jsonpath={.items[*].status.nodeInfo.containerRuntimeVersion}")).Contains("containerd://", StringComparison.Ordinal);

    private static JsonNode Step(JsonNode attempt, string id) => attempt["steps"]!.AsArray().First(s => s!["stepId"]!.GetValue<string>() == id)!;

    private static DateTimeOffset Time(JsonNode of, string name) => of[name]!.GetValue<DateTimeOffset>();

    private static async Task<int> Replicas(StudentShell shell) =>
        int.Parse(await shell.Does(null, "get", "deployment", "sentiment", "-o", "jsonpath={.spec.replicas}"), System.Globalization.CultureInfo.InvariantCulture);

    private static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            tries.ShouldBeLessThan(150, "it should have come about within a minute");
            await Task.Delay(400, Ct);
        }
    }
}
