using System.Text;

namespace Academy.Curriculum;

/// <summary>The headings of a Markdown or plain text, what stands below each, and how many words there are. Takes any text.</summary>
/// <param name="Words">What stands between white space and holds a letter or digit; code counts too.</param>
/// <param name="Headings">In order, without their hashes.</param>
/// <param name="Sections">Heading → its text up to the next heading of the same or a higher level. The first of two equal headings counts.</param>
public sealed record MarkdownOutline(int Words, IReadOnlyList<string> Headings, IReadOnlyDictionary<string, string> Sections)
{
    private const int MaxHeadings = 500;

    public static MarkdownOutline Of(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var found = new List<(int Level, string Title, StringBuilder Text)>();
        var open = new Stack<(int Level, StringBuilder Text)>();
        var fence = "";
        foreach (var line in text.ReplaceLineEndings("\n").Split('\n'))
        {
            var trimmed = line.TrimStart();
            var mark = trimmed.StartsWith("```", StringComparison.Ordinal) ? "```" : trimmed.StartsWith("~~~", StringComparison.Ordinal) ? "~~~" : "";
            fence = mark.Length == 0 ? fence : fence.Length == 0 ? mark : fence == mark ? "" : fence;
            if (fence.Length == 0 && mark.Length == 0 && found.Count < MaxHeadings && Heading(line) is var (level, title))
            {
                while (open.Count > 0 && open.Peek().Level >= level)
                {
                    open.Pop();
                }

                open.Push((level, new StringBuilder()));
                found.Add((level, title, open.Peek().Text));
                continue;
            }

            foreach (var section in open)
            {
                section.Text.Append(line).Append('\n');
            }
        }

        var sections = new Dictionary<string, string>(StringComparer.Ordinal);
        found.ForEach(f => sections.TryAdd(f.Title, f.Text.ToString().Trim()));
        return new(
            text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Count(w => w.Any(char.IsLetterOrDigit)),
            [.. found.Select(f => f.Title)],
            sections);
    }

    // At most six are open, so the text of a line is kept at most six times.
    private static (int Level, string Title)? Heading(string line)
    {
        var level = line.TakeWhile(c => c == '#').Count();
        return level is >= 1 and <= 6 && line.Length > level && line[level] == ' ' && line[level..].Trim().TrimEnd('#').TrimEnd() is { Length: > 0 } title
            ? (level, title)
            : null;
    }
}
