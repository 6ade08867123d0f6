namespace Academy.IntegrationTests.Kubernetes;

/// <summary>Finds a cluster for the tests, and starts the local one where it was built but does not run.</summary>
internal static class LocalControlPlane
{
    /// <param name="Cluster">Null where there is none.</param>
    /// <param name="Reason">Why there is none.</param>
    /// <param name="Scripts">The folder of the scripts that started the cluster; null for one that was given.</param>
    public sealed record Found(TestCluster? Cluster, string Reason, string? Scripts = null, bool StartedHere = false);

    public static async Task<Found> FindAsync()
    {
        if (!ShellCommand.IsInstalled("kubectl"))
        {
            return new(null, "kubectl is not installed.");
        }

        var scripts = Path.Combine(Repository.Root, "tests", "kubernetes");
        if (Environment.GetEnvironmentVariable("ACADEMY_TEST_KUBECONFIG") is { Length: > 0 } given)
        {
            return new(await TestCluster.OpenAsync(given, CancellationToken.None), "", IsOfTheScripts(given) ? scripts : null);
        }

        if (!OperatingSystem.IsLinux() || !IsBuilt())
        {
            return new(null, "No Kubernetes: set ACADEMY_TEST_KUBECONFIG, or build one with tests/kubernetes/build.sh control (Debian 12).");
        }

        var ran = await ShellCommand.TryRunAsync(Path.Combine(scripts, "status.sh"), [], null, CancellationToken.None) is { ExitCode: 0 };
        var up = await ShellCommand.RunAsync(Path.Combine(scripts, "up.sh"), ["control"], null, CancellationToken.None);
        var kubeconfig = up.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1].Split('=', 2)[1].Trim();
        return new(await TestCluster.OpenAsync(kubeconfig, CancellationToken.None), "", scripts, !ran);
    }

    // ./academy test names the cluster that it has started, and there nodes may be made.
    private static bool IsOfTheScripts(string kubeconfig) =>
        Environment.GetEnvironmentVariable("ACADEMY_K8S_ROOT") is { Length: > 0 } root
        && Path.GetFullPath(kubeconfig).StartsWith(Path.GetFullPath(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    // The test script starts a control plane in a root of its own and names its kubeconfig: nodes may be made there all the same.
    private static bool IsOurs(string kubeconfig) =>
        Environment.GetEnvironmentVariable("ACADEMY_K8S_ROOT") is { Length: > 0 } root
        && Path.GetFullPath(kubeconfig).StartsWith(Path.GetFullPath(root).TrimEnd('/') + '/', StringComparison.Ordinal);

    private static bool IsBuilt()
    {
        var cache = Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } xdg
            ? xdg
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
        var root = Environment.GetEnvironmentVariable("ACADEMY_K8S_ROOT") is { Length: > 0 } own ? own : Path.Combine(cache, "academy", "kubernetes");
        var folder = Environment.GetEnvironmentVariable("ACADEMY_K8S_BIN") is { Length: > 0 } bin ? bin : Path.Combine(root, "bin");
        return new[] { "etcd", "kube-apiserver", "kube-controller-manager", "kube-scheduler" }.All(p => File.Exists(Path.Combine(folder, p)));
    }
}
