using System.Globalization;
using System.Text;
using Academy.Clusters.Documents;

namespace Academy.Clusters.Unpacking;

/// <summary>A file of an upload: a safe relative path with forward slashes, and its bytes.</summary>
internal sealed record UploadedFile(string Path, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// Reads the files of a tar archive, one pass, nothing on disk. A size that is claimed is judged before a byte of it is read or
/// reserved; links, devices and paths that lead out are refused.
/// </summary>
internal sealed class TarFiles(Stream archive, ClustersOptions options)
{
    // Long names are paths; nobody's path is longer.
    private const int LongestName = 16 * 1024;
    private readonly byte[] _block = new byte[TarHeader.BlockSize];

    public IEnumerable<UploadedFile> Read(CancellationToken ct)
    {
        string? longName = null;
        var entries = 0;
        while (Block() && TarHeader.Read(_block) is { } header)
        {
            ct.ThrowIfCancellationRequested();
            if (++entries > options.MaxEntries * 2)
            {
                throw new SnapshotRefusedException("snapshot.too-many", $"The archive has more than {options.MaxEntries} entries.");
            }

            var name = longName ?? header.Name;
            switch (header.Type)
            {
                case '0' or '\0' or '7':
                    yield return new UploadedFile(SafePath.Of(name), Content(header.Size, options.MaxUnpackedBytes, name));
                    longName = null;
                    break;
                case '5':
                    SafePath.Of(name);
                    Content(header.Size, 0, name);
                    longName = null;
                    break;
                case 'L':
                    longName = TarHeader.Text(Content(header.Size, LongestName, "a long name").Span);
                    break;
                case 'x':
                    longName = PaxPath(Content(header.Size, LongestName, "an extended header")) ?? longName;
                    break;
                case 'g':
                    Content(header.Size, LongestName, "a global header");
                    break;
                default:
                    throw new SnapshotRefusedException("snapshot.path", $"{Shown.Text(name)}: only files and folders are accepted in an archive, no links and no devices.");
            }
        }
    }

    private bool Block()
    {
        var read = archive.ReadAtLeast(_block, _block.Length, throwOnEndOfStream: false);
        return read == _block.Length || (read == 0 ? false : throw Truncated());
    }

    private ReadOnlyMemory<byte> Content(long size, long most, string what)
    {
        if (size < 0)
        {
            throw new SnapshotRefusedException("snapshot.malformed", $"{Shown.Text(what)}: the archive is damaged: a size is not a number.");
        }

        if (size > most)
        {
            throw new SnapshotRefusedException("snapshot.too-large", $"{Shown.Text(what)} claims {size} bytes; at most {most} are accepted.");
        }

        // Grows with what is really there: a claim alone reserves nothing.
        using var bytes = new MemoryStream();
        var padded = (size + TarHeader.BlockSize - 1) / TarHeader.BlockSize * TarHeader.BlockSize;
        while (bytes.Length < padded)
        {
            if (!Block())
            {
                throw Truncated();
            }

            bytes.Write(_block);
        }

        return bytes.GetBuffer().AsMemory(0, (int)size);
    }

    // Records of the form "LENGTH key=value\n" (POSIX pax). Only the path matters here; a size that differs from the header's is refused.
    private static string? PaxPath(ReadOnlyMemory<byte> records)
    {
        string? path = null;
        var rest = records.Span;
        while (rest.IndexOf((byte)' ') is > 0 and var space)
        {
            if (!int.TryParse(rest[..space], NumberStyles.None, CultureInfo.InvariantCulture, out var length) || length <= space + 1 || length > rest.Length)
            {
                throw new SnapshotRefusedException("snapshot.malformed", "The archive is damaged: an extended header cannot be read.");
            }

            var record = Encoding.UTF8.GetString(rest[(space + 1)..(length - 1)]);
            path = record.StartsWith("path=", StringComparison.Ordinal) ? record["path=".Length..] : path;
            if (record.StartsWith("size=", StringComparison.Ordinal))
            {
                throw new SnapshotRefusedException("snapshot.too-large", "The archive claims a file of more than 8 GiB.");
            }

            rest = rest[length..];
        }

        return path;
    }

    private static SnapshotRefusedException Truncated() => new("snapshot.malformed", "The archive is cut off before its end.");
}
