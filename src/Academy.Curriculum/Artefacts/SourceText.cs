namespace Academy.Curriculum.Artefacts;

/// <summary>A program's source with its comments blanked out, and which of its characters stand inside literals. Offsets are those of the original.</summary>
/// <param name="Code">As long as the original; line ends are kept.</param>
/// <param name="InLiteral">For each character, whether it belongs to a text literal, its quotes included.</param>
internal sealed record SourceText(string Code, bool[] InLiteral)
{
    public bool IsCode(int at) => !InLiteral[at];

    public (int Line, int Column) Place(int at) => PlaceIn(Code, at);

    public ArtefactException Problem(string message, int at)
    {
        var (line, column) = Place(Math.Min(at, Code.Length));
        return new ArtefactException(message, line, column);
    }

    /// <summary>A part on one line: white space in code and line ends in literals become one space.</summary>
    public string OneLine(int from, int to)
    {
        var line = new System.Text.StringBuilder();
        for (var at = from; at < to; at++)
        {
            var space = InLiteral[at] ? Code[at] is '\n' or '\r' : char.IsWhiteSpace(Code[at]);
            if (!space)
            {
                line.Append(Code[at]);
            }
            else if (line.Length > 0 && line[^1] != ' ')
            {
                line.Append(' ');
            }
        }

        return line.ToString().Trim();
    }

    public static (int Line, int Column) PlaceIn(string text, int at) =>
        (text.AsSpan(0, at).Count('\n') + 1, at - text.AsSpan(0, at).LastIndexOf('\n'));
}
