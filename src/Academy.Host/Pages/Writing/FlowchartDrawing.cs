using System.Globalization;
using System.Net;
using System.Text;

namespace Academy.Host.Pages.Writing;

/// <summary>Draws a flowchart as SVG without any style of its own: colours come from the page, light or dark.</summary>
internal static class FlowchartDrawing
{
    public static string ToSvg(Flowchart chart)
    {
        var layout = FlowchartLayout.Of(chart);
        var svg = new StringBuilder();
        svg.Append(Invariant($"""<svg viewBox="0 0 {layout.Width:0} {layout.Height:0}" width="{layout.Width:0}" height="{layout.Height:0}" role="img" aria-label="{Text(Describe(chart))}">"""));
        foreach (var arrow in chart.Arrows)
        {
            var meeting = chart.Arrows.Where(a => a.To == arrow.To && a.Label.Length > 0).ToList();
            var row = layout.Down ? meeting.IndexOf(arrow) - ((meeting.Count - 1) / 2.0) : 0;
            Draw(svg, arrow, layout.Boxes[arrow.From], layout.Boxes[arrow.To], layout.Down, row * FlowchartBox.LineHeight);
        }

        foreach (var node in chart.Nodes)
        {
            Draw(svg, node, layout.Boxes[node.Id]);
        }

        return svg.Append("</svg>").ToString();
    }

    private static string Describe(Flowchart chart)
    {
        var texts = chart.Nodes.ToDictionary(n => n.Id, n => n.Text);
        return "Diagram. " + string.Join("; ", chart.Arrows.Select(a => $"{texts[a.From]} to {texts[a.To]}{(a.Label.Length > 0 ? $": {a.Label}" : "")}"));
    }

    private static void Draw(StringBuilder svg, FlowchartNode node, FlowchartBox box)
    {
        svg.Append(Invariant($"""<rect class="{(node.Store ? "store" : "node")}" x="{box.X:0.#}" y="{box.Y:0.#}" width="{box.Width:0.#}" height="{box.Height:0.#}" rx="{(node.Store ? box.Height / 2 : 6):0.#}"/>"""));
        var y = box.MiddleY - ((box.Lines.Count - 1) * FlowchartBox.LineHeight / 2) + 4.5;
        foreach (var line in box.Lines)
        {
            svg.Append(Invariant($"""<text x="{box.MiddleX:0.#}" y="{y:0.#}" text-anchor="middle">{Text(line)}</text>"""));
            y += FlowchartBox.LineHeight;
        }
    }

    private static void Draw(StringBuilder svg, FlowchartArrow arrow, FlowchartBox from, FlowchartBox to, bool down, double lower)
    {
        var backwards = down ? to.Y < from.Y : to.X < from.X;
        var (x1, y1) = Port(from, down, !backwards);
        var (x2, y2) = Port(to, down, backwards);
        var (bendX, bendY) = down ? (0.0, (y2 - y1) / 2) : ((x2 - x1) / 2, 0.0);
        svg.Append(Invariant($"""<path class="{(arrow.Dotted ? "arrow dotted" : "arrow")}" d="M{x1:0.#} {y1:0.#}C{x1 + bendX:0.#} {y1 + bendY:0.#} {x2 - bendX:0.#} {y2 - bendY:0.#} {x2:0.#} {y2:0.#}"/>"""));
        Head(svg, x2, y2, down, backwards);
        if (arrow.Both)
        {
            Head(svg, x1, y1, down, !backwards);
        }

        if (arrow.Label.Length > 0)
        {
            var (x, y) = ((x1 + x2) / 2, ((y1 + y2) / 2) + lower);
            svg.Append(Invariant($"""<text class="label" x="{x:0.#}" y="{y + 4:0.#}" text-anchor="middle">{Text(arrow.Label)}</text>"""));
        }
    }

    private static (double X, double Y) Port(FlowchartBox box, bool down, bool far) => down
        ? (box.MiddleX, far ? box.Y + box.Height : box.Y)
        : (far ? box.X + box.Width : box.X, box.MiddleY);

    private static void Head(StringBuilder svg, double x, double y, bool down, bool far)
    {
        var back = far ? 8 : -8;
        svg.Append(down
            ? Invariant($"""<path class="head" d="M{x:0.#} {y:0.#}L{x - 4.5:0.#} {y + back:0.#}L{x + 4.5:0.#} {y + back:0.#}Z"/>""")
            : Invariant($"""<path class="head" d="M{x:0.#} {y:0.#}L{x + back:0.#} {y - 4.5:0.#}L{x + back:0.#} {y + 4.5:0.#}Z"/>"""));
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
