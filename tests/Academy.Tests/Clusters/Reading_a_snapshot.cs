using System.Text;
using System.Text.Json.Nodes;
using Academy.Clusters;
using Academy.Diagnosis;
using Shouldly;
using Xunit;

namespace Academy.Tests.Clusters;

public sealed class Reading_a_snapshot
{
    private const string Pod = """{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"shop","creationTimestamp":"2026-01-02T03:04:05Z"},"status":{"phase":"Running","containerStatuses":[{"name":"app","restartCount":2,"state":{"running":{}}}]}}""";
    private const string Secret = """
        {"apiVersion":"v1","kind":"Secret","type":"Opaque","metadata":{"name":"db","namespace":"shop","managedFields":[{"fieldsV1":{"f:data":{}}}],
         "annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"stringData\":{\"password\":\"hunter2\"}}","team":"a"}},
         "data":{"password":"aHVudGVyMg=="},"stringData":{"user":"root"}}
        """;

    [Fact]
    public void takes_a_list_one_object_and_several_in_a_row()
    {
        Names(Read($$"""{"apiVersion":"v1","kind":"List","items":[{{Pod}},{{Secret}}]}""")).ShouldBe(["Pod/web", "Secret/db"]);
        Names(Read(Pod)).ShouldBe(["Pod/web"]);
        Names(Read(Secret + "\n" + Pod)).ShouldBe(["Pod/web", "Secret/db"]);
        Names(Read("\uFEFF " + Pod)).ShouldBe(["Pod/web"]);
    }

    [Fact]
    public void gives_the_items_of_an_api_servers_list_their_kind() =>
        Read("""{"apiVersion":"apps/v1","kind":"DeploymentList","items":[{"metadata":{"name":"a","namespace":"n"}}]}""").Objects
            .ShouldHaveSingleItem().ToJsonString().ShouldBe("""{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","namespace":"n"}}""");

    [Fact]
    public void takes_yaml_of_several_documents()
    {
        var objects = Read("apiVersion: v1\nkind: Service\nmetadata: {name: a, labels: {version: '1.0', on: \"true\"}}\nspec: {ports: [{port: 80}]}\n---\n---\nkind: Pod\napiVersion: v1\nmetadata:\n  name: b\n").Objects;

        objects.Select(o => o["kind"]!.GetValue<string>()).ShouldBe(["Pod", "Service"]);
        objects[1]["spec"]!["ports"]![0]!["port"]!.GetValue<int>().ShouldBe(80);
        objects[1]["metadata"]!["labels"]!["version"]!.GetValue<string>().ShouldBe("1.0");
        objects[1]["metadata"]!["labels"]!["on"]!.GetValue<string>().ShouldBe("true");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void takes_an_archive_with_logs(bool packed)
    {
        var tar = TestTar.Of(
            ("./shop/objects.json", Pod),
            ("./shop/truth.json", """{"not":"kubernetes"}"""),
            ("./shop/logs/web__app.log", "one\ntwo\n"),
            ("./shop/logs/shop/web__app.previous.log", "before\n"),
            ("./shop/logs/shop/stranger__app.log", "not of any pod\n"),
            ("./shop/unreadable.txt", "Secret\n"),
            ("./shop/taken-at.txt", "2026-05-01T10:00:00Z\n"));

        var snapshot = Read(packed ? TestTar.Gzip(tar) : tar);

        Names(snapshot).ShouldBe(["Pod/web"]);
        snapshot.Logs.ShouldBe([new ContainerLog("shop", "web", "app", false, "one\ntwo\n"), new ContainerLog("shop", "web", "app", true, "before\n")]);
        snapshot.Unreadable.ShouldBe(["Secret"]);
        snapshot.TakenAt.ShouldBe(new DateTimeOffset(2026, 5, 1, 10, 0, 0, TimeSpan.Zero));
    }

    [Fact]
    public void keeps_the_keys_of_secrets_and_never_their_values()
    {
        var secret = Read(Secret).Objects.ShouldHaveSingleItem();
        var text = secret.ToJsonString();

        secret["data"]!["password"]!.GetValue<string>().ShouldBe("");
        secret["stringData"]!.AsObject().ContainsKey("user").ShouldBeTrue();
        secret["metadata"]!["annotations"]!["team"]!.GetValue<string>().ShouldBe("a");
        foreach (var leak in new[] { "hunter2", "aHVudGVyMg==", "root", "managedFields", "last-applied" })
        {
            text.ShouldNotContain(leak);
        }
    }

    [Fact]
    public void drops_secret_values_of_any_shape() =>
        Read("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"x"},"data":"hunter2","more":["hunter2"]}""").Objects[0].ToJsonString().ShouldNotContain("hunter2");

    [Fact]
    public void keeps_one_of_two_readings_of_the_same_object()
    {
        const string ingress = """{"kind":"Ingress","apiVersion":"VERSION","metadata":{"name":"i","namespace":"n","uid":"u1"}}""";

        Read(ingress.Replace("VERSION", "extensions/v1beta1", StringComparison.Ordinal) + ingress.Replace("VERSION", "networking.k8s.io/v1", StringComparison.Ordinal))
            .Objects.ShouldHaveSingleItem()["apiVersion"]!.GetValue<string>().ShouldBe("networking.k8s.io/v1");
    }

    [Fact]
    public void is_the_same_whatever_the_order_of_objects_and_keys() =>
        Text(Read(Pod + Secret)).ShouldBe(Text(Read(Secret + """{"kind":"Pod","status":{"containerStatuses":[{"state":{"running":{}},"restartCount":2,"name":"app"}],"phase":"Running"},"spec":null,"metadata":{"namespace":"shop","creationTimestamp":"2026-01-02T03:04:05Z","name":"web"},"apiVersion":"v1"}""")));

    [Fact]
    public void tells_its_time_from_the_objects_where_nothing_else_does() =>
        Read(Pod).TakenAt.ShouldBe(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [Fact]
    public void keeps_the_end_of_a_long_log()
    {
        var text = string.Concat(Enumerable.Range(1, 1000).Select(i => $"line {i}\n"));

        var log = Read(TestTar.Of(("objects.json", Pod), ("logs/web__app.log", text))).Logs.ShouldHaveSingleItem().Text;

        log.ShouldStartWith("line 801\n");
        log.ShouldEndWith("line 1000\n");
    }

    [Fact]
    public async Task gives_a_namespace_with_what_is_cluster_wide()
    {
        var all = Read(Pod + """{"apiVersion":"v1","kind":"Node","metadata":{"name":"n1"}}{"apiVersion":"v1","kind":"Pod","metadata":{"name":"web","namespace":"other"}}""");

        var some = await new ClusterReader(new ClustersOptions(), TimeProvider.System).ReadAsync(new ClusterSource.Recorded(all), "shop", TestContext.Current.CancellationToken);

        some.Objects.Select(o => $"{o["kind"]}/{o["metadata"]!["namespace"]}").ShouldBe(["Node/", "Pod/shop"]);
    }

    internal static ClusterSnapshot Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    internal static ClusterSnapshot Read(byte[] bytes, ClustersOptions? options = null) =>
        SnapshotArchive.Read(new MemoryStream(bytes), options ?? new ClustersOptions(), TestContext.Current.CancellationToken);

    private static IEnumerable<string> Names(ClusterSnapshot snapshot) => snapshot.Objects.Select(o => $"{o["kind"]}/{o["metadata"]!["name"]}");

    private static string Text(ClusterSnapshot snapshot) => new JsonArray([.. snapshot.Objects.Select(o => o.DeepClone())]).ToJsonString();
}
