namespace Academy.Clusters;

/// <summary>Limits for everything that comes from outside: API servers and uploads.</summary>
public sealed class ClustersOptions
{
    /// <summary>Address ranges in CIDR notation that may be reached although they are loopback, private, link-local or cluster-internal.</summary>
    public IList<string> AllowedNetworks { get; } = [];

    /// <summary>Longest time for reading one cluster; 1 s to 5 min.</summary>
    public TimeSpan ReadTimeout { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>Most bytes of an upload as sent; 1 KiB to 1 GiB.</summary>
    public long MaxUploadBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>Most bytes after unpacking.</summary>
    public long MaxUnpackedBytes { get; set; } = 128 * 1024 * 1024;

    /// <summary>Most files in an archive.</summary>
    public int MaxEntries { get; set; } = 2_000;

    /// <summary>Most objects in a snapshot.</summary>
    public int MaxObjects { get; set; } = 20_000;

    /// <summary>Deepest nesting of JSON or YAML.</summary>
    public int MaxDepth { get; set; } = 64;
}
