using System.Text;

namespace Academy.Agent.Prompts;

/// <summary>A text with placeholders such as <c>{{object}}</c>.</summary>
public sealed record Template(string Text)
{
    private const string Open = "{{";
    private const string Close = "}}";

    /// <summary>The names of the placeholders; null where one is not closed.</summary>
    public static IReadOnlyList<string>? Placeholders(string text)
    {
        var names = new List<string>();
        for (var at = text.IndexOf(Open, StringComparison.Ordinal); at >= 0; at = text.IndexOf(Open, at, StringComparison.Ordinal))
        {
            var end = text.IndexOf(Close, at, StringComparison.Ordinal);
            if (end < 0)
            {
                return null;
            }

            names.Add(text[(at + Open.Length)..end].Trim());
            at = end + Close.Length;
        }

        return names;
    }

    /// <summary>Values are put in as they are; a value with braces of its own is not read again.</summary>
    public string Fill(params ReadOnlySpan<(string Name, string? Value)> values)
    {
        var filled = new StringBuilder();
        var rest = Text.AsSpan();
        for (var at = rest.IndexOf(Open); at >= 0; at = rest.IndexOf(Open))
        {
            var end = rest.IndexOf(Close);
            filled.Append(rest[..at]).Append(Value(values, rest[(at + Open.Length)..end].Trim().ToString()));
            rest = rest[(end + Close.Length)..];
        }

        return filled.Append(rest).ToString();
    }

    private static string? Value(ReadOnlySpan<(string Name, string? Value)> values, string name)
    {
        foreach (var (given, value) in values)
        {
            if (given == name)
            {
                return value;
            }
        }

        throw new InvalidOperationException($"No value was given for {{{{{name}}}}}.");
    }
}
