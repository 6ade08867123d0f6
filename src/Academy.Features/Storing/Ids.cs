using System.Security.Cryptography;
using System.Text;

namespace Academy.Features.Storing;

/// <summary>Ids that follow from what they stand for, where the same thing must have the same stream.</summary>
public static class Ids
{
    /// <summary>A version 8 UUID (RFC 9562) of the SHA-256 of the parts.</summary>
    public static Guid From(params IEnumerable<object> parts)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\u001f', parts)))[..16];
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x80);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
