using Academy.Clusters.Connecting;
using Academy.Clusters.Normalising;
using Academy.Clusters.Reading;
using Academy.Diagnosis;
using k8s;

namespace Academy.Clusters;

/// <summary>Reads live and recorded clusters into the same form. Holds no state: one is enough for a process.</summary>
public sealed class ClusterReader : IClusterReader
{
    private readonly ClustersOptions _options;
    private readonly TimeProvider _clock;
    private readonly ClusterClients _clients;

    public ClusterReader(ClustersOptions options, TimeProvider clock)
        : this(options, clock, new ClusterClients(options)) { }

    internal ClusterReader(ClustersOptions options, TimeProvider clock, ClusterClients clients)
    {
        _options = options;
        _clock = clock;
        _clients = clients;
    }

    /// <inheritdoc cref="IClusterReader.ReadAsync(ClusterSource, string?, CancellationToken)"/>
    public Task<ClusterSnapshot> ReadAsync(ClusterSource source, string? ns, CancellationToken ct) => ReadAsync(source, ns, null, ct);

    /// <inheritdoc/>
    public async Task<ClusterSnapshot> ReadAsync(ClusterSource source, string? ns, Action<ClusterSnapshot>? objectsRead, CancellationToken ct)
    {
        switch (source)
        {
            case ClusterSource.Recorded recorded:
                return SnapshotNormal.Within(recorded.Snapshot, ns, _options);
            case ClusterSource.Live live:
                using (var client = _clients.Open(live.Connection))
                {
                    return await LiveReading.ReadAsync(client.Kubernetes, ns, objectsRead, _options, _clock, ct);
                }

            default:
                throw new ArgumentOutOfRangeException(nameof(source));
        }
    }

    /// <summary>
    /// Reads with a client that the caller made, for people on their own machine: their kubeconfig may run their own programs and read
    /// their own files. Never for credentials that came over the network.
    /// </summary>
    /// <exception cref="ClusterReadException">As for <see cref="ReadAsync(ClusterSource, string?, CancellationToken)"/>.</exception>
    public Task<ClusterSnapshot> ReadAsync(Kubernetes client, string? ns, CancellationToken ct) => ReadAsync(client, ns, null, ct);

    /// <inheritdoc cref="ReadAsync(Kubernetes, string?, CancellationToken)"/>
    /// <param name="objectsRead">Called once, when the objects are there and the logs are still being read.</param>
    public Task<ClusterSnapshot> ReadAsync(Kubernetes client, string? ns, Action<ClusterSnapshot>? objectsRead, CancellationToken ct) =>
        LiveReading.ReadAsync(client, ns, objectsRead, _options, _clock, ct);
}
