using System.Text.Json;
using System.Text.Json.Nodes;
using Newtonsoft.Json.Linq;

namespace Academy.Curriculum.Checks;

/// <summary>
/// Between the snapshot's JSON and the one JMESPath works on. Bounded: what lies deeper or comes later than the limits is left out,
/// so that a hostile object costs a known amount.
/// </summary>
internal static class JsonBridge
{
    private const int MaxDepth = 64;
    private const int MaxNodes = 100_000;

    public static JToken ToToken(JsonNode? node)
    {
        var budget = MaxNodes;
        return Convert(node, 0, ref budget);
    }

    /// <summary>A result of an expression, as the matcher compares it.</summary>
    public static JsonNode? ToNode(JToken? token) => token?.Type switch
    {
        null or JTokenType.Null or JTokenType.Undefined or JTokenType.None => null,
        JTokenType.Integer => Whole((JValue)token),
        JTokenType.Float => JsonValue.Create(token.Value<double>()),
        JTokenType.Boolean => JsonValue.Create(token.Value<bool>()),
        JTokenType.Array => new JsonArray([.. token.Children().Select(ToNode)]),
        JTokenType.Object => new JsonObject(((JObject)token).Properties().Select(p => KeyValuePair.Create(p.Name, ToNode(p.Value)))),
        _ => JsonValue.Create(token.ToString()),
    };

    /// <summary>A number, whichever way it is stored; null for everything else.</summary>
    public static double? Number(JsonNode? node) => node is JsonValue value && node.GetValueKind() == JsonValueKind.Number
        ? value.TryGetValue<double>(out var real) ? real
            : value.TryGetValue<long>(out var whole) ? whole
            : value.TryGetValue<int>(out var small) ? small
            : value.TryGetValue<decimal>(out var exact) ? (double)exact
            : null
        : null;

    /// <summary>A text; null for everything else, so that odd content never throws.</summary>
    public static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static string? Text(JsonObject? from, params ReadOnlySpan<string> path)
    {
        JsonNode? node = from;
        foreach (var key in path)
        {
            node = (node as JsonObject)?[key];
        }

        return Text(node);
    }

    private static JsonValue? Whole(JValue value) => value.Value is long or int ? JsonValue.Create(value.Value<long>()) : JsonValue.Create(value.Value<double>());

    private static JToken Convert(JsonNode? node, int depth, ref int budget)
    {
        if (node is null || depth > MaxDepth || --budget < 0)
        {
            return JValue.CreateNull();
        }

        switch (node)
        {
            case JsonObject map:
                var copy = new JObject();
                foreach (var (key, value) in map)
                {
                    copy[key] = Convert(value, depth + 1, ref budget);
                }

                return copy;
            case JsonArray list:
                var items = new JArray();
                foreach (var item in list.Take(Math.Max(0, budget)))
                {
                    items.Add(Convert(item, depth + 1, ref budget));
                }

                return items;
            default:
                return Scalar(node);
        }
    }

    private static JValue Scalar(JsonNode node) => node.GetValueKind() switch
    {
        JsonValueKind.True => new JValue(true),
        JsonValueKind.False => new JValue(false),
        JsonValueKind.Number when Number(node) is { } number =>
            Math.Abs(number) < 1e15 && Math.Floor(number) == number ? new JValue((long)number) : new JValue(number),
        JsonValueKind.String => new JValue(Text(node) ?? node.ToString()),
        _ => JValue.CreateNull(),
    };
}
