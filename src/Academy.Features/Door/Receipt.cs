using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Academy.Features.Door;

/// <summary>The first reply to a command that came with an idempotency key. Stored with the events, in one transaction.</summary>
/// <param name="Id">Of caller and key.</param>
/// <param name="Request">SHA-256 of the command, so that a key cannot be used for two things.</param>
/// <param name="Reply">The value as JSON, enciphered: it may hold what is shown only once.</param>
public sealed record Receipt(string Id, string Request, byte[] Reply, DateTimeOffset At)
{
    public static string IdOf(IActor actor, string key) => Hash($"{actor.Id:N} {key}");

    public static string RequestOf<T>(T command) => Hash($"{typeof(T).FullName} {JsonSerializer.Serialize(command)}");

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
