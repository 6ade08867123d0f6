using System.Globalization;
using System.Text.Json.Nodes;

namespace Academy.Curriculum.Loading;

/// <summary>YAML as JSON by the core schema of YAML 1.2: what stands in quotes is a text.</summary>
internal static class YamlJson
{
    public static JsonNode? ToNode(YamlItem item) => item switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key, ToNode(e.Value)))),
        YamlList list => new JsonArray([.. list.Items.Select(ToNode)]),
        YamlText text => Scalar(text),
        _ => null,
    };

    public static JsonNode? Scalar(YamlText text) => text switch
    {
        { Plain: false } => JsonValue.Create(text.Value),
        { Value: "" or "~" or "null" } => null,
        { Value: "true" } => JsonValue.Create(true),
        { Value: "false" } => JsonValue.Create(false),
        _ when long.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
        _ when double.TryParse(text.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) => JsonValue.Create(real),
        _ => JsonValue.Create(text.Value),
    };
}
