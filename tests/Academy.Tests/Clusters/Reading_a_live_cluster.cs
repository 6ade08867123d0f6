using System.Net;
using System.Text;
using Academy.Clusters;
using Academy.Diagnosis;
using Shouldly;
using Xunit;

namespace Academy.Tests.Clusters;

public sealed class Reading_a_live_cluster
{
    private const string SickPod = """{"metadata":{"name":"web","namespace":"shop"},"status":{"phase":"Running","containerStatuses":[{"name":"app","restartCount":3,"state":{"waiting":{"reason":"CrashLoopBackOff"}}}]}}""";
    private const string SecretItem = """{"metadata":{"name":"db","namespace":"shop"},"data":{"password":"aHVudGVyMg=="}}""";

    [Fact]
    public async Task asks_an_old_server_for_the_versions_that_it_has()
    {
        var server = StubApiServer.Old();

        await Read(server.Json("/api/v1/namespaces/shop/pods", List(SickPod)));

        var lists = server.Asked.Where(a => a.Contains("limit=500", StringComparison.Ordinal)).Select(a => a.Split('?')[0]).Order(StringComparer.Ordinal);
        lists.ShouldBe(
        [
            "/api/v1/namespaces", "/api/v1/namespaces/shop/events", "/api/v1/namespaces/shop/pods", "/api/v1/namespaces/shop/secrets", "/api/v1/nodes",
            "/apis/autoscaling/v2beta2/namespaces/shop/horizontalpodautoscalers", "/apis/batch/v1/namespaces/shop/jobs",
            "/apis/batch/v1beta1/namespaces/shop/cronjobs", "/apis/kubeflow.org/v1/namespaces/shop/pytorchjobs",
        ]);
    }

    [Fact]
    public async Task asks_a_new_server_what_it_has_in_two_requests()
    {
        var server = new StubApiServer()
            .Json("/api", """{"kind":"APIGroupDiscoveryList","items":[{"metadata":{},"versions":[{"version":"v1","resources":[{"resource":"pods","responseKind":{"kind":"Pod"},"scope":"Namespaced","verbs":["list"]}]}]}]}""")
            .Json("/apis", """
                {"kind":"APIGroupDiscoveryList","items":[
                 {"metadata":{"name":"autoscaling"},"versions":[
                  {"version":"v2","resources":[{"resource":"horizontalpodautoscalers","responseKind":{"kind":"HorizontalPodAutoscaler"},"scope":"Namespaced","verbs":["list"]}]},
                  {"version":"v1","resources":[{"resource":"horizontalpodautoscalers","responseKind":{"kind":"HorizontalPodAutoscaler"},"scope":"Namespaced","verbs":["list"]}]}]},
                 {"metadata":{"name":"istio.io"},"versions":[{"version":"v1","resources":[{"resource":"gateways","responseKind":{"kind":"Gateway"},"scope":"Namespaced","verbs":["get"]}]}]}]}
                """);

        await Read(server);

        server.Asked.Select(a => a.Split('?')[0]).Order(StringComparer.Ordinal)
            .ShouldBe(["/api", "/api/v1/namespaces/shop/pods", "/apis", "/apis/autoscaling/v2/namespaces/shop/horizontalpodautoscalers"]);
    }

