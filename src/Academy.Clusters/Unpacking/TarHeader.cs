using System.Text;

namespace Academy.Clusters.Unpacking;

/// <summary>One header block of a tar archive (POSIX ustar, with the GNU form of large numbers).</summary>
internal sealed record TarHeader(string Name, long Size, char Type)
{
    public const int BlockSize = 512;

    /// <summary>Whether a block looks like the header of an archive.</summary>
    public static bool IsHeader(ReadOnlySpan<byte> block) => block.Length >= BlockSize && block.Slice(257, 5).SequenceEqual("ustar"u8) && HasRightSum(block);

    /// <returns>Null for the block of zeros that ends an archive.</returns>
    public static TarHeader? Read(ReadOnlySpan<byte> block)
    {
        if (!block.ContainsAnyExcept((byte)0))
        {
            return null;
        }

        if (!HasRightSum(block))
        {
            throw new SnapshotRefusedException("snapshot.malformed", "The archive is damaged: a header has the wrong checksum.");
        }

        var name = Text(block[..100]);
        var prefix = block.Slice(257, 6).SequenceEqual("ustar\0"u8) ? Text(block.Slice(345, 155)) : "";
        return new TarHeader(prefix.Length > 0 ? $"{prefix}/{name}" : name, Number(block.Slice(124, 12)), (char)block[156]);
    }

    private static bool HasRightSum(ReadOnlySpan<byte> block)
    {
        var sum = 8 * ' ';
        for (var i = 0; i < BlockSize; i++)
        {
            sum += i is >= 148 and < 156 ? 0 : block[i];
        }

        return Octal(block.Slice(148, 8)) == sum;
    }

    private static long Number(ReadOnlySpan<byte> field)
    {
        if ((field[0] & 0x80) == 0)
        {
            return Octal(field);
        }

        var value = (long)(field[0] & 0x7f);
        foreach (var b in field[1..])
        {
            if (value > long.MaxValue >> 8)
            {
                return long.MaxValue;
            }

            value = (value << 8) | b;
        }

        return value;
    }

    private static long Octal(ReadOnlySpan<byte> field)
    {
        var value = 0L;
        foreach (var b in field.Trim(" \0"u8))
        {
            if (b is < (byte)'0' or > (byte)'7')
            {
                return -1;
            }

            value = (value << 3) + (b - '0');
        }

        return value;
    }

    public static string Text(ReadOnlySpan<byte> field) => Encoding.UTF8.GetString(field.IndexOf((byte)0) is >= 0 and var end ? field[..end] : field);
}
