using System.Text.Json.Nodes;
using Academy.Clusters;
using Academy.IntegrationTests.Api;
using Academy.IntegrationTests.Kubernetes;

[assembly: AssemblyFixture(typeof(ClassroomFixture))]

namespace Academy.IntegrationTests.Kubernetes;

/// <summary>The test cluster as a classroom: k8s/classroom applied, and a kubeconfig of the identity in it. Undone at the end.</summary>
public sealed class ClassroomFixture : IAsyncLifetime
{
    private readonly Lock _gate = new();
    private Task<Prepared>? _prepared;

    public sealed record Prepared(TestCluster Cluster, string Kubeconfig)
    {
        /// <summary>What a server needs so that it may reach the cluster.</summary>
        public Dictionary<string, string?> Settings() =>
            Cluster.Networks.Index().ToDictionary(n => $"Academy:Clusters:AllowedNetworks:{n.Index}", n => (string?)n.Item);

        public ClusterConnection Connection() => KubeconfigVetter.Vet(Kubeconfig, null, Cluster.Options()).Connection!;
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>Skips the test where there is no cluster.</summary>
    public async Task<Prepared> ClassroomAsync(KubernetesFixture kubernetes)
    {
        var cluster = await kubernetes.ClusterAsync();
        lock (_gate)
        {
            _prepared ??= PrepareAsync(cluster);
        }

        return await _prepared;
    }

    public async ValueTask DisposeAsync()
    {
        if (_prepared is { IsCompletedSuccessfully: true })
        {
            await (await _prepared).Cluster.KubectlAsync(null, CancellationToken.None, "delete", "-k", Folder, "--wait=false", "--ignore-not-found");
        }
    }

    private static string Folder => Path.Combine(Repository.Root, "k8s", "classroom");

    private static async Task<Prepared> PrepareAsync(TestCluster cluster)
    {
        await cluster.KubectlAsync(null, CancellationToken.None, "apply", "-k", Folder);
        const string request = """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"expirationSeconds":7200}}""";
        var answer = await cluster.KubectlAsync(request, CancellationToken.None, "create", "--raw", "/api/v1/namespaces/academy-classroom/serviceaccounts/academy/token", "-f", "-");
        return new(cluster, TestNamespace.Kubeconfig(cluster, "default", JsonNode.Parse(answer)!["status"]!["token"]!.GetValue<string>()));
    }
}
