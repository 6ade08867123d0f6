using System.Text.Json.Nodes;
using Academy.Cli;
using Shouldly;

namespace Academy.IntegrationTests.Kubernetes;

public sealed class The_terminal_on_a_real_cluster(KubernetesFixture kubernetes) : IDisposable
{
    private const string Trainer = """
        apiVersion: v1
        kind: Pod
        metadata: {name: trainer}
        spec:
          nodeSelector: {academy.test/pool: nowhere}
          containers: [{name: trainer, image: "example.org/trainer:1"}]
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("academy-cli-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task diagnoses_a_context_of_the_users_own_kubeconfig()
    {
        var ns = await BrokenAsync();

        var (code, output, error) = await RunAsync("diagnose", "--kubeconfig", ns.Cluster.KubeconfigPath, "-n", ns.Name, "-o", "json");

        error.ShouldBeEmpty();
        code.ShouldBe(1);
        var cause = JsonNode.Parse(output)!["rootCauses"]![0]!;
        cause["name"]!.GetValue<string>().ShouldBe("trainer");
        cause["reason"]!.GetValue<string>().ShouldBe("node-selector-mismatch");
    }

    [Fact]
    public async Task reads_the_contexts_namespace_where_none_is_given()
    {
        var ns = await BrokenAsync();
        var student = Path.Combine(_folder.FullName, "student.kubeconfig");
        await File.WriteAllTextAsync(student, ns.StudentKubeconfig, Ct);

        var (code, output, _) = await RunAsync("diagnose", "--context", "student", "--kubeconfig", student);

        code.ShouldBe(1);
        output.ShouldContain($"{ns.Name}/trainer");
    }

    [Fact]
    public async Task saves_a_snapshot_that_gives_the_same_report()
    {
        var ns = await BrokenAsync();
        var file = Path.Combine(_folder.FullName, "state.tar.gz");
        string[] live = ["--kubeconfig", ns.Cluster.KubeconfigPath, "-n", ns.Name];

        var (code, output, _) = await RunAsync(["snapshot", "--file", file, .. live]);

        code.ShouldBe(0);
        output.ShouldContain("objects");
        (File.GetUnixFileMode(file) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)).ShouldBe(UnixFileMode.None);
        (await RunAsync("diagnose", file, "-n", ns.Name)).Output.ShouldBe((await RunAsync(["diagnose", .. live])).Output);
        (await RunAsync(["snapshot", "--file", file, .. live])).Code.ShouldBe(2);
    }

    [Fact]
    public async Task names_the_contexts_there_are()
    {
        var cluster = await kubernetes.ClusterAsync();

        var (code, _, error) = await RunAsync("diagnose", "--kubeconfig", cluster.KubeconfigPath, "--context", "nowhere");

        code.ShouldBe(2);
        error.ShouldContain("there is no context 'nowhere'");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<TestNamespace> BrokenAsync()
    {
        var ns = await kubernetes.CreateNamespaceAsync("cli", Ct);
        await ns.Cluster.UntilAsync("default", Ct, "get", "serviceaccounts", "-n", ns.Name);
        await kubernetes.AddFakeNodeAsync(Ct);
        await ns.ApplyAsync(Trainer, Ct);
        await ns.Cluster.UntilAsync("nodes are available", Ct, "get", "events", "-n", ns.Name);
        return ns;
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.RunAsync(args, new Terminal(output, error, () => Stream.Null, false), Ct);
        return (code, output.ToString(), error.ToString());
    }
}
