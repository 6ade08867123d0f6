using System.Text.Json;
using System.Text.Json.Nodes;

namespace Academy.Curriculum.Artefacts;

/// <summary>Reads JSON into a tree of bounded size.</summary>
internal static class JsonText
{
    public static JsonNode? Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = TreeBudget.MaxDepth, AllowDuplicateProperties = false });
            return Node(document.RootElement, 0, new TreeBudget());
        }
        catch (JsonException e)
        {
            throw new ArtefactException($"not valid JSON: {Reason(e)}", (int)(e.LineNumber ?? 0) + 1, (int)(e.BytePositionInLine ?? 0) + 1);
        }
    }

    // The place is told apart from the words.
    private static string Reason(JsonException e) =>
        e.Message.IndexOf(" LineNumber", StringComparison.Ordinal) is > 0 and var end ? e.Message[..end].TrimEnd('.') : e.Message.TrimEnd('.');

    private static JsonNode? Node(JsonElement element, int depth, TreeBudget budget)
    {
        budget.Take(depth, 0, 0);
        return element.ValueKind switch
        {
            JsonValueKind.Object => new JsonObject(element.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, Node(p.Value, depth + 1, budget)))),
            JsonValueKind.Array => new JsonArray([.. element.EnumerateArray().Select(i => Node(i, depth + 1, budget))]),
            JsonValueKind.String => JsonValue.Create(element.GetString()),
            JsonValueKind.True => JsonValue.Create(true),
            JsonValueKind.False => JsonValue.Create(false),
            JsonValueKind.Number => element.TryGetInt64(out var whole) ? JsonValue.Create(whole)
                : element.TryGetDouble(out var real) && double.IsFinite(real) ? JsonValue.Create(real)
                : JsonValue.Create(element.GetRawText()),
            _ => null,
        };
    }
}
