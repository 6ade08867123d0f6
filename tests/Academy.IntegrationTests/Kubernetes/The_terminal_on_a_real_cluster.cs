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

        error.Trim().ShouldBe($"found node-selector-mismatch at Pod {ns.Name}/trainer", "said before the logs are read");
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

        // As long as other tests add nodes, the scheduler's messages change.
        (int Code, string Output, string Error) before, saved, after;
        do
        {
            File.Delete(file);
            before = await RunAsync(["diagnose", .. live]);
            saved = await RunAsync(["snapshot", "--file", file, .. live]);
            after = await RunAsync(["diagnose", .. live]);
        }
        while (before != after);

        saved.Code.ShouldBe(0);
        saved.Output.ShouldContain("objects");
        (File.GetUnixFileMode(file) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)).ShouldBe(UnixFileMode.None);
        (await RunAsync("diagnose", file, "-n", ns.Name)).Output.ShouldBe(after.Output);
        (await RunAsync(["snapshot", "--file", file, .. live])).Code.ShouldBe(2);
    }

    [Fact]
    public async Task checks_a_lab_and_sees_what_the_student_has_done()
    {
        var ns = await kubernetes.CreateNamespaceAsync("lab", Ct);
        await ns.Cluster.UntilAsync("default", Ct, "get", "serviceaccounts", "-n", ns.Name);
        var lab = Path.Combine(Repository.Root, "curriculum", "labs", "deploy-ai-app");
        string[] check = ["lab", "check", "deploy-ai-app", "--kubeconfig", ns.Cluster.KubeconfigPath, "-n", ns.Name];
        const string settings = "Move the settings out of the pod template";

        await ns.Cluster.KubectlAsync(null, Ct, "apply", "-n", ns.Name, "-f", Path.Combine(lab, "start"));
        var before = await RunAsync(check);
        await ns.Cluster.KubectlAsync(null, Ct, "apply", "-n", ns.Name, "-f", Path.Combine(lab, "solution"));
        var after = await RunAsync(check);

        before.Error.ShouldBeEmpty();
        before.Code.ShouldBe(1);
        before.Output.ShouldContain($"✗ {settings}");
        before.Output.ShouldContain("no ConfigMap named sentiment-config");
        after.Output.ShouldContain($"✓ {settings}");
        after.Output.ShouldContain("✓ Keep the token in a Secret");
        after.Output.ShouldContain("✗ Prove that it works");
        after.Code.ShouldBe(1);
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

    private Task<TestNamespace> BrokenAsync() => kubernetes.SharedNamespaceAsync("cli", async ns =>
    {
        await kubernetes.EnsureNodeAsync();
        await ns.Cluster.UntilAsync("default", CancellationToken.None, "get", "serviceaccounts", "-n", ns.Name);
        await ns.ApplyAsync(Trainer, CancellationToken.None);
        await ns.Cluster.UntilAsync("nodes are available", CancellationToken.None, "get", "events", "-n", ns.Name);
    });

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await CommandLine.RunAsync(args, new Terminal(output, error, () => Stream.Null, false), Ct);
        return (code, output.ToString(), error.ToString());
    }
}
