using Academy.Domain.Clusters;

namespace Academy.Features.Connecting;

/// <param name="PracticeId">For a practice cluster: which one.</param>
/// <param name="Repaired">For a practice cluster: whether it shows the state after the repair.</param>
public sealed record ClusterView(Guid Id, ClusterKind Kind, string Name, string? PracticeId, bool Repaired, DateTimeOffset RegisteredAt)
{
    internal static ClusterView Of(Cluster cluster) => new(cluster.Id, cluster.Kind, cluster.Name, cluster.PracticeId, cluster.Repaired, cluster.RegisteredAt);
}

/// <summary>What opens a live cluster, enciphered with the key of its owner. Never read back by the API.</summary>
public sealed record ClusterCredentials(Guid Id, byte[] Cipher);

/// <summary>A recording as uploaded, without the values of Secrets, enciphered with the key of its owner.</summary>
/// <param name="Sha256">Of the upload as sent.</param>
public sealed record ClusterRecording(Guid Id, string Sha256, byte[] Cipher);
