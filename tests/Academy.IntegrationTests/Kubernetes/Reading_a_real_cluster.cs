using System.Text.Json.Nodes;
using Academy.Clusters;
using Academy.Diagnosis;
using Shouldly;

namespace Academy.IntegrationTests.Kubernetes;

public sealed class Reading_a_real_cluster(KubernetesFixture kubernetes)
{
    private const string Shop = """
        apiVersion: v1
        kind: Secret
        metadata: {name: db, labels: {app: shop}}
        stringData: {password: hunter2}
        ---
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: settings}
        data: {LOG_LEVEL: debug}
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: trainer}
        spec:
          selector: {matchLabels: {app: trainer}}
          template:
            metadata: {labels: {app: trainer}}
            spec:
              nodeSelector: {academy.test/pool: nowhere}
              containers: [{name: trainer, image: "example.org/trainer:1"}]
        ---
        apiVersion: policy/v1beta1
        kind: PodDisruptionBudget
        metadata: {name: shop}
        spec: {minAvailable: 1, selector: {matchLabels: {app: trainer}}}
        ---
        apiVersion: autoscaling/v2beta2
        kind: HorizontalPodAutoscaler
        metadata: {name: shop}
        spec:
          maxReplicas: 3
          scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: trainer}
          metrics: [{type: Resource, resource: {name: cpu, target: {type: Utilization, averageUtilization: 70}}}]
        """;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task brings_a_students_namespace_and_notes_what_the_student_may_not_see()
    {
        var ns = await ShopAsync();

        var snapshot = await ReadAsync(ns.Cluster, ns.StudentKubeconfig, ns.Name);

        Names(snapshot).ShouldContain("apps/v1 Deployment/trainer");
        Names(snapshot).ShouldContain("v1 ConfigMap/settings");
        Names(snapshot).ShouldContain(n => n.StartsWith("v1 Pod/trainer-", StringComparison.Ordinal));
        Names(snapshot).ShouldContain($"v1 Namespace/{ns.Name}");
        Names(snapshot).ShouldContain(n => n.StartsWith("v1 Event/trainer-", StringComparison.Ordinal));
        snapshot.Unreadable.ShouldContain("Secret");
        snapshot.Unreadable.ShouldContain("Node");
        snapshot.Unreadable.ShouldContain("ClusterRole");
        snapshot.Unreadable.ShouldNotContain("Pod");
        snapshot.Objects.ShouldAllBe(o => o["metadata"]!["managedFields"] == null);
    }

    [Fact]
    public async Task brings_an_administrator_every_kind_in_its_best_version_and_no_secret_value()
    {
        var ns = await ShopAsync();

        var snapshot = await ReadAsync(ns.Cluster, ns.Cluster.Kubeconfig, ns.Name);

        var hpa = snapshot.Objects.Single(o => Is(o, "HorizontalPodAutoscaler"));
        hpa["spec"]!["metrics"]![0]!["resource"]!["name"]!.GetValue<string>().ShouldBe("cpu");
        snapshot.Objects.ShouldContain(o => Is(o, "PodDisruptionBudget"));
        snapshot.Objects.ShouldContain(o => Is(o, "ClusterRole"));
        snapshot.Unreadable.ShouldBeEmpty();
        var secret = snapshot.Objects.Single(o => Is(o, "Secret") && Name(o) == "db");
        secret["data"]!["password"]!.GetValue<string>().ShouldBe("");
        snapshot.Objects.ShouldNotContain(o => o.ToJsonString().Contains("hunter2", StringComparison.Ordinal) || o.ToJsonString().Contains("aHVudGVyMg", StringComparison.Ordinal));
    }

    [Fact]
    public async Task takes_at_most_forty_lists_each_asked_once_and_no_request_an_object()
    {
        var ns = await ShopAsync();
        using var counting = new CountingHandler();
        using var client = new k8s.Kubernetes(k8s.KubernetesClientConfiguration.BuildConfigFromConfigFile(ns.Cluster.KubeconfigPath), counting);

        await new ClusterReader(ns.Cluster.Options(), TimeProvider.System).ReadAsync(client, ns.Name, Ct);

        var lists = counting.Asked.Where(path => path.Contains("limit=", StringComparison.Ordinal)).Select(path => path.Split('?')[0]).ToList();
        lists.Count.ShouldBeInRange(20, 40);
        lists.ShouldBeUnique();
        counting.Asked.Where(path => !path.Contains("limit=", StringComparison.Ordinal)).ShouldAllBe(path => IsDiscovery(path) || path.Contains("/log?", StringComparison.Ordinal));
    }

