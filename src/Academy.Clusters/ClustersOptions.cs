namespace Academy.Clusters;

/// <summary>Limits for everything that comes from outside: API servers and uploads.</summary>
public sealed class ClustersOptions
{
    /// <summary>
    /// Address ranges in CIDR notation that may be reached although they are loopback, private, link-local or cluster-internal.
    /// A metadata service is reached only where its very address is listed (/32 or /128).
    /// </summary>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>Longest time for reading one cluster; 1 s to 5 min.</summary>
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Longest time for one log; 1 s to 1 min. A log that takes longer is left out.</summary>
    public TimeSpan LogTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Most bytes of an upload as sent; 1 KiB to 1 GiB.</summary>
    public long MaxUploadBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Most bytes after unpacking, and most bytes read from one API server.</summary>
    public long MaxUnpackedBytes { get; set; } = 128 * 1024 * 1024;

    /// <summary>Most files in an archive.</summary>
    public int MaxEntries { get; set; } = 2_000;

    /// <summary>Most objects in a snapshot.</summary>
    public int MaxObjects { get; set; } = 20_000;

    /// <summary>Deepest nesting of JSON or YAML.</summary>
    public int MaxDepth { get; set; } = 64;

    /// <summary>Most bytes of a kubeconfig.</summary>
    public int MaxKubeconfigBytes { get; set; } = 256 * 1024;

    /// <summary>Most lists asked of one API server, each in as many pages as it has; custom resources beyond it are noted as unreadable.</summary>
    public int MaxListedKinds { get; set; } = 40;

    /// <summary>Objects asked for in one page; 1 to 5,000.</summary>
    public int PageSize { get; set; } = 500;

    /// <summary>Requests to one API server at the same time; 1 to 32.</summary>
    public int MaxParallelRequests { get; set; } = 6;

    /// <summary>Most logs in a snapshot; those of pods that are not well come first.</summary>
    public int MaxLogs { get; set; } = 50;

    /// <summary>Most logs of pods that are well, read since a pod or Service that is not well leads to them.</summary>
    public int MaxNeighbourLogs { get; set; } = 12;

    /// <summary>Lines kept of a log, from its end.</summary>
    public int LogTailLines { get; set; } = 200;

    /// <summary>Most bytes kept of a log.</summary>
    public int MaxLogBytes { get; set; } = 64 * 1024;
}
