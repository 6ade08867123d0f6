using System.Text.Json;
using Academy.Clusters.Documents;

namespace Academy.Clusters.Vetting;

/// <summary>One named entry of <c>clusters</c>, <c>users</c> or <c>contexts</c>, with the place it stands at.</summary>
internal sealed record KubeconfigEntry(string Path, JsonElement Value)
{
    public string? Text(string name) => Value.Text(name) is { Length: > 0 } text ? text : null;

    public string At(string name) => $"{Path}.{name}";

    public bool Has(string name) => Value.At(name) is { } value && value.ValueKind is not JsonValueKind.Null;

    /// <summary>Finds <c>SECTION[i]</c> by name; null where there is none.</summary>
    public static KubeconfigEntry? Find(JsonElement root, string section, string kind, string? name)
    {
        var found = root.Items(section).Index().FirstOrDefault(e => e.Item.Text("name") == name && name is not null);
        return found.Item.At(kind) is { ValueKind: JsonValueKind.Object } value ? new($"{section}[{found.Index}].{kind}", value) : null;
    }
}
