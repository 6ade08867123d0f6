using System.Collections.Concurrent;
using Academy.IntegrationTests.Kubernetes;

[assembly: AssemblyFixture(typeof(KubernetesFixture))]

namespace Academy.IntegrationTests.Kubernetes;

/// <summary>
/// A real Kubernetes for tests, found or started by the first test that asks: the one that ACADEMY_TEST_KUBECONFIG names, else the
/// control plane of tests/kubernetes where it has been built. Where there is neither, the tests that ask are skipped, by name.
/// Ask for it in the constructor of a test class: <c>public sealed class My_tests(KubernetesFixture kubernetes)</c>.
/// </summary>
public sealed class KubernetesFixture : IAsyncLifetime
{
    private readonly Lazy<Task<LocalControlPlane.Found>> _found = new(LocalControlPlane.FindAsync);
    private readonly ConcurrentBag<TestNamespace> _namespaces = [];
    private readonly ConcurrentBag<string> _nodes = [];
    private readonly ConcurrentDictionary<string, Lazy<Task<TestNamespace>>> _shared = new();
    private readonly Lazy<Task> _node;

    public KubernetesFixture() => _node = new(async () =>
    {
        if ((await _found.Value).Scripts is not null)
        {
            await AddFakeNodeAsync(CancellationToken.None, "--cpu", "2");
        }
    });

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>The cluster, with an administrator's rights; skips the test where there is none.</summary>
    public async Task<TestCluster> ClusterAsync()
    {
        var found = await _found.Value;
        Assert.SkipUnless(found.Cluster is not null, found.Reason);
        return found.Cluster!;
    }

    /// <summary>A fresh namespace with a student who may look at it (ClusterRole view) and at nothing else.</summary>
    public async Task<TestNamespace> CreateNamespaceAsync(string purpose, CancellationToken ct)
    {
        var cluster = await ClusterAsync();
        var ns = await TestNamespace.CreateAsync(cluster, purpose, ct);
        _namespaces.Add(ns);
        return ns;
    }

    /// <summary>A namespace that several tests look at and none changes, prepared once.</summary>
    /// <param name="purpose">The same for all that share it.</param>
    public Task<TestNamespace> SharedNamespaceAsync(string purpose, Func<TestNamespace, Task> prepare) =>
        _shared.GetOrAdd(purpose, _ => new(async () =>
        {
            var ns = await CreateNamespaceAsync(purpose, CancellationToken.None);
            await prepare(ns);
            return ns;
        })).Value;

    /// <summary>Makes sure that there is a node at all: the local control plane begins without one.</summary>
    public Task EnsureNodeAsync() => _node.Value;

    /// <summary>
    /// A Node without a machine (tests/kubernetes/nodes.sh fake): pods are placed there and never run. Skips the test on a cluster that
    /// was given, where no node may be made.
    /// </summary>
    /// <param name="options">As the script takes them, e.g. <c>--gpu 2 --label pool=gpu</c>.</param>
    /// <returns>The node's name.</returns>
    public async Task<string> AddFakeNodeAsync(CancellationToken ct, params string[] options)
    {
        var found = await _found.Value;
        Assert.SkipUnless(found.Scripts is not null, "Nodes without a machine exist only in the local control plane.");
        var name = "fake-" + Path.GetRandomFileName()[..8].Replace('.', '-').TrimEnd('-');
        await ShellCommand.RunAsync(Path.Combine(found.Scripts!, "nodes.sh"), ["fake", name, .. options], null, ct);
        _nodes.Add(name);
        return name;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_found.IsValueCreated || !_found.Value.IsCompletedSuccessfully)
        {
            return;
        }

        var found = await _found.Value;
        await Task.WhenAll(_namespaces.Select(n => n.DeleteAsync()));
        if (!_nodes.IsEmpty)
        {
            await ShellCommand.RunAsync(Path.Combine(found.Scripts!, "nodes.sh"), ["rm", .. _nodes], null, CancellationToken.None);
        }

        if (found.StartedHere)
        {
            await ShellCommand.RunAsync(Path.Combine(found.Scripts!, "down.sh"), [], null, CancellationToken.None);
        }
    }
}
