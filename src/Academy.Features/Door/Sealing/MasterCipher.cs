using System.Security.Cryptography;
using System.Text;

namespace Academy.Features.Door.Sealing;

/// <summary>
/// AES-256-GCM with keys derived from the master key (HKDF-SHA256), one for each purpose, so that what was sealed for one purpose
/// does not open for another. Output: 12 bytes of nonce, the cipher text, 16 bytes of tag.
/// </summary>
public sealed class MasterCipher
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private readonly byte[] _master;

    /// <param name="masterKey">32 bytes in base64.</param>
    /// <exception cref="ArgumentException">It is not that.</exception>
    public MasterCipher(string masterKey)
    {
        var bytes = new byte[33];
        _master = Convert.TryFromBase64String(masterKey, bytes, out var length) && length == 32
            ? bytes[..32]
            : throw new ArgumentException("Academy:MasterKey must be 32 bytes in base64. Make one with: openssl rand -base64 32", nameof(masterKey));
    }

    public byte[] Seal(string purpose, ReadOnlySpan<byte> plain) => Seal(KeyFor(purpose), plain);

    /// <exception cref="CryptographicException">Sealed with another master key or for another purpose, or changed since.</exception>
    public byte[] Open(string purpose, ReadOnlySpan<byte> cipher) => Open(KeyFor(purpose), cipher);

    /// <summary>A name that follows from the master key and tells nothing of it: 16 hexadecimal digits, the same in every process.</summary>
    public string NameFor(string purpose) => Convert.ToHexStringLower(KeyFor($"name {purpose}"))[..16];

    internal static byte[] Seal(byte[] key, ReadOnlySpan<byte> plain)
    {
        var output = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(output.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(output.AsSpan(0, NonceBytes), plain, output.AsSpan(NonceBytes, plain.Length), output.AsSpan(NonceBytes + plain.Length));
        return output;
    }

    internal static byte[] Open(byte[] key, ReadOnlySpan<byte> cipher)
    {
        if (cipher.Length < NonceBytes + TagBytes)
        {
            throw new CryptographicException("This is too short to be sealed data.");
        }

        var plain = new byte[cipher.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        aes.Decrypt(cipher[..NonceBytes], cipher[NonceBytes..^TagBytes], cipher[^TagBytes..], plain);
        return plain;
    }

    private byte[] KeyFor(string purpose) => HKDF.DeriveKey(HashAlgorithmName.SHA256, _master, 32, info: Encoding.UTF8.GetBytes(purpose));
}
