namespace Academy.Host.Pages.Writing;

/// <param name="Lines">The text of the box, broken into lines.</param>
internal sealed record FlowchartBox(double X, double Y, double Width, double Height, IReadOnlyList<string> Lines)
{
    public const double LineHeight = 17;

    private const double Letter = 7.2;
    private const int LongestLine = 20;

    public double MiddleX => X + (Width / 2);

    public double MiddleY => Y + (Height / 2);

    public static FlowchartBox SizeOf(FlowchartNode node)
    {
        var lines = Break(node.Text);
        return new(0, 0, (lines.Max(l => l.Length) * Letter) + 24, (lines.Count * LineHeight) + 18, lines);
    }

    private static List<string> Break(string text)
    {
        var lines = new List<string> { "" };
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (lines[^1].Length > 0 && lines[^1].Length + word.Length >= LongestLine)
            {
                lines.Add(word);
            }
            else
            {
                lines[^1] = lines[^1].Length == 0 ? word : $"{lines[^1]} {word}";
            }
        }

        return lines;
    }
}
