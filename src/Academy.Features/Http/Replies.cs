using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;

namespace Academy.Features.Http;

/// <summary>What every reply has in common: headers that follow from what it is.</summary>
public static class Replies
{
    private const string ActorKey = "academy.actor";

    /// <summary>The caller, put there by authentication.</summary>
    public static IActor Actor(this HttpContext http) => (IActor)http.Items[ActorKey]!;

    public static void SetActor(this HttpContext http, IActor actor) => http.Items[ActorKey] = actor;

    internal static async Task WriteReply<T>(this HttpContext http, T reply, CancellationToken ct)
    {
        if (reply is IVersioned versioned)
        {
            http.Response.Headers.ETag = ETag.Of(versioned.Version);
        }

        if (reply is IPage { Next: { } next })
        {
            http.Response.Headers.Link = $"<{NextPage(http.Request, next)}>; rel=\"next\"";
        }

        if (reply is Done)
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        await http.Response.WriteAsJsonAsync(reply, ct);
    }

    private static string NextPage(HttpRequest request, string cursor)
    {
        var query = request.Query.Where(q => !q.Key.Equals("cursor", StringComparison.OrdinalIgnoreCase))
            .SelectMany(q => q.Value, (q, v) => KeyValuePair.Create(q.Key, v ?? ""))
            .Append(KeyValuePair.Create("cursor", cursor));
        return $"{request.PathBase}{request.Path}{new QueryBuilder(query).ToQueryString()}";
    }
}

/// <summary>The version of a stream as an entity tag (RFC 9110).</summary>
public static class ETag
{
    public static string Of(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    /// <summary>Null where it is not one of ours.</summary>
    public static long? Parse(string text) =>
        text is ['"', .. var inner, '"'] && long.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}
