using System.Globalization;
using System.Text.Json.Nodes;

namespace Academy.Curriculum.Gating;

/// <summary>An edit that hits nothing: a mistake of the mutation's author.</summary>
internal sealed class EditException(string message) : Exception(message);

/// <summary>Sets and removes values by JSON pointer (RFC 6901).</summary>
internal static class TreeEdit
{
    /// <param name="what">What is edited, for messages.</param>
    public static void Apply(JsonNode root, LabEdit edit, string what)
    {
        string[] path = [.. edit.Path.Split('/').Skip(1).Select(p => p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
        if (path.Length == 0)
        {
            throw new EditException($"{what}: the path is empty");
        }

        var parent = root;
        foreach (var key in path[..^1])
        {
            parent = Child(parent, key) ?? (edit.Op == "set" && parent is JsonObject map ? (map[key] = new JsonObject()) : throw Missing(edit, what));
        }

        var (last, value) = (path[^1], edit.Value?.DeepClone());
        switch (parent, edit.Op)
        {
            case (JsonObject map, "set"): map[last] = value; break;
            case (JsonObject map, "remove") when map.ContainsKey(last): map.Remove(last); break;
            case (JsonArray list, "set") when last == "-": list.Add(value); break;
            case (JsonArray list, "set") when Index(list, last) is { } at: list[at] = value; break;
            case (JsonArray list, "remove") when Index(list, last) is { } at: list.RemoveAt(at); break;
            default: throw Missing(edit, what);
        }
    }

    private static JsonNode? Child(JsonNode parent, string key) => parent switch
    {
        JsonObject map => map[key],
        JsonArray list when Index(list, key) is { } at => list[at],
        _ => null,
    };

    private static int? Index(JsonArray list, string key) =>
        int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < list.Count ? at : null;

    private static EditException Missing(LabEdit edit, string what) => new($"{what} has no {edit.Path}");
}
