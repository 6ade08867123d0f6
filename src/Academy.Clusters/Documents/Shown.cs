namespace Academy.Clusters.Documents;

/// <summary>Text from outside as it may stand in a message: short and on one line.</summary>
internal static class Shown
{
    private const int Longest = 120;

    public static string Text(string text)
    {
        var line = string.Concat(text.Take(Longest).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c));
        return text.Length > Longest ? line + "…" : line;
    }
}
