using System.Text.Json.Nodes;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Graph;

/// <summary>
/// Applies the patches of this engine as <c>kubectl patch</c> would: maps merge, null removes, and lists merge by the key that Kubernetes
/// declares for them, where <c>$patch: delete</c> takes an item out.
/// </summary>
internal static class MergePatch
{
    // The patchMergeKey of the lists that patches are made for; other lists are replaced.
    private static readonly Dictionary<string, string> Keys = new()
    {
        ["containers"] = "name",
        ["initContainers"] = "name",
        ["env"] = "name",
        ["volumes"] = "name",
        ["volumeMounts"] = "mountPath",
        ["ports"] = "port",
        ["imagePullSecrets"] = "name",
    };

    public const string Directive = "$patch";

    /// <returns>A patched copy; the original stays as it is.</returns>
    public static JsonObject Apply(JsonObject original, JsonObject patch) => (JsonObject)Merged("", original, patch)!;

    private static JsonNode? Merged(string name, JsonNode? old, JsonNode? change) => (old, change) switch
    {
        (_, null) => null,
        (JsonObject map, JsonObject changes) => Map(map, changes),
        (JsonArray list, JsonArray changes) when Keys.TryGetValue(name, out var key) && changes.All(item => item.Has(key)) => List(list, changes, key),
        (not JsonObject, JsonObject changes) => Map([], changes),
        _ => change.DeepClone(),
    };

    private static JsonObject Map(JsonObject old, JsonObject changes)
    {
        var merged = new JsonObject(old.Members().Where(pair => !changes.ContainsKey(pair.Key)).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));
        foreach (var (key, change) in changes)
        {
            if (Merged(key, old.At(key), change) is { } value)
            {
                merged[key] = value;
            }
        }

        return merged;
    }

    private static JsonArray List(JsonArray old, JsonArray changes, string key)
    {
        var left = changes.ToList();
        var merged = new JsonArray();
        foreach (var item in old)
        {
            var change = left.Find(candidate => candidate.Text(key) == item.Text(key));
            left.Remove(change);
            if (change.Text(Directive) != "delete")
            {
                merged.Add(change is null ? item?.DeepClone() : Merged("", item, change));
            }
        }

        foreach (var added in left.Where(item => !item.Has(Directive)))
        {
            merged.Add(added?.DeepClone());
        }

        return merged;
    }
}