    [Fact]
    public async Task asks_for_all_namespaces_at_once_where_none_is_given()
    {
        var server = StubApiServer.Old();
        using var client = server.Client();

        await new ClusterReader(new ClustersOptions(), TimeProvider.System).ReadAsync(client, null, TestContext.Current.CancellationToken);

        server.Asked.ShouldContain("/api/v1/pods?limit=500");
        server.Asked.ShouldNotContain(a => a.Contains("/namespaces/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task follows_the_pages_of_a_list()
    {
        var snapshot = await Read(StubApiServer.Old()
            .Json("/api/v1/nodes?limit=500", """{"kind":"NodeList","metadata":{"continue":"a/b=="},"items":[{"metadata":{"name":"n1"}}]}""")
            .Json("/api/v1/nodes?limit=500&continue=a%2Fb%3D%3D", """{"kind":"NodeList","metadata":{},"items":[{"metadata":{"name":"n2"}}]}"""));

        Names(snapshot).ShouldBe(["v1 Node/n1", "v1 Node/n2"]);
    }

    [Fact]
    public async Task begins_again_when_the_pages_of_a_list_have_expired()
    {
        var asked = 0;
        var snapshot = await Read(StubApiServer.Old()
            .Answer("/api/v1/nodes?limit=500", (_, _) => Task.FromResult(Ok(
                asked++ == 0 ? """{"metadata":{"continue":"x"},"items":[{"metadata":{"name":"n1"}}]}""" : """{"metadata":{},"items":[{"metadata":{"name":"n1"}},{"metadata":{"name":"n2"}}]}""")))
            .Answer("/api/v1/nodes?limit=500&continue=x", HttpStatusCode.Gone));

        Names(snapshot).ShouldBe(["v1 Node/n1", "v1 Node/n2"]);
    }

    [Fact]
    public async Task comes_again_when_the_server_is_busy()
    {
        var asked = 0;
        var snapshot = await Read(StubApiServer.Old().Answer("/api/v1/nodes", (_, _) =>
        {
            var busy = new HttpResponseMessage(HttpStatusCode.TooManyRequests) { Headers = { RetryAfter = new(TimeSpan.Zero) } };
            return Task.FromResult(asked++ < 2 ? busy : Ok("""{"items":[{"metadata":{"name":"n1"}}]}"""));
        }));

        Names(snapshot).ShouldBe(["v1 Node/n1"]);
        snapshot.Unreadable.ShouldBeEmpty();
    }

    [Fact]
    public async Task asks_for_no_path_that_a_hostile_server_makes_up()
    {
        var server = StubApiServer.Old()
            .Json("/api/v1", """{"resources":[{"name":"../../evil","kind":"Evil","namespaced":true,"verbs":["list"]},{"name":"pods","kind":"Po\u001b[2Jd","namespaced":true,"verbs":["list"]},{"name":"nodes","kind":"Node","verbs":["list"]}]}""")
            .Json("/apis", """{"kind":"APIGroupList","groups":[{"name":"a/../../b","versions":[{"version":"v1"}]},{"name":"c.example.org","versions":[{"version":"v1?x"}]}]}""");

        await Read(server);

        server.Asked.ShouldBe(["/api", "/apis", "/api/v1", "/api/v1/nodes?limit=500"]);
    }

    [Fact]
    public async Task brings_no_value_of_a_secret()
    {
        var snapshot = await Read(StubApiServer.Old().Json("/api/v1/namespaces/shop/secrets", List(SecretItem)));

        snapshot.Objects.ShouldHaveSingleItem().ToJsonString()
            .ShouldBe("""{"apiVersion":"v1","kind":"Secret","data":{"password":""},"metadata":{"name":"db","namespace":"shop"}}""");
    }

    [Fact]
    public async Task notes_the_kinds_that_are_forbidden_and_reads_the_rest()
    {
        var snapshot = await Read(StubApiServer.Old()
            .Json("/api/v1/namespaces/shop/pods", List(SickPod))
            .Answer("/api/v1/namespaces/shop/secrets", HttpStatusCode.Forbidden)
            .Answer("/api/v1/nodes", HttpStatusCode.Forbidden)
            .Answer("/api/v1/namespaces", HttpStatusCode.Forbidden)
            .Json("/api/v1/namespaces/shop", """{"kind":"Namespace","metadata":{"name":"shop"}}""")
            .Answer("/apis/kubeflow.org/v1/namespaces/shop/pytorchjobs", HttpStatusCode.ServiceUnavailable)
            .Answer("/api/v1/namespaces/shop/pods/web/log", HttpStatusCode.Forbidden));

        Names(snapshot).ShouldBe(["v1 Namespace/shop", "v1 Pod/web"]);
        snapshot.Unreadable.ShouldBe(["Node", "PodLog", "PyTorchJob", "Secret"]);
    }

    [Fact]
    public async Task reads_the_ends_of_the_logs_of_a_pod_that_restarted()
    {
        var server = StubApiServer.Old()
            .Json("/api/v1/namespaces/shop/pods", List(SickPod))
            .Answer("/api/v1/namespaces/shop/pods/web/log?container=app&tailLines=200&limitBytes=65536", HttpStatusCode.OK, "now\n", "text/plain")
            .Answer("/api/v1/namespaces/shop/pods/web/log?container=app&tailLines=200&limitBytes=65536&previous=true", HttpStatusCode.OK, "panic: x\n", "text/plain");

        (await Read(server)).Logs.ShouldBe([new ContainerLog("shop", "web", "app", false, "now\n"), new ContainerLog("shop", "web", "app", true, "panic: x\n")]);
    }

    [Fact]
    public async Task goes_on_without_a_log_that_does_not_come() =>
        (await Read(
            StubApiServer.Old().Json("/api/v1/namespaces/shop/pods", List(SickPod)).Answer("/api/v1/namespaces/shop/pods/web/log", Never),
            new ClustersOptions { LogTimeout = TimeSpan.FromMilliseconds(50) })).Logs.ShouldBeEmpty();

    [Fact]
    public async Task gives_the_same_as_the_recording_of_it()
    {
        var live = await Read(StubApiServer.Old()
            .Json("/api/v1/namespaces/shop/pods", List(SickPod, """{"status":{"phase":"Pending"},"metadata":{"namespace":"shop","name":"a"}}"""))
            .Json("/api/v1/namespaces/shop/secrets", List(SecretItem)));
        var recorded = Reading_a_snapshot.Read(
            Typed(SecretItem, "Secret") + Typed(SickPod, "Pod") + """{"kind":"Pod","metadata":{"name":"a","namespace":"shop"},"status":{"phase":"Pending"},"apiVersion":"v1"}""");

        recorded.Objects.Select(o => o.ToJsonString()).ShouldBe(live.Objects.Select(o => o.ToJsonString()));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK, "<html>Sign in</html>", "cluster.garbage")]
    [InlineData(HttpStatusCode.OK, "{\"kind\":\"APIGroupList\"", "cluster.garbage")]
    [InlineData(HttpStatusCode.OK, "{\"hello\":\"world\"}", "cluster.garbage")]
    [InlineData(HttpStatusCode.OK, "[]", "cluster.garbage")]
    [InlineData(HttpStatusCode.OK, "", "cluster.garbage")]
    [InlineData(HttpStatusCode.Found, "", "cluster.garbage")]
    [InlineData(HttpStatusCode.Unauthorized, "", "cluster.unauthorized")]
    public async Task says_what_is_wrong_with_the_server(HttpStatusCode status, string body, string code) =>
        (await Failure(StubApiServer.Old().Answer("/apis", status, body, "text/html"))).Code.ShouldBe(code);

    [Fact]
    public async Task says_when_the_credentials_may_read_nothing()
    {
        var server = StubApiServer.Old();
        foreach (var path in new[] { "/api/v1/namespaces", "/api/v1/namespaces/shop", "/api/v1/nodes" }
            .Concat(new[] { "pods", "events", "secrets" }.Select(r => $"/api/v1/namespaces/shop/{r}"))
            .Concat(["/apis/batch/v1/namespaces/shop/jobs", "/apis/batch/v1beta1/namespaces/shop/cronjobs", "/apis/autoscaling/v2beta2/namespaces/shop/horizontalpodautoscalers", "/apis/kubeflow.org/v1/namespaces/shop/pytorchjobs"]))
        {
            server.Answer(path, HttpStatusCode.Forbidden);
        }

        (await Failure(server)).Code.ShouldBe("cluster.forbidden");
    }

    [Fact]
    public async Task says_when_the_list_is_cut_off() =>
        (await Failure(StubApiServer.Old().Json("/api/v1/namespaces/shop/pods", "{\"kind\":\"PodList\",\"items\":[{\"metadata\":"))).Code.ShouldBe("cluster.garbage");

    [Fact]
    public async Task stops_at_its_time_limit() =>
        (await Failure(StubApiServer.Old().Answer("/api/v1/namespaces/shop/pods", Never), new ClustersOptions { ReadTimeout = TimeSpan.FromMilliseconds(200) }))
            .Code.ShouldBe("cluster.timeout");

    [Fact]
    public async Task stops_when_the_caller_does()
    {
        using var stop = new CancellationTokenSource(100);

        await Should.ThrowAsync<OperationCanceledException>(() =>
            new ClusterReader(new ClustersOptions(), TimeProvider.System).ReadAsync(StubApiServer.Old().Answer("/api/v1/namespaces/shop/pods", Never).Client(), "shop", stop.Token));
    }

    [Fact]
    public async Task stops_at_its_limits_of_size()
    {
        var many = List([.. Enumerable.Range(0, 50).Select(i => Typed($$"""{"metadata":{"name":"p{{i}}"} }""", "Pod"))]);

        (await Failure(StubApiServer.Old().Json("/api/v1/namespaces/shop/pods", many), new ClustersOptions { MaxObjects = 40 })).Code.ShouldBe("cluster.too-large");
        (await Failure(StubApiServer.Old().Json("/api/v1/namespaces/shop/pods", many), new ClustersOptions { MaxUnpackedBytes = 3_000 })).Code.ShouldBe("cluster.too-large");
    }

    [Fact]
    public async Task stops_at_a_stream_without_an_end() =>
        (await Failure(
            StubApiServer.Old().Answer("/api/v1/nodes", (_, _) => Task.FromResult(new HttpResponseMessage { Content = new StreamContent(new EndlessStream()) })),
            new ClustersOptions { MaxUnpackedBytes = 1_000_000 })).Code.ShouldBe("cluster.too-large");

    [Fact]
    public async Task leaves_out_custom_kinds_beyond_its_limit_and_says_so() =>
        (await Read(StubApiServer.Old(), new ClustersOptions { MaxListedKinds = 8 })).Unreadable.ShouldBe(["PyTorchJob"]);

    private static async Task<ClusterSnapshot> Read(StubApiServer server, ClustersOptions? options = null)
    {
        using var client = server.Client();
        return await new ClusterReader(options ?? new ClustersOptions(), TimeProvider.System).ReadAsync(client, "shop", TestContext.Current.CancellationToken);
    }

    private static Task<ClusterReadException> Failure(StubApiServer server, ClustersOptions? options = null) =>
        Should.ThrowAsync<ClusterReadException>(() => Read(server, options));

    private static HttpResponseMessage Ok(string json) => new(HttpStatusCode.OK) { Content = new StringContent(json) };

    private static async Task<HttpResponseMessage> Never(HttpRequestMessage request, CancellationToken ct)
    {
        await Task.Delay(Timeout.Infinite, ct);
        return new HttpResponseMessage(HttpStatusCode.OK);
    }

    private static string List(params ReadOnlySpan<string> items) =>
        new StringBuilder("""{"kind":"List","apiVersion":"v1","metadata":{},"items":[""").AppendJoin(',', items).Append("]}").ToString();

    private static string Typed(string item, string kind) => $$"""{"apiVersion":"v1","kind":"{{kind}}",{{item[1..]}}""";

    private static IEnumerable<string> Names(ClusterSnapshot snapshot) => snapshot.Objects.Select(o => $"{o["apiVersion"]} {o["kind"]}/{o["metadata"]!["name"]}");

    private sealed class EndlessStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => count;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(buffer.Length);
    }
}
