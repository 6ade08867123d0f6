using System.Globalization;
using System.Xml.Linq;

namespace Academy.Diagnosis;

/// <summary>
/// The causes and what they explain as a picture: one column a layer, boxes ordered by where their arrows come from. Has no script and loads
/// nothing; follows the reader's light or dark scheme.
/// </summary>
public static class ReportSvg
{
    private const int Width = 250;
    private const int Height = 58;
    private const int Gap = 18;
    private const int Between = 90;
    private const int Margin = 20;
    private const int Letters = 32;

    private const string Style = """
        .box { fill: #ffffff; stroke: #8c959f; stroke-width: 1.2 } .cause .box { fill: #fff1f0; stroke: #cf222e; stroke-width: 2 }
        text { font: 12px ui-sans-serif, system-ui, sans-serif; fill: #1f2328 } .kind { font-weight: 600 } .reason { fill: #a40e26; font-weight: 600 }
        .page { fill: #f6f8fa } .edge { fill: none; stroke: #6e7781; stroke-width: 1.4 } .head { fill: #6e7781 }
        @media (prefers-color-scheme: dark) {
          .page { fill: #0d1117 } .box { fill: #161b22; stroke: #6e7681 } .cause .box { fill: #3c1618; stroke: #ff7b72 }
          text { fill: #e6edf3 } .reason { fill: #ffa198 } .edge { stroke: #8b949e } .head { fill: #8b949e }
        }
        """;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static string Write(DiagnosisReport report)
    {
        var drawing = CauseDrawing.Of(report);
        var places = Places(drawing);
        var width = (2 * Margin) + places.Select(p => p.X + Width).DefaultIfEmpty(Width).Max();
        var height = (2 * Margin) + places.Select(p => p.Y + Height).DefaultIfEmpty(Height).Max();
        var root = new XElement(
            Svg + "svg",
            new XAttribute("viewBox", string.Create(CultureInfo.InvariantCulture, $"0 0 {width} {height}")),
            new XAttribute("width", width),
            new XAttribute("height", height),
            new XAttribute("role", "img"),
            new XElement(Svg + "title", report.Healthy ? "Nothing is wrong here." : "Root causes and what they explain"),
            new XElement(Svg + "style", Style),
            new XElement(Svg + "defs", new XElement(Svg + "marker", new XAttribute("id", "head"), new XAttribute("viewBox", "0 0 8 8"), new XAttribute("refX", 8), new XAttribute("refY", 4), new XAttribute("markerWidth", 7), new XAttribute("markerHeight", 7), new XAttribute("orient", "auto"), new XElement(Svg + "path", new XAttribute("class", "head"), new XAttribute("d", "M0 0 L8 4 L0 8 z")))),
            new XElement(Svg + "rect", new XAttribute("class", "page"), new XAttribute("width", width), new XAttribute("height", height), new XAttribute("rx", 8)),
            drawing.Edges.Select(edge => Arrow(places[edge.From], places[edge.To])),
            drawing.Nodes.Select((node, i) => Box(node, places[i])),
            drawing.Nodes.Count == 0 ? Line("kind", Margin + 12, Margin + 34, "✓ Nothing is wrong here.") : null);
        return root.ToString() + "\n";
    }

    // Each box moves towards the middle of those that point to it; the boxes of a column then stand below one another, in that order.
    private static (int X, int Y)[] Places(CauseDrawing drawing)
    {
        var places = new (int X, int Y)[drawing.Nodes.Count];
        var sources = drawing.Edges.ToLookup(edge => edge.To, edge => edge.From);
        foreach (var column in Enumerable.Range(0, places.Length).GroupBy(i => drawing.Nodes[i].Layer).OrderBy(group => group.Key))
        {
            var next = 0;
            var wanted = column.Select(i => (Index: i, Y: sources[i].Where(from => drawing.Nodes[from].Layer < column.Key).Select(from => (double)places[from].Y).DefaultIfEmpty(0).Average()));
            foreach (var (index, _) in wanted.OrderBy(item => item.Y).ThenBy(item => item.Index).ToList())
            {
                places[index] = (column.Key * (Width + Between), next);
                next += Height + Gap;
            }
        }

        return places;
    }

    private static XElement Arrow((int X, int Y) from, (int X, int Y) to)
    {
        var (x1, y1) = (Margin + from.X + Width, Margin + from.Y + (Height / 2));
        var (x2, y2) = (Margin + to.X + (to.X > from.X ? 0 : Width), Margin + to.Y + (Height / 2));
        var bend = to.X > from.X ? x2 - (Between / 2) : x2 + (Between / 2);
        return new XElement(
            Svg + "path",
            new XAttribute("class", "edge"),
            new XAttribute("marker-end", "url(#head)"),
            new XAttribute("d", string.Create(CultureInfo.InvariantCulture, $"M{x1} {y1} C{x1 + (Between / 2)} {y1} {bend} {y2} {x2} {y2}")));
    }

    private static XElement Box(CauseDrawing.Node node, (int X, int Y) at)
    {
        var (x, y) = (Margin + at.X, Margin + at.Y);
        return new XElement(
            Svg + "g",
            new XAttribute("class", node.Reason is null ? "symptom" : "cause"),
            new XElement(Svg + "title", ShownText.Plain($"{node.Title} {node.Place}", 300)),
            new XElement(Svg + "rect", new XAttribute("class", "box"), new XAttribute("x", x), new XAttribute("y", y), new XAttribute("width", Width), new XAttribute("height", Height), new XAttribute("rx", 6)),
            Line("kind", x + 12, y + (node.Reason is null ? 25 : 19), node.Title),
            Line("place", x + 12, y + (node.Reason is null ? 43 : 35), node.Place),
            node.Reason is null ? null : Line("reason", x + 12, y + 51, node.Reason));
    }

    private static XElement Line(string style, int x, int y, string text) =>
        new(Svg + "text", new XAttribute("class", style), new XAttribute("x", x), new XAttribute("y", y), ShownText.Plain(text, Letters));
}
