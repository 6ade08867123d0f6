using System.IO.Compression;
using Academy.Clusters.Unpacking;
using Academy.Diagnosis;

namespace Academy.Clusters;

/// <summary>
/// Reads an uploaded snapshot: the JSON or YAML that kubectl writes, or a tar (also gzipped) of a folder as <see cref="SnapshotFolder"/>
/// describes it. What it is shows in its content; a file's name says nothing.
/// </summary>
public static class SnapshotArchive
{
    /// <exception cref="SnapshotRefusedException">It is not a snapshot, or exceeds a limit.</exception>
    public static async Task<ClusterSnapshot> ReadAsync(Stream upload, ClustersOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        await using var bounded = new BoundedStream(upload, options.MaxUploadBytes, "The upload");
        using var bytes = new MemoryStream();
        await bounded.CopyToAsync(bytes, ct);
        return Read(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), options, ct);
    }

    /// <inheritdoc cref="ReadAsync"/>
    public static ClusterSnapshot Read(Stream upload, ClustersOptions options, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var bounded = new BoundedStream(upload, options.MaxUploadBytes, "The upload");
        using var bytes = new MemoryStream();
        bounded.CopyTo(bytes);
        return Read(bytes.GetBuffer().AsMemory(0, (int)bytes.Length), options, ct);
    }

    private static ClusterSnapshot Read(ReadOnlyMemory<byte> bytes, ClustersOptions options, CancellationToken ct)
    {
        var parts = new SnapshotParts(options);
        if (bytes.Span is [0x1f, 0x8b, ..])
        {
            using var unpacked = new BoundedStream(new GZipStream(Reading(bytes), CompressionMode.Decompress), options.MaxUnpackedBytes, "The unpacked archive");
            Add(parts, unpacked, options, ct);
        }
        else
        {
            Add(parts, Reading(bytes), options, ct);
        }

        return parts.Snapshot();
    }

    private static void Add(SnapshotParts parts, Stream content, ClustersOptions options, CancellationToken ct)
    {
        try
        {
            var first = new byte[TarHeader.BlockSize];
            var length = content.ReadAtLeast(first, first.Length, throwOnEndOfStream: false);
            using var whole = new PrefixedStream(first.AsMemory(0, length), content);
            if (TarHeader.IsHeader(first))
            {
                SnapshotFolder.AddAll(parts, new TarFiles(whole, options).Read(ct));
                return;
            }

            using var bytes = new MemoryStream();
            whole.CopyTo(bytes);
            parts.AddObjects(new UploadedFile("", bytes.GetBuffer().AsMemory(0, (int)bytes.Length)));
        }
        catch (InvalidDataException e)
        {
            throw new SnapshotRefusedException("snapshot.malformed", "The gzip archive is damaged.", e);
        }
    }

    private static MemoryStream Reading(ReadOnlyMemory<byte> bytes) => new(bytes.ToArray(), writable: false);
}
