using System.Text.Json.Nodes;
using Academy.IntegrationTests.Kubernetes;
using Markdig;
using Markdig.Syntax;

namespace Academy.IntegrationTests.Curriculum;

/// <summary>A manifest that a lesson, an instruction or an exercise shows can be applied as it stands.</summary>
public sealed class Manifests_in_lessons(ManifestCluster cluster)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "curriculum");

    /// <summary>File and line of each YAML block that holds objects of Kubernetes.</summary>
    public static TheoryData<string, int> Blocks => [.. Files().SelectMany(f => YamlBlocks(f).Where(b => Objects(f, b).Count > 0).Select(b => (f, b.Line + 1)))];

    [Theory, MemberData(nameof(Blocks))]
    public void say_nothing_that_current_Kubernetes_does_not_know(string file, int line) =>
        Objects(file, line).Where(KubernetesModels.Know).SelectMany(m => KubernetesModels.Problems(m).Select(p => $"{m}: {p}")).ShouldBeEmpty();

    [Theory, MemberData(nameof(Blocks))]
    public async Task are_taken_by_the_server_with_every_field(string file, int line)
    {
        var (served, unknown) = (new List<Manifest>(), new List<string>());
        foreach (var manifest in Objects(file, line))
        {
            var known = await manifest.ForAsync(cluster, "default");
            if (await cluster.IsNamespacedAsync(known.ApiVersion, known.Kind) is null)
            {
                unknown.Add($"{manifest.ApiVersion} {manifest.Kind}");
            }
            else
            {
                served.Add(manifest);
            }
        }

        Assert.SkipWhen(served.Count == 0, $"Not served here: {string.Join(", ", unknown.Distinct())}. {await cluster.WithoutDefinitionsAsync()}");
        var ns = await cluster.PreparedAsync("lessons", _ => Task.CompletedTask);
        // A Pod is admitted when its account is there; the lesson need not say how it came there.
        await AccountsAsync(ns, [.. served.Where(m => m.Kind == "Pod").Select(m => m.Content["spec"]?["serviceAccountName"]?.GetValue<string>()).OfType<string>()]);
        (await Applying.ProblemsAsync(cluster, served, ns, TestContext.Current.CancellationToken, "--dry-run=server")).ShouldBeEmpty();
    }

    private async Task AccountsAsync(string ns, IReadOnlyList<string> names)
    {
        var accounts = names.Select(n => new Manifest("", new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ServiceAccount", ["metadata"] = new JsonObject { ["name"] = n } })).ToList();
        (accounts.Count == 0 ? [] : await Applying.ProblemsAsync(cluster, accounts, ns, TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    private static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Folder, "*.md", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f)).Where(f => !f.StartsWith("recording", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static IEnumerable<FencedCodeBlock> YamlBlocks(string file) =>
        Markdown.Parse(File.ReadAllText(Path.Combine(Folder, file))).Descendants<FencedCodeBlock>().Where(b => b.Info is "yaml" or "yml");

    private static IReadOnlyList<Manifest> Objects(string file, int line) => Objects(file, YamlBlocks(file).Single(b => b.Line + 1 == line));

    private static IReadOnlyList<Manifest> Objects(string file, FencedCodeBlock block) => Manifest.Read($"{file}:{block.Line + 1}", block.Lines.ToString());
}
