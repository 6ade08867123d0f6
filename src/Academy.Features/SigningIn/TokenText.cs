using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Academy.Features.SigningIn;

/// <summary>
/// What an access token looks like: <c>academy_</c>, the organisation and 32 random bytes, both in base64url, with a dot between
/// them. The prefix lets secret scanners find one that leaked.
/// </summary>
public static class TokenText
{
    public const string Prefix = "academy_";

    private const int MaxLength = 512;

    public static string Mint(string tenant) =>
        $"{Prefix}{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(tenant))}.{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";

    /// <summary>The organisation that the token claims to be of; null where it is not a token at all.</summary>
    public static string? TenantOf(string token)
    {
        if (token.Length > MaxLength || !token.StartsWith(Prefix, StringComparison.Ordinal) || token.IndexOf('.') is not (> 0 and var dot))
        {
            return null;
        }

        var part = token.AsSpan(Prefix.Length..dot);
        return part.Length > 0 && Base64Url.IsValid(part) && Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part)) is { } tenant && !tenant.Any(char.IsControl) ? tenant : null;
    }

    public static string HashOf(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
