using System.Text.Json.Nodes;
using Academy.Curriculum.Checks;

namespace Academy.Curriculum.Artefacts;

/// <summary>A Jupyter notebook (nbformat 4) as its document, with <c>code</c> and <c>text</c> beside it: all cells of either kind.</summary>
internal static class Notebook
{
    public static ArtefactDocument Read(JsonNode? root)
    {
        if (root is not JsonObject notebook || notebook["cells"] is not JsonArray cells)
        {
            throw new ArtefactException("this is not a notebook: there are no cells");
        }

        var code = string.Join("\n", Sources(cells, "code").Select(WithoutMagicsAndComments));
        var text = string.Join("\n\n", Sources(cells, "markdown"));
        notebook["code"] = code;
        notebook["text"] = text;
        return new ArtefactDocument(notebook, $"{code}\n{text}");
    }

    private static IEnumerable<string> Sources(JsonArray cells, string type) =>
        cells.OfType<JsonObject>().Where(c => JsonBridge.Text(c["cell_type"]) == type).Select(c => c["source"] switch
        {
            JsonArray lines => string.Concat(lines.Select(JsonBridge.Text)),
            var one => JsonBridge.Text(one) ?? "",
        });

    // A cell that is no complete Python, as %%bash makes it, keeps its comments.
    private static string WithoutMagicsAndComments(string cell)
    {
        var lines = cell.ReplaceLineEndings("\n").Split('\n');
        var python = string.Join("\n", lines.Where(l => l.TrimStart() is not ['%' or '!', ..]));
        try
        {
            return string.Join("\n", PythonTokens.Read(python).Source.Code.Split('\n').Select(l => l.TrimEnd()).Where(l => l.Length > 0));
        }
        catch (ArtefactException)
        {
            return python;
        }
    }
}