    [Fact]
    public async Task finds_the_root_cause_of_a_workload_that_cannot_be_placed()
    {
        var ns = await ShopAsync();

        var snapshot = await ReadAsync(ns.Cluster, ns.Cluster.Kubeconfig, ns.Name);
        var report = Diagnoser.Diagnose(snapshot, ns.Name, Ct);

        var cause = report.RootCauses[0];
        (cause.Kind, cause.Name, cause.Reason).ShouldBe(("Deployment", "trainer", "node-selector-mismatch"));
        cause.Evidence.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task gives_the_same_report_byte_for_byte_from_a_snapshot_of_the_cluster()
    {
        var ns = await ShopAsync();
        var live = await ReadAsync(ns.Cluster, ns.Cluster.Kubeconfig, ns.Name);

        using var archive = new MemoryStream();
        await SnapshotWriter.WriteAsync(live, archive, Ct);
        archive.Position = 0;
        var recorded = await RecordedAsync(archive, ns.Name);

        recorded.TakenAt.ShouldBe(live.TakenAt);
        recorded.Objects.Select(o => o.ToJsonString()).ShouldBe(live.Objects.Select(o => o.ToJsonString()));
        Report(recorded, ns.Name).ShouldBe(Report(live, ns.Name));
    }

    [Fact]
    public async Task gives_the_same_report_from_what_the_collector_script_brings()
    {
        var ns = await ShopAsync();
        var folder = Directory.CreateTempSubdirectory("academy-collect-");
        try
        {
            // Other tests may add a node in between, which the scheduler's messages count: only a state that stood still is compared.
            ClusterSnapshot before, collected, live;
            do
            {
                before = await ReadAsync(ns.Cluster, ns.Cluster.Kubeconfig, ns.Name);
                collected = await CollectAsync(ns.Cluster.KubeconfigPath, ns.Name, folder.FullName);
                live = await ReadAsync(ns.Cluster, ns.Cluster.Kubeconfig, ns.Name);
            }
            while (Report(before, ns.Name) != Report(live, ns.Name));

            collected.Unreadable.ShouldBeEmpty();
            var kinds = live.Objects.Select(o => $"{o["apiVersion"]} {o["kind"]}").Distinct().ToList();
            kinds.ShouldBeSubsetOf(collected.Objects.Select(o => $"{o["apiVersion"]} {o["kind"]}"));
            collected.Objects.ShouldNotContain(o => o.ToJsonString().Contains("hunter2", StringComparison.Ordinal) || o.ToJsonString().Contains("aHVudGVyMg", StringComparison.Ordinal));
            Report(collected, ns.Name).ShouldBe(Report(live, ns.Name));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task by_the_collector_script_as_a_student_notes_what_is_forbidden()
    {
        var ns = await ShopAsync();
        var folder = Directory.CreateTempSubdirectory("academy-collect-");
        try
        {
            var kubeconfig = Path.Combine(folder.FullName, "student.kubeconfig");
            await File.WriteAllTextAsync(kubeconfig, ns.StudentKubeconfig, Ct);

            var collected = await CollectAsync(kubeconfig, ns.Name, folder.FullName);

            collected.Unreadable.ShouldContain("Secret");
            collected.Unreadable.ShouldContain("Node");
            Names(collected).ShouldContain("apps/v1 Deployment/trainer");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task is_all_that_a_student_may_do()
    {
        var ns = await ShopAsync();

        foreach (var attempt in new[] { "get secrets", "create configmap x", "delete deployment trainer", "get nodes", "get pods -n kube-system", "create token student" })
        {
            var outcome = await ns.AsStudentAsync(Ct, attempt.Split(' '));
            outcome.ExitCode.ShouldNotBe(0, attempt);
            outcome.Error.ShouldContain("orbidden", Case.Sensitive, attempt);
        }

        (await ns.AsStudentAsync(Ct, "get", "pods")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task fails_with_forbidden_where_the_student_may_see_nothing()
    {
        var ns = await ShopAsync();
        var other = await kubernetes.CreateNamespaceAsync("other", Ct);

        (await Should.ThrowAsync<ClusterReadException>(() => ReadAsync(ns.Cluster, ns.StudentKubeconfig, other.Name))).Code.ShouldBe("cluster.forbidden");
    }

    [Fact]
    public async Task fails_with_unauthorized_on_a_wrong_token()
    {
        var cluster = await kubernetes.ClusterAsync();

        (await Should.ThrowAsync<ClusterReadException>(() => ReadAsync(cluster, TestNamespace.Kubeconfig(cluster, "default", "wrong.token.here"), "default")))
            .Code.ShouldBe("cluster.unauthorized");
    }

    [Fact]
    public async Task is_refused_when_no_operator_allowed_its_network()
    {
        var ns = await ShopAsync();
        var connection = KubeconfigVetter.Vet(ns.StudentKubeconfig, null, ns.Cluster.Options()).Connection!;
        Assert.SkipUnless(ns.Cluster.Networks.All(n => n.StartsWith("127.", StringComparison.Ordinal)), "The given cluster is not on loopback.");

        KubeconfigVetter.Vet(ns.StudentKubeconfig, null, new ClustersOptions()).Refusals.ShouldHaveSingleItem().Code.ShouldBe("kubeconfig.address");
        (await Should.ThrowAsync<ClusterReadException>(() =>
            new ClusterReader(new ClustersOptions(), TimeProvider.System).ReadAsync(new ClusterSource.Live(connection), ns.Name, Ct))).Code.ShouldBe("cluster.address");
    }

    private Task<TestNamespace> ShopAsync() => kubernetes.SharedNamespaceAsync("shop", async ns =>
    {
        await kubernetes.EnsureNodeAsync();
        var served = await ns.Cluster.KubectlAsync(null, CancellationToken.None, "api-versions");
        var shop = served.Contains("policy/v1\n", StringComparison.Ordinal) ? Shop.Replace("policy/v1beta1", "policy/v1", StringComparison.Ordinal) : Shop;
        shop = served.Contains("autoscaling/v2\n", StringComparison.Ordinal) ? shop.Replace("autoscaling/v2beta2", "autoscaling/v2", StringComparison.Ordinal) : shop;
        await ns.ApplyAsync(shop, CancellationToken.None);
        await ns.Cluster.UntilAsync("nodes are available", CancellationToken.None, "get", "events", "-n", ns.Name);
    });

    private static async Task<ClusterSnapshot> ReadAsync(TestCluster cluster, string kubeconfig, string ns)
    {
        var options = cluster.Options();
        var vetted = KubeconfigVetter.Vet(kubeconfig, null, options);
        vetted.Refusals.ShouldBeEmpty();
        return await new ClusterReader(options, TimeProvider.System).ReadAsync(new ClusterSource.Live(vetted.Connection!), ns, Ct);
    }

    private static async Task<ClusterSnapshot> RecordedAsync(Stream archive, string ns)
    {
        var options = new ClustersOptions();
        var recorded = await SnapshotArchive.ReadAsync(archive, options, Ct);
        return await new ClusterReader(options, TimeProvider.System).ReadAsync(new ClusterSource.Recorded(recorded), ns, Ct);
    }

    private static async Task<ClusterSnapshot> CollectAsync(string kubeconfig, string ns, string folder)
    {
        var script = Path.Combine(Repository.Root, "src", "Academy.Host", "wwwroot", "collect.sh");
        var outcome = await ShellCommand.TryRunAsync("env", [$"KUBECONFIG={kubeconfig}", "sh", script, ns], null, Ct, folder);
        outcome.ExitCode.ShouldBe(0, outcome.Error);
        await using var archive = File.OpenRead(Path.Combine(folder, $"academy-{ns}.tar.gz"));
        return await RecordedAsync(archive, ns);
    }

    // /api, /api/v1, /apis and /apis/GROUP/VERSION.
    private static bool IsDiscovery(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["api" or "apis"] or ["api", _] or ["apis", _, _];

    private sealed class CountingHandler : DelegatingHandler
    {
        public System.Collections.Concurrent.ConcurrentBag<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.PathAndQuery);
            return base.SendAsync(request, cancellationToken);
        }
    }

    private static string Report(ClusterSnapshot snapshot, string ns) => ReportJson.Write(Diagnoser.Diagnose(snapshot, ns, Ct));

    private static bool Is(JsonObject item, string kind) => item["kind"]!.GetValue<string>() == kind;

    private static string Name(JsonObject item) => item["metadata"]!["name"]!.GetValue<string>();

    private static List<string> Names(ClusterSnapshot snapshot) => [.. snapshot.Objects.Select(o => $"{o["apiVersion"]} {o["kind"]}/{Name(o)}")];
}
