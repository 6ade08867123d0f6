using System.Text.Json;
using System.Text.Json.Nodes;

namespace Academy.Agent.Guarding;

/// <summary>Takes secrets out of what a tool found, before a model, the tutor or the records see it.</summary>
public static class Redactor
{
    private static readonly HashSet<string> Noise = new(["managedFields", "kubectl.kubernetes.io/last-applied-configuration"], StringComparer.Ordinal);

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new System.Text.Json.Serialization.JsonStringEnumConverter() },
    };

    /// <summary>The value without secrets, and the same as JSON for a model.</summary>
    /// <param name="declared">The type to read it back as.</param>
    public static (object? Value, string Json) Clean(object? value, Type declared)
    {
        var node = Walk(JsonSerializer.SerializeToNode(value, declared, Format), null);
        return (node.Deserialize(declared, Format), node?.ToJsonString(Format) ?? "null");
    }

    /// <summary>The value as a model reads it, as it is.</summary>
    public static string Json(object? value, Type declared) => JsonSerializer.Serialize(value, declared, Format);

    private static JsonNode? Walk(JsonNode? node, string? name)
    {
        switch (node)
        {
            case JsonObject map:
                Object(map);
                return map;
            case JsonArray list:
                for (var i = 0; i < list.Count; i++)
                {
                    Replace(Walk(list[i], name), list[i], n => list[i] = n);
                }

                return list;
            case JsonValue value when value.TryGetValue(out string? text):
                return name is not null && SecretText.IsSecretName(name) && !string.IsNullOrEmpty(text) ? SecretText.Gone : Redacted(value, text);
            default:
                return node;
        }
    }

    private static void Object(JsonObject map)
    {
        var isSecret = Is(map, "kind", "Secret") && map.ContainsKey("metadata");
        var isSecretVariable = map["name"] is JsonValue n && n.TryGetValue(out string? variable) && SecretText.IsSecretName(variable);
        foreach (var (key, child) in map.ToList())
        {
            if (Noise.Contains(key))
            {
                map.Remove(key);
            }
            else if (isSecret && key is "data" or "stringData")
            {
                map[key] = isSecret && child is JsonObject data ? new JsonObject(data.Select(d => KeyValuePair.Create(d.Key, (JsonNode?)SecretText.Gone))) : child?.DeepClone();
            }
            else if (isSecretVariable && key == "value" && child is JsonValue)
            {
                map[key] = SecretText.Gone;
            }
            else
            {
                Replace(Walk(child, key), child, c => map[key] = c);
            }
        }
    }

    private static JsonValue Redacted(JsonValue value, string text)
    {
        var clean = SecretText.Redact(text);
        return clean == text ? value : JsonValue.Create(clean);
    }

    private static void Replace(JsonNode? after, JsonNode? before, Action<JsonNode?> put)
    {
        if (!ReferenceEquals(after, before))
        {
            put(after);
        }
    }

    private static bool Is(JsonObject map, string key, string wanted) => map[key] is JsonValue value && value.TryGetValue(out string? text) && text == wanted;
}
