using System.Text.Json.Nodes;
using Academy.Tests.Clusters;
using Shouldly;
using Xunit;

namespace Academy.Tests.Cli;

public sealed class Diagnosing_from_the_terminal : IDisposable
{
    private const string Broken = """
        apiVersion: v1
        kind: Pod
        metadata: {name: web, namespace: shop}
        spec: {containers: [{name: app, image: "registry.example.org/web:1"}]}
        status:
          phase: Pending
          containerStatuses:
          - name: app
            image: registry.example.org/web:1
            restartCount: 0
            ready: false
            state: {waiting: {reason: ImagePullBackOff, message: 'Back-off pulling image "registry.example.org/web:1"'}}
        ---
        apiVersion: v1
        kind: Event
        metadata: {name: web.1, namespace: shop}
        type: Warning
        reason: Failed
        involvedObject: {kind: Pod, name: web, namespace: shop}
        message: 'Failed to pull image "registry.example.org/web:1": manifest for registry.example.org/web:1 not found: manifest unknown'
        """;

    private const string Healthy = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop"}}""";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("academy-cli-");

    [Fact]
    public async Task finds_a_cause_in_standard_input_and_exits_with_1()
    {
        var run = await CliRun.Of("diagnose -", Broken);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain("Pod shop/web");
        run.Output.ShouldContain("manifest unknown");
        run.Output.ShouldNotContain("\u001b");
        run.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task colours_only_where_it_may() =>
        (await CliRun.Of(["diagnose", "-"], Broken, colour: true)).Output.ShouldContain("\u001b[");

    [Fact]
    public async Task writes_json_for_programs()
    {
        var run = await CliRun.Of("diagnose - --output=json", Broken);

        var report = JsonNode.Parse(run.Output)!;
        report["healthy"]!.GetValue<bool>().ShouldBeFalse();
        report["rootCauses"]![0]!["name"]!.GetValue<string>().ShouldBe("web");
    }

    [Theory]
    [InlineData("markdown", "### 1. `image-not-found` at `Pod shop/web`")]
    [InlineData("dot", "digraph causes {")]
    [InlineData("svg", "<svg viewBox=")]
    public async Task writes_what_can_be_shared(string format, string part)
    {
        var run = await CliRun.Of($"diagnose - -o {format}", Broken);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldContain(part);
    }

    [Fact]
    public async Task reads_a_folder_a_file_and_an_archive_alike()
    {
        var folder = _folder.CreateSubdirectory("shop").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "objects.yaml"), Broken, TestContext.Current.CancellationToken);
        var archive = Path.Combine(_folder.FullName, "shop.bin");
        await File.WriteAllBytesAsync(archive, TestTar.Gzip(TestTar.Of(("shop/objects.yaml", Broken))), TestContext.Current.CancellationToken);
        var expected = (await CliRun.Of("diagnose -", Broken)).Output;

        foreach (var source in new[] { folder, Path.Combine(folder, "objects.yaml"), archive })
        {
            (await CliRun.Of(["diagnose", source])).Output.ShouldBe(expected);
        }
    }

    [Fact]
    public async Task is_silent_about_a_healthy_namespace_and_exits_with_0()
    {
        (await CliRun.Of("diagnose -", Healthy)).ExitCode.ShouldBe(0);
        (await CliRun.Of("diagnose - -n shop", Healthy)).ExitCode.ShouldBe(0);
    }

    [Theory]
    [InlineData("diagnos", "Did you mean diagnose?")]
    [InlineData("diagnose --contxt dev", "Did you mean --context?")]
    [InlineData("diagnose - extra", "unknown input 'extra'")]
    [InlineData("diagnose", "say what to read")]
    [InlineData("diagnose --context", "Required argument missing")]
    [InlineData("diagnose - --context dev", "not both")]
    [InlineData("diagnose /there/is/no/such/file", "no file or folder")]
    [InlineData("diagnose - -o xml", "'text' 'json'")]
    [InlineData("diagnose - -n shp", "Did you mean shop?")]
    [InlineData("diagnose --kubeconfig /there/is/none", "no kubeconfig")]
    [InlineData("explain ACD10", "Did you mean ACD10")]
    [InlineData("explain", "explain --help")]
    [InlineData("lab chekc", "Did you mean check?")]
    [InlineData("lab list --curriculum /there/is/none", "lab lint")]
    public async Task refuses_unknown_input_with_a_hint_and_exits_with_2(string line, string hint)
    {
        var run = await CliRun.Of(line, Healthy);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(hint);
        run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length.ShouldBe(1);
        run.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("not kubernetes", "snapshot.not-kubernetes")]
    [InlineData("{\"kind\":", "snapshot.malformed")]
    [InlineData("", "snapshot.empty")]
    public async Task says_what_is_wrong_with_the_input(string input, string code)
    {
        var run = await CliRun.Of("diagnose -", input);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--help")]
    [InlineData("diagnose --help")]
    [InlineData("rules --help")]
    [InlineData("explain --help")]
    [InlineData("lab --help")]
    [InlineData("lab list --help")]
    [InlineData("lab check --help")]
    [InlineData("lab lint --help")]
    [InlineData("snapshot --help")]
    public async Task helps(string line)
    {
        var run = await CliRun.Of(line);

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("Usage:");
        run.Output.ShouldContain("academy");
    }

    [Fact]
    public async Task tells_of_every_rule_that_it_lists()
    {
        var rules = (await CliRun.Of("rules")).Output.Split('\n').TakeWhile(l => l.Trim().Length > 0).Select(l => l.Split(' ')[0]).ToList();

        rules.ShouldContain("ACD101");
        foreach (var rule in rules)
        {
            (await CliRun.Of($"explain {rule}")).Output.ShouldStartWith(rule);
        }
    }

    [Fact]
    public async Task tells_how_to_make_a_snapshot() =>
        (await CliRun.Of("snapshot")).Output.ShouldContain("academy snapshot --context");

    public void Dispose() => _folder.Delete(recursive: true);
}
