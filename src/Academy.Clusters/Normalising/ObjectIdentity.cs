using System.Text.Json.Nodes;

namespace Academy.Clusters.Normalising;

/// <summary>What names an object. Reads shapes that a hostile upload may have bent.</summary>
internal static class ObjectIdentity
{
    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = node is JsonObject map && map.TryGetPropertyValue(name, out var next) ? next : null;
        }

        return node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;
    }

    public static string Kind(this JsonObject item) => item.Text("kind") ?? "";

    public static string ApiVersion(this JsonObject item) => item.Text("apiVersion") ?? "";

    public static string? Namespace(this JsonObject item) => item.Text("metadata", "namespace");

    public static string Name(this JsonObject item) => item.Text("metadata", "name") ?? "";

    /// <summary>The same for two readings of one object, also where it was read in two API versions.</summary>
    public static (string Uid, string Kind, string? Namespace, string Name) Key(this JsonObject item) =>
        (item.Text("metadata", "uid") ?? item.ApiVersion().Split('/')[0], item.Kind(), item.Namespace(), item.Name());
}
