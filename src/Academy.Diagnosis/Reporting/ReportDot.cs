using System.Globalization;
using System.Text;

namespace Academy.Diagnosis;

/// <summary>The causes and what they explain, in the language of Graphviz.</summary>
public static class ReportDot
{
    public static string Write(DiagnosisReport report)
    {
        var drawing = CauseDrawing.Of(report);
        var text = new StringBuilder("digraph causes {\n  rankdir=LR;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n");
        for (var i = 0; i < drawing.Nodes.Count; i++)
        {
            var node = drawing.Nodes[i];
            var lines = new[] { node.Reason, node.Title, node.Place }.Where(line => !string.IsNullOrEmpty(line)).Select(line => Escaped(line!));
            text.Append(CultureInfo.InvariantCulture, $"  n{i} [label=\"{string.Join("\\n", lines)}\"{(node.Reason is null ? "" : ", color=crimson, penwidth=2")}];\n");
        }

        foreach (var (from, to) in drawing.Edges)
        {
            text.Append(CultureInfo.InvariantCulture, $"  n{from} -> n{to};\n");
        }

        return text.Append("}\n").ToString();
    }

    private static string Escaped(string text) =>
        ShownText.Plain(text, 80).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);
}
