using Academy.IntegrationTests.Kubernetes;

namespace Academy.IntegrationTests.Curriculum;

/// <summary>What a lab begins with, how it ends and what can be broken in it is taken by a real API server, with the schemas of the custom resources.</summary>
public sealed class Applying_the_labs(ManifestCluster cluster)
{
    private static readonly string Folder = Path.Combine(Repository.Root, "curriculum", "labs");

    /// <summary>Lab and folder, which is a state, and for a further cluster of the lab one in it.</summary>
    public static TheoryData<string, string> States => [.. Labs().SelectMany(lab => ((string[])["start", "solution"]).SelectMany(state => Folders(lab, state)).Select(f => (lab, f)))];

    public static TheoryData<string, string> Faults => [.. Labs().SelectMany(lab => Yaml(lab, "faults").Select(f => (lab, Path.GetFileNameWithoutExtension(f))))];

    [Theory, MemberData(nameof(States))]
    public async Task is_taken_by_the_server_with_every_field(string lab, string state)
    {
        await NeedKinds(lab, state);
        IReadOnlyList<string> problems = [];
        await cluster.PreparedAsync($"{lab}/{state}/alone", async ns => problems = await Applying.ProblemsAsync(cluster, Manifests(lab, state), ns, CancellationToken.None));
        problems.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(States))]
    public void says_nothing_that_current_Kubernetes_does_not_know(string lab, string state) =>
        Manifests(lab, state).Where(KubernetesModels.Know).SelectMany(m => KubernetesModels.Problems(m).Select(p => $"{m}: {p}")).ShouldBeEmpty();

    [Theory, MemberData(nameof(Faults))]
    public async Task can_be_broken(string lab, string fault)
    {
        await NeedKinds(lab, "solution");
        await NeedKinds(lab, "faults");
        var ns = await cluster.PreparedAsync($"{lab}/solution", async ns => (await Applying.ProblemsAsync(cluster, Manifests(lab, "solution"), ns, CancellationToken.None)).ShouldBeEmpty());

        // As a fault is put in: a part of an object, by force. The dry run leaves the solution as it is for the next one.
        string[] options = ["--server-side", "--force-conflicts", "--field-manager=academy-fault", "--dry-run=server"];
        (await Applying.ProblemsAsync(cluster, Read(Path.Combine(Folder, lab, "faults", fault + ".yaml")), ns, TestContext.Current.CancellationToken, options)).ShouldBeEmpty();
    }

    private async Task NeedKinds(string lab, string folder)
    {
        var missing = new List<string>();
        foreach (var manifest in Manifests(lab, folder))
        {
            var known = await manifest.ForAsync(cluster, "default");
            if (await cluster.IsNamespacedAsync(known.ApiVersion, known.Kind) is null)
            {
                missing.Add($"{manifest.ApiVersion} {manifest.Kind}");
            }
        }

        Assert.SkipWhen(missing.Count > 0 && await cluster.WithoutDefinitionsAsync() is { Length: > 0 }, $"Not served: {string.Join(", ", missing.Distinct())}. {await cluster.WithoutDefinitionsAsync()}");
        missing.ShouldBeEmpty("tests/kubernetes/crds defines every custom kind that a lab uses");
    }

    private static IEnumerable<string> Labs() => Directory.GetDirectories(Folder).Where(d => File.Exists(Path.Combine(d, "lab.yaml"))).Select(d => Path.GetFileName(d)).Order(StringComparer.Ordinal);

    private static IEnumerable<string> Folders(string lab, string state)
    {
        var path = Path.Combine(Folder, lab, state);
        string[] further = Directory.Exists(path) ? [.. Directory.GetDirectories(path).Select(d => Path.GetFileName(d)).Where(d => d != "artefacts").Order(StringComparer.Ordinal)] : [];
        return ((string[])[state, .. further.Select(f => $"{state}/{f}")]).Where(f => Yaml(lab, f).Any());
    }

    private static IEnumerable<string> Yaml(string lab, string folder)
    {
        var path = Path.Combine(Folder, lab, folder);
        return Directory.Exists(path) ? [.. Directory.GetFiles(path, "*.yaml").Order(StringComparer.Ordinal)] : (string[])[];
    }

    private static IReadOnlyList<Manifest> Manifests(string lab, string folder) => [.. Yaml(lab, folder).SelectMany(Read)];

    private static IReadOnlyList<Manifest> Read(string path) => Manifest.Read(Path.GetRelativePath(Folder, path), File.ReadAllText(path));
}
