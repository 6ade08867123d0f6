using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Academy.Clusters.Documents;

namespace Academy.Clusters.Normalising;

/// <summary>
/// One object in the form in which every source gives it: keys in order, no nulls, no values of Secrets, and none of the copies of
/// itself that Kubernetes keeps in <c>managedFields</c> and in kubectl's last-applied annotation.
/// </summary>
internal static class NormalObject
{
    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    // The result is parsed again at once, never put into a page: no need to escape for HTML.
    private static readonly JsonWriterOptions Writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="apiVersion">Of the list that the object stands in: the items of an API server's list do not say it themselves.</param>
    /// <returns>Null where this is not a Kubernetes object with a kind and a name.</returns>
    /// <exception cref="DocumentException">A text in it is not valid Unicode.</exception>
    public static JsonObject? From(JsonElement item, string? apiVersion = null, string? kind = null)
    {
        apiVersion = item.Text("apiVersion") ?? apiVersion;
        kind = item.Text("kind") ?? kind;
        if (string.IsNullOrEmpty(apiVersion) || string.IsNullOrEmpty(kind) || string.IsNullOrEmpty(item.Text("metadata", "name")))
        {
            return null;
        }

        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, Writing))
        {
            writer.WriteStartObject();
            writer.WriteString("apiVersion", apiVersion);
            writer.WriteString("kind", kind);
            foreach (var property in Sorted(item).Where(p => p.Name is not ("apiVersion" or "kind")))
            {
                writer.WritePropertyName(property.Name);
                TopLevel(writer, property, kind == "Secret");
            }

            writer.WriteEndObject();
        }

        return JsonNode.Parse(buffer.WrittenSpan)!.AsObject();
    }

    private static void TopLevel(Utf8JsonWriter writer, JsonProperty property, bool secret)
    {
        if (property.Name == "metadata")
        {
            Object(writer, property.Value, p => p.Name != "managedFields", Metadata);
        }
        else if (secret && property.Name is "data" or "stringData" && property.Value.ValueKind == JsonValueKind.Object)
        {
            Object(writer, property.Value, _ => true, (w, _) => w.WriteStringValue(""));
        }
        else if (secret && property.Name is not ("type" or "immutable"))
        {
            writer.WriteStringValue("");
        }
        else
        {
            Value(writer, property.Value);
        }
    }

    private static void Metadata(Utf8JsonWriter writer, JsonProperty property)
    {
        if (property.Name == "annotations" && property.Value.ValueKind == JsonValueKind.Object)
        {
            Object(writer, property.Value, p => p.Name != LastApplied, (w, p) => Value(w, p.Value));
        }
        else
        {
            Value(writer, property.Value);
        }
    }

    private static void Value(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                Object(writer, value, _ => true, (w, p) => Value(w, p.Value));
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Value(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(JsonPath.String(value));
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void Object(Utf8JsonWriter writer, JsonElement value, Func<JsonProperty, bool> kept, Action<Utf8JsonWriter, JsonProperty> write)
    {
        writer.WriteStartObject();
        foreach (var property in Sorted(value).Where(kept))
        {
            writer.WritePropertyName(property.Name);
            write(writer, property);
        }

        writer.WriteEndObject();
    }

    private static IEnumerable<JsonProperty> Sorted(JsonElement value)
    {
        try
        {
            return [.. value.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null).OrderBy(p => p.Name, StringComparer.Ordinal)];
        }
        catch (InvalidOperationException e)
        {
            throw new DocumentException("a key is not valid Unicode", 0, e);
        }
    }
}
