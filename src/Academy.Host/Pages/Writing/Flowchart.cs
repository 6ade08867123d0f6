using System.Text.RegularExpressions;

namespace Academy.Host.Pages.Writing;

/// <summary>
/// A Mermaid flowchart as far as lessons use it: nodes with a text, arrows with a label, several nodes joined by <c>&amp;</c>. A node of a
/// subgraph has the subgraph's title in its text.
/// </summary>
/// <param name="Down">Whether it reads from top to bottom rather than from left to right.</param>
internal sealed partial record Flowchart(bool Down, IReadOnlyList<FlowchartNode> Nodes, IReadOnlyList<FlowchartArrow> Arrows)
{
    private const int MostNodes = 60;

    /// <summary>Null where the source is another kind of diagram, or uses what this reader does not know: then the source itself is shown.</summary>
    public static Flowchart? Read(string source)
    {
        var lines = source.Split('\n').Select(l => l.Trim().TrimEnd(';')).Where(l => l.Length > 0 && !l.StartsWith("%%", StringComparison.Ordinal)).ToList();
        if (lines is not [var head, .. var rest] || Head().Match(head) is not { Success: true } direction)
        {
            return null;
        }

        var nodes = new Dictionary<string, FlowchartNode>();
        var arrows = new List<FlowchartArrow>();
        var groups = new Stack<string>();
        foreach (var line in rest)
        {
            if (Group().Match(line) is { Success: true } group)
            {
                groups.Push(group.Groups["text"].Success ? group.Groups["text"].Value.Trim('"', ' ') : group.Groups["id"].Value);
                continue;
            }

            if (line == "end" && groups.TryPop(out _))
            {
                continue;
            }

            var before = nodes.Count;
            if (!ReadLine(line, nodes, arrows) || nodes.Count > MostNodes)
            {
                return null;
            }

            if (groups.TryPeek(out var title))
            {
                foreach (var node in nodes.Values.Skip(before).ToList())
                {
                    nodes[node.Id] = node with { Text = $"{title}: {node.Text}" };
                }
            }
        }

        return nodes.Count == 0 ? null : new Flowchart(direction.Groups[1].Value is "TD" or "TB", [.. nodes.Values], arrows);
    }

    // A line is groups of nodes with arrows between them: a --> b & c -->|label| d
    private static bool ReadLine(string line, Dictionary<string, FlowchartNode> nodes, List<FlowchartArrow> arrows)
    {
        var at = 0;
        if (ReadGroup(line, ref at, nodes) is not { } sources)
        {
            return false;
        }

        while (at < line.Length)
        {
            if (Arrow().Match(line, at) is not { Success: true } arrow)
            {
                return false;
            }

            at += arrow.Length;
            if (ReadGroup(line, ref at, nodes) is not { } targets)
            {
                return false;
            }

            var label = arrow.Groups["bar"].Success ? arrow.Groups["bar"].Value : arrow.Groups["mid"].Value;
            var both = arrow.Value.StartsWith('<');
            arrows.AddRange(from source in sources from target in targets select new FlowchartArrow(source, target, label.Trim(), both, arrow.Value.Contains('.')));
            sources = targets;
        }

        return true;
    }

    private static List<string>? ReadGroup(string line, ref int at, Dictionary<string, FlowchartNode> nodes)
    {
        var group = new List<string>();
        while (Node().Match(line, at) is { Success: true } node)
        {
            at += node.Length;
            var id = node.Groups["id"].Value;
            var text = node.Groups["text"].Success ? node.Groups["text"].Value.Trim('"', ' ') : null;
            nodes[id] = text is null ? nodes.GetValueOrDefault(id, new FlowchartNode(id, id, false)) : new FlowchartNode(id, text, node.Groups["store"].Success);
            group.Add(id);
            if (Also().Match(line, at) is not { Success: true } also)
            {
                return group;
            }

            at += also.Length;
        }

        return null;
    }

    [GeneratedRegex(@"^subgraph\s+(?<id>[A-Za-z0-9_]+)(?:\s*\[(?<text>[^\]]*)\])?\z", RegexOptions.NonBacktracking)]
    private static partial Regex Group();

    [GeneratedRegex(@"^(?:flowchart|graph)\s+(LR|TD|TB)\z", RegexOptions.NonBacktracking)]
    private static partial Regex Head();

    [GeneratedRegex(@"\G\s*(?<id>[A-Za-z0-9_]+)(?:\[\((?<store>)(?<text>[^\])]*)\)\]|\[(?<text>[^\]]*)\]|\(\[(?<text>[^\])]*)\]\)|\((?<text>[^)]*)\)|\{(?<text>[^}]*)\})?\s*")]
    private static partial Regex Node();

    [GeneratedRegex(@"\G\s*<?(?:-->|---|==>|-\.->|--\s(?<mid>[^->|]+)\s-->|-\.(?<mid>[^.>|]+)\.->)(?:\|(?<bar>[^|]*)\|)?\s*")]
    private static partial Regex Arrow();

    [GeneratedRegex(@"\G\s*&\s*")]
    private static partial Regex Also();
}

/// <param name="Store">Drawn as a data store.</param>
internal sealed record FlowchartNode(string Id, string Text, bool Store);

/// <param name="Both">Whether it points both ways.</param>
internal sealed record FlowchartArrow(string From, string To, string Label, bool Both, bool Dotted);
