using System.Net;
using System.Text.Json.Nodes;
using Academy.Clusters.Documents;

namespace Academy.Clusters.Classrooms;

/// <summary>What answers mean.</summary>
internal static class Asking
{
    /// <summary>The object; null where there is none of that name.</summary>
    /// <exception cref="ClassroomException">The server refuses.</exception>
    public static async Task<JsonObject?> FindAsync(this IClassroomServer server, string path, CancellationToken ct)
    {
        var answer = await server.SendAsync(ClassroomCall.Get(path), ct);
        return answer.Status == HttpStatusCode.NotFound ? null : answer.OrThrow($"reading /{path}");
    }

    /// <summary>All objects of a list, page by page.</summary>
    /// <param name="query">E.g. <c>labelSelector=a%3Db</c>.</param>
    public static async Task<IReadOnlyList<JsonObject>> ListAsync(this IClassroomServer server, string path, string query, CancellationToken ct)
    {
        var all = new List<JsonObject>();
        for (string? next = ""; next is not null;)
        {
            var answer = await server.SendAsync(ClassroomCall.Get($"{path}?limit=500&{query}{next}"), ct);
            var list = answer.OrThrow($"listing /{path}");
            all.AddRange((list["items"] as JsonArray ?? []).OfType<JsonObject>());
            next = list.Text("metadata", "continue") is { Length: > 0 } token ? $"&continue={Uri.EscapeDataString(token)}" : null;
        }

        return all;
    }

    public static JsonObject OrThrow(this ClassroomAnswer answer, string what) => answer switch
    {
        { IsGood: true, Body: { } body } => body,
        { IsGood: true } => throw new ClusterReadException("cluster.garbage", "The server answers with something that is not a Kubernetes object."),
        _ => throw Refused(answer, what),
    };

    public static ClassroomException Refused(ClassroomAnswer answer, string what) => new(
        "environment.refused",
        $"The classroom's cluster refused {what} ({(int)answer.Status}): {Shown.Text(answer.Body.Text("message") ?? "no reason given")}",
        MayPass(answer));

    public static string? Text(this JsonObject? node, params ReadOnlySpan<string> path)
    {
        JsonNode? at = node;
        foreach (var name in path)
        {
            at = (at as JsonObject)?[name];
        }

        return at is JsonValue value && value.TryGetValue(out string? text) ? text : null;
    }

    // A busy server, one that changed the object meanwhile, or a namespace whose service accounts are not made yet.
    private static bool MayPass(ClassroomAnswer answer) =>
        answer.Status is HttpStatusCode.Conflict or HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
        || (answer.Status == HttpStatusCode.Forbidden && answer.Body.Text("message") is { } why
            && (why.Contains("being terminated", StringComparison.Ordinal) || why.Contains("service account", StringComparison.Ordinal)));
}
