using Academy.Diagnosis;

namespace Academy.Clusters;

/// <summary>Reads a cluster through the Kubernetes API, whatever stands behind it.</summary>
public interface IClusterReader
{
    /// <summary>Reads a namespace with the cluster-wide objects that matter to it, or everything where <paramref name="ns"/> is null.</summary>
    /// <exception cref="ClusterReadException">The cluster did not answer, refused, or answered with something that is not Kubernetes.</exception>
    Task<ClusterSnapshot> ReadAsync(ClusterSource source, string? ns, CancellationToken ct) => ReadAsync(source, ns, null, ct);

    /// <inheritdoc cref="ReadAsync(ClusterSource, string?, CancellationToken)"/>
    /// <param name="objectsRead">Called once for a live cluster, when its objects are there and its logs are still being read.</param>
    Task<ClusterSnapshot> ReadAsync(ClusterSource source, string? ns, Action<ClusterSnapshot>? objectsRead, CancellationToken ct);
}

/// <param name="code">Stable: <c>cluster.address</c>, <c>cluster.unreachable</c>, <c>cluster.timeout</c>, <c>cluster.unauthorized</c>, <c>cluster.forbidden</c>, <c>cluster.garbage</c>, <c>cluster.too-large</c>.</param>
public sealed class ClusterReadException(string code, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Code { get; } = code;
}
