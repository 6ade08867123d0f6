using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Academy.Diagnosis.Model;

/// <summary>Reading of JSON that anyone may have written: a missing, mistyped or duplicated field reads as absent and never throws.</summary>
internal static class Json
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    public static JsonNode? At(this JsonNode? node, params string[] path)
    {
        foreach (var step in path)
        {
            node = Step(node, step);
        }

        return node;
    }

    /// <summary>The value as text: strings as they are, numbers and booleans as written, anything else absent.</summary>
    public static string? Text(this JsonNode? node, params string[] path)
    {
        if (node.At(path) is not JsonValue value)
        {
            return null;
        }

        return value.TryGetValue<string>(out var text) ? text : Raw(value);
    }

    public static long? Number(this JsonNode? node, params string[] path) =>
        long.TryParse(node.Text(path), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool Flag(this JsonNode? node, params string[] path) => node.Text(path) == "true";

    public static DateTimeOffset? Time(this JsonNode? node, params string[] path) =>
        DateTimeOffset.TryParse(node.Text(path), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    public static IReadOnlyList<JsonObject> Items(this JsonNode? node, params string[] path) =>
        node.At(path) is JsonArray array ? [.. array.OfType<JsonObject>()] : [];

    public static IReadOnlyList<string> Texts(this JsonNode? node, params string[] path) =>
        node.At(path) is JsonArray array ? [.. array.Select(item => item.Text()).OfType<string>()] : [];

    public static IReadOnlyDictionary<string, string> Map(this JsonNode? node, params string[] path)
    {
        if (node.At(path) is not JsonObject source)
        {
            return Nothing;
        }

        var map = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in Members(source))
        {
            map[key] = value.Text() ?? "";
        }

        return map;
    }

    public static IEnumerable<KeyValuePair<string, JsonNode?>> Members(this JsonNode? node)
    {
        try
        {
            return node is JsonObject source ? [.. source] : [];
        }
        catch (ArgumentException)
        {
            return [];
        }
    }

    public static bool Has(this JsonNode? node, params string[] path) => node.At(path) is not null;

    private static JsonNode? Step(JsonNode? node, string step)
    {
        try
        {
            return node is JsonObject source && source.TryGetPropertyValue(step, out var next) ? next : null;
        }
        catch (ArgumentException)
        {
            // A key that stands twice: System.Text.Json refuses the whole object when it is first read.
            return null;
        }
    }

    private static string? Raw(JsonValue value) => value.GetValueKind() switch
    {
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Number => value.ToJsonString(),
        _ => null,
    };
}
