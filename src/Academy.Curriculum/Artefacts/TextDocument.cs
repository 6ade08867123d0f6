using System.Text.Json.Nodes;

namespace Academy.Curriculum.Artefacts;

/// <summary>A Markdown or plain text as <c>{text, words, headings, sections}</c>.</summary>
internal static class TextDocument
{
    public static JsonNode Of(string text)
    {
        var outline = MarkdownOutline.Of(text);
        return new JsonObject
        {
            ["text"] = text,
            ["words"] = outline.Words,
            ["headings"] = new JsonArray([.. outline.Headings.Select(h => JsonValue.Create(h))]),
            ["sections"] = new JsonObject(outline.Sections.Select(s => KeyValuePair.Create<string, JsonNode?>(s.Key, JsonValue.Create(s.Value)))),
        };
    }
}
