using System.Text;

namespace Academy.Diagnosis.Logs;

/// <summary>A line without what differs from one time to the next (times, numbers, addresses, ids): lines of one template tell the same.</summary>
internal static class LogTemplate
{
    private const int Longest = 400;

    public static string Of(string line)
    {
        var template = new StringBuilder();
        var word = new StringBuilder();
        var counts = false;
        foreach (var letter in line.AsSpan().Trim()[..Math.Min(line.AsSpan().Trim().Length, Longest)])
        {
            if (char.IsLetterOrDigit(letter) || letter is '_' or '-' or '.' or ':' or '/')
            {
                counts |= char.IsAsciiDigit(letter);
                word.Append(letter);
                continue;
            }

            Close(template, word, ref counts);
            template.Append(char.IsWhiteSpace(letter) ? ' ' : letter);
        }

        Close(template, word, ref counts);
        return template.ToString();
    }

    private static void Close(StringBuilder template, StringBuilder word, ref bool counts)
    {
        template.Append(counts ? "#" : word);
        word.Clear();
        counts = false;
    }
}
