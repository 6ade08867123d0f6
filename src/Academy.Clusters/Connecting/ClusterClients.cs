using System.Net;
using k8s;

namespace Academy.Clusters.Connecting;

/// <summary>Makes clients for the clusters of students.</summary>
internal sealed class ClusterClients(ClustersOptions options, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
{
    private readonly GuardedDialer _dialer = new(new AddressPolicy(options), resolve ?? Dns.GetHostAddressesAsync);

    public ClusterClient Open(ClusterConnection connection)
    {
        var handler = new GuardedHandler(connection, _dialer);
        var configuration = new KubernetesClientConfiguration
        {
            Host = connection.Server.AbsoluteUri,
            AccessToken = connection.Token,
            SslCaCerts = [],
        };
        return new ClusterClient(new Kubernetes(configuration, handler), handler);
    }
}

/// <summary>A client with the handler under it, which KubernetesClient leaves to whoever gave it.</summary>
internal sealed record ClusterClient(Kubernetes Kubernetes, IDisposable? Handler) : IDisposable
{
    public void Dispose()
    {
        Kubernetes.Dispose();
        Handler?.Dispose();
    }
}
