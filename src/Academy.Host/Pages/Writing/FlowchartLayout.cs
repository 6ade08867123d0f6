namespace Academy.Host.Pages.Writing;

/// <summary>Where the boxes of a flowchart stand: in layers along the direction of its arrows. Lengths are SVG user units.</summary>
/// <param name="Down">Whether the layers stand one below the other.</param>
internal sealed record FlowchartLayout(double Width, double Height, IReadOnlyDictionary<string, FlowchartBox> Boxes, bool Down)
{
    private const double Gap = 22;
    private const double LayerGap = 48;
    private const double Letter = 6.4;
    private const double Margin = 8;

    /// <summary>As wide as the text of a lesson: what is wider reads from top to bottom instead.</summary>
    private const double Widest = 760;

    public static FlowchartLayout Of(Flowchart chart) =>
        Of(chart, chart.Down) is var asWritten && (chart.Down || asWritten.Width <= Widest) ? asWritten : Of(chart, down: true);

    private static FlowchartLayout Of(Flowchart chart, bool down)
    {
        var layers = Order(chart, Layers(chart));
        var sizes = chart.Nodes.ToDictionary(n => n.Id, FlowchartBox.SizeOf);
        var room = chart.Nodes.ToDictionary(n => n.Id, n => down ? Math.Max(sizes[n.Id].Width, LongestLabel(chart, [n.Id]) * Letter) : sizes[n.Id].Height);
        var across = layers.Max(layer => layer.Sum(n => room[n]) + (Gap * (layer.Count - 1)));
        var boxes = new Dictionary<string, FlowchartBox>();
        var (along, end) = (Margin, Margin);
        foreach (var layer in layers)
        {
            var depth = layer.Max(n => Along(sizes[n], down));
            var at = Margin + ((across - layer.Sum(n => room[n]) - (Gap * (layer.Count - 1))) / 2);
            foreach (var id in layer)
            {
                var box = sizes[id];
                var middle = along + ((depth - Along(box, down)) / 2);
                boxes[id] = down ? box with { X = at + ((room[id] - box.Width) / 2), Y = middle } : box with { X = middle, Y = at };
                at += room[id] + Gap;
            }

            end = along + depth + Margin;
            along += depth + LayerGap + (down ? LabelRows(chart, layer) * FlowchartBox.LineHeight : LongestLabel(chart, layer) * Letter);
        }

        return down ? new(across + (2 * Margin), end, boxes, down) : new(end, across + (2 * Margin), boxes, down);
    }

    // An arrow is long enough for what is written on it.
    private static int LongestLabel(Flowchart chart, IReadOnlyList<string> layer) =>
        chart.Arrows.Where(a => layer.Contains(a.From) || (a.Both && layer.Contains(a.To))).Select(a => a.Label.Length).DefaultIfEmpty(0).Max();

    // Labels of arrows that meet stand one below the other.
    private static int LabelRows(Flowchart chart, List<string> layer) =>
        chart.Arrows.Where(a => layer.Contains(a.From) && a.Label.Length > 0).GroupBy(a => a.To).Select(g => g.Count() - 1).DefaultIfEmpty(0).Max();

    private static double Along(FlowchartBox box, bool down) => down ? box.Height : box.Width;

    // An arrow leads to a later layer, except where that would make a circle.
    private static List<List<string>> Layers(Flowchart chart)
    {
        var layer = chart.Nodes.ToDictionary(n => n.Id, _ => 0);
        foreach (var _ in chart.Nodes)
        {
            foreach (var arrow in chart.Arrows.Where(a => !Returns(chart, a)))
            {
                layer[arrow.To] = Math.Max(layer[arrow.To], layer[arrow.From] + 1);
            }
        }

        // What nothing leads to stands right before the first thing that it leads to.
        foreach (var node in chart.Nodes.Where(n => chart.Arrows.All(a => a.To != n.Id) && chart.Arrows.Any(a => a.From == n.Id)))
        {
            layer[node.Id] = chart.Arrows.Where(a => a.From == node.Id).Min(a => layer[a.To]) - 1;
        }

        return [.. chart.Nodes.GroupBy(n => layer[n.Id]).OrderBy(g => g.Key).Select(g => g.Select(n => n.Id).ToList())];
    }

    // In the order of the source, a node that comes later cannot lead to one that comes earlier, if that one leads to it.
    private static bool Returns(Flowchart chart, FlowchartArrow arrow)
    {
        var order = chart.Nodes.Select((n, i) => (n.Id, i)).ToDictionary(p => p.Id, p => p.i);
        return order[arrow.To] <= order[arrow.From] && Reaches(chart, arrow.To, arrow.From);
    }

    private static bool Reaches(Flowchart chart, string from, string to)
    {
        var seen = new HashSet<string> { from };
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out var at))
        {
            if (at == to)
            {
                return true;
            }

            foreach (var next in chart.Arrows.Where(a => a.From == at).Select(a => a.To).Where(seen.Add))
            {
                open.Enqueue(next);
            }
        }

        return false;
    }

    // Each layer follows the order of what leads to it, so that few arrows cross.
    private static List<List<string>> Order(Flowchart chart, List<List<string>> layers)
    {
        var place = new Dictionary<string, double>();
        foreach (var layer in layers)
        {
            var ordered = layer
                .OrderBy(n => chart.Arrows.Where(a => a.To == n && place.ContainsKey(a.From)).Select(a => place[a.From]).DefaultIfEmpty(0.5).Average())
                .ToList();
            for (var i = 0; i < ordered.Count; i++)
            {
                layer[i] = ordered[i];
                place[ordered[i]] = (i + 1.0) / (ordered.Count + 1);
            }
        }

        return layers;
    }
}
