using Academy.Diagnosis;

namespace Academy.Clusters;

/// <summary>Where a cluster's state comes from.</summary>
public abstract record ClusterSource
{
    private ClusterSource() { }

    /// <summary>An API server that is asked now.</summary>
    public sealed record Live(ClusterConnection Connection) : ClusterSource;

    /// <summary>A recording: an upload of the student's, or a practice cluster.</summary>
    public sealed record Recorded(ClusterSnapshot Snapshot) : ClusterSource;
}

/// <summary>What is kept of a kubeconfig after vetting: an address and credentials as values, never a file path or a program to run.</summary>
/// <param name="CertificateAuthority">PEM.</param>
/// <param name="ClientCertificate">PEM.</param>
/// <param name="ClientKey">PEM.</param>
/// <param name="Token">Bearer token.</param>
public sealed record ClusterConnection(
    Uri Server,
    string? CertificateAuthority,
    string? ClientCertificate,
    string? ClientKey,
    string? Token,
    string? TlsServerName,
    string? DefaultNamespace);
