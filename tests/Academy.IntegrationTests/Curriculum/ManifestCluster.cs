using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Academy.IntegrationTests.Curriculum;
using Academy.IntegrationTests.Kubernetes;

[assembly: AssemblyFixture(typeof(ManifestCluster))]

namespace Academy.IntegrationTests.Curriculum;

/// <summary>
/// A control plane of its own with the custom resources of tests/kubernetes/crds, begun by the first test that asks: definitions are
/// cluster-wide, and other tests read what a cluster serves. Without the binaries of tests/kubernetes the tests that ask are skipped.
/// </summary>
public sealed class ManifestCluster : IAsyncLifetime
{
    private static readonly string Scripts = Path.Combine(Repository.Root, "tests", "kubernetes");
    private readonly Lazy<Task<TestCluster?>> _cluster;
    private readonly ConcurrentDictionary<string, Lazy<Task<JsonArray>>> _served = new();
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _prepared = new();
    private string? _root;
    private string _withoutDefinitions = "";

    public ManifestCluster() => _cluster = new(OpenAsync);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Skips the test where there is no cluster.</summary>
    public async Task<TestCluster> ClusterAsync()
    {
        var cluster = await _cluster.Value;
        Assert.SkipUnless(cluster is not null, "No Kubernetes: build one with tests/kubernetes/build.sh control (Debian 12), and have kubectl.");
        return cluster!;
    }

    /// <summary>Why definitions that come out of npm packages are missing; empty when they are there.</summary>
    public async Task<string> WithoutDefinitionsAsync()
    {
        await ClusterAsync();
        return _withoutDefinitions;
    }

    /// <summary>What the server knows of a kind: null when it does not serve it, else whether its objects live in namespaces.</summary>
    public async Task<bool?> IsNamespacedAsync(string apiVersion, string kind)
    {
        var resources = await _served.GetOrAdd(apiVersion, version => new(() => ResourcesAsync(version))).Value;
        return resources.FirstOrDefault(r => r!["kind"]!.GetValue<string>() == kind && !r["name"]!.GetValue<string>().Contains('/', StringComparison.Ordinal))
            ?["namespaced"]!.GetValue<bool>();
    }

    /// <summary>A namespace prepared once for all tests that name it so.</summary>
    public Task<string> PreparedAsync(string key, Func<string, Task> prepare) => _prepared.GetOrAdd(key, _ => new(async () =>
    {
        var ns = $"manifests-{_prepared.Count}-{Path.GetRandomFileName()[..8].Replace('.', '0')}";
        await EnsureNamespaceAsync(ns);
        await prepare(ns);
        return ns;
    })).Value;

    public async Task EnsureNamespaceAsync(string ns) =>
        await (await ClusterAsync()).KubectlAsync($$$"""{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "{{{ns}}}"}}""", CancellationToken.None, "apply", "--server-side", "-f", "-");

    public async ValueTask DisposeAsync()
    {
        if (_root is not null)
        {
            await ShellCommand.TryRunAsync("env", [$"ACADEMY_K8S_ROOT={_root}", Path.Combine(Scripts, "down.sh")], null, CancellationToken.None);
            Directory.Delete(_root, recursive: true);
        }
    }

    private async Task<JsonArray> ResourcesAsync(string apiVersion)
    {
        var path = apiVersion.Contains('/', StringComparison.Ordinal) ? $"/apis/{apiVersion}" : $"/api/{apiVersion}";
        var cluster = await ClusterAsync();
        var outcome = await ShellCommand.TryRunAsync("kubectl", ["--kubeconfig", cluster.KubeconfigPath, "get", "--raw", path], null, CancellationToken.None);
        return outcome.ExitCode == 0 ? JsonNode.Parse(outcome.Output)!["resources"]!.AsArray() : [];
    }

    private async Task<TestCluster?> OpenAsync()
    {
        var home = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg ? xdg : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var built = Environment.GetEnvironmentVariable("ACADEMY_K8S_ROOT") is { Length: > 0 } root ? root : Path.Combine(home, "academy", "kubernetes");
        var binaries = Environment.GetEnvironmentVariable("ACADEMY_K8S_BIN") is { Length: > 0 } bin ? bin : Path.Combine(built, "bin");
        if (!ShellCommand.IsInstalled("kubectl") || !File.Exists(Path.Combine(binaries, "kube-controller-manager")))
        {
            return null;
        }

        _root = Directory.CreateTempSubdirectory("academy-manifests.").FullName;
        var up = await ShellCommand.RunAsync("env", [$"ACADEMY_K8S_ROOT={_root}", $"ACADEMY_K8S_BIN={binaries}", Path.Combine(Scripts, "up.sh"), "control"], null, CancellationToken.None);
        var kubeconfig = up.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Split('=', 2)[1].Trim();
        var install = await ShellCommand.TryRunAsync("env", [$"KUBECONFIG={kubeconfig}", Path.Combine(Scripts, "crds", "make.sh"), "install"], null, CancellationToken.None);
        _withoutDefinitions = install.ExitCode switch
        {
            0 => "",
            3 => install.Error.Trim(),
            _ => throw new InvalidOperationException(install.Error),
        };
        return await TestCluster.OpenAsync(kubeconfig, CancellationToken.None);
    }
}
