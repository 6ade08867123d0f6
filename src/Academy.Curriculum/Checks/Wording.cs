using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Academy.Curriculum.Checks;

/// <summary>Says what was seen and what was expected in words of a student, whatever the cluster holds.</summary>
internal static partial class Wording
{
    private const int MaxText = 120;
    private const int MaxNames = 6;

    public static string Seen(JsonNode? value) => value switch
    {
        null => "not set",
        JsonArray { Count: 0 } => "an empty list",
        JsonArray list => list.Count == 1 ? "a list of 1 item" : $"a list of {list.Count} items",
        JsonObject { Count: 0 } => "empty",
        JsonObject map => $"an object with {Names(map.Select(e => e.Key))}",
        _ when JsonBridge.Text(value) is { } text => $"\"{Clean(text)}\"",
        _ when JsonBridge.Number(value) is { } number => number.ToString(CultureInfo.InvariantCulture),
        _ => value.GetValueKind() == JsonValueKind.True ? "true" : "false",
    };

    /// <summary>The end of a sentence that begins with "expected".</summary>
    public static string Expected(string expression)
    {
        var parts = expression.Split(" || ").Select(either => either.Split(" && ").Select(Simple).ToList()).ToList();
        return parts.Any(p => p.Contains(null)) ? $"something for which {Clean(expression)} holds" : string.Join(" or ", parts.Select(p => string.Join(" and ", p)));
    }

    /// <summary>What an assertion is about, for one that must not hold.</summary>
    public static string Described(Assertion demand) => demand switch
    {
        EqualsValue equals => Seen(equals.Value),
        Holds holds => Expected(holds.Condition.Text),
        Fields fields => string.Join(" and ", fields.Entries.Select(f => $"{Clean(f.Key)} {Described(f.Demand)}")),
        Contains contains => $"with {string.Join(" and ", contains.Entries.Select(Described))}",
        _ => "",
    };

    /// <summary>"a, b, c and 4 more".</summary>
    public static string Names(IEnumerable<string> names)
    {
        var all = names.Order(StringComparer.Ordinal).ToList();
        var shown = string.Join(", ", all.Take(MaxNames).Select(Clean));
        return all.Count <= MaxNames ? shown : $"{shown} and {all.Count - MaxNames} more";
    }

    /// <summary>Without control characters and of bounded length.</summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(MaxText))
        {
            clean.Append(Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format ? " " : rune.ToString());
        }

        return text.Length > MaxText ? clean.Append('…').ToString() : clean.ToString();
    }

    public static string Path(string path, string key) =>
        key.AsSpan().IndexOfAny("./~") >= 0 ? $"{path}[{Clean(key)}]" : path.Length == 0 ? Clean(key) : $"{path}.{Clean(key)}";

    private static string? Simple(string text)
    {
        text = text.Trim();
        if (text is "@ != `null`" or "@")
        {
            return "it to be set";
        }

        if (text is "@ == `null`")
        {
            return "nothing";
        }

        if (Comparison.Match(text) is { Success: true } comparison)
        {
            return Operator(comparison.Groups["op"].Value) + comparison.Groups["value"].Value.Trim('`', '\'');
        }

        return Call.Match(text) is { Success: true } call ? Phrase(call.Groups["name"].Value, call.Groups["not"].Success, call.Groups["value"].Value) : null;
    }

    private static string Phrase(string function, bool not, string value) => (function, not) switch
    {
        ("contains", false) => $"one with \"{value}\"",
        ("contains", true) => $"one without \"{value}\"",
        ("starts_with", _) => $"one that {(not ? "does not start" : "starts")} with \"{value}\"",
        _ => $"one that {(not ? "does not end" : "ends")} with \"{value}\"",
    };

    private static string Operator(string op) => op switch
    {
        ">=" => "at least ",
        "<=" => "at most ",
        ">" => "more than ",
        "<" => "less than ",
        "!=" => "anything but ",
        _ => "",
    };

    [GeneratedRegex(@"^(?:(?:@|to_string\(@\)) (?<op>>=|<=|>|<|==|!=) (?<value>`[^`]*`|'[^']*')|quantity\(@\) (?<op>>=|<=|>|<|==|!=) quantity\((?<value>'[^']*')\))$")]
    private static partial Regex Comparison { get; }

    [GeneratedRegex(@"^(?<not>!)?(?<name>contains|starts_with|ends_with)\(@, '(?<value>[^']*)'\)$")]
    private static partial Regex Call { get; }
}
