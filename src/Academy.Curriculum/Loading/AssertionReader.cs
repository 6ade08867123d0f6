using Academy.Curriculum.Checks;

namespace Academy.Curriculum.Loading;

/// <summary>Turns the YAML below <c>assert:</c> into an assertion; every expression is compiled here, so that none fails later.</summary>
internal sealed class AssertionReader(string file, Problems problems)
{
    public Assertion Read(YamlItem item) => item switch
    {
        YamlMap map => Fields(map.Entries),
        YamlList list => new Contains([.. list.Items.Select(Read)]),
        YamlText text when InParentheses(text.Value) is { } expression => Condition(expression, text.At),
        YamlText text => new EqualsValue(YamlJson.Scalar(text)),
        _ => new EqualsValue(null),
    };

    public Fields Fields(IEnumerable<YamlEntry> entries) => new([.. entries.Select(Entry)]);

    /// <summary>The selection and the rest of a top-level object: kind, apiVersion, name and labels select, everything else is demanded.</summary>
    public (ObjectSelector Selector, Fields Demand) ReadObject(Section section)
    {
        var kinds = section.Item("kind") is YamlList ? [.. section.Texts("kind").Select(t => t.Value)] : (IReadOnlyList<string>)[section.Text("kind")];
        var group = section.OptionalText("apiVersion") is { } version ? SnapshotIndex.Group(version) : null;
        var metadata = section.Item("metadata") as YamlMap;
        var name = Literal(metadata?.Find("name")?.Value);
        var labels = name is null && metadata?.Find("labels")?.Value is YamlMap map
            ? map.Entries.Where(e => Literal(e.Value) is not null).ToDictionary(e => e.Key, e => Literal(e.Value)!)
            : [];
        var selecting = new HashSet<string> { name is not null ? "name" : "", labels.Count > 0 ? "labels" : "" };
        var rest = (metadata?.Entries ?? []).Where(e => !selecting.Contains(e.Key)).ToList();
        var demands = section.Rest("apiVersion", "kind", "metadata").Select(Entry).ToList();
        if (rest.Count > 0)
        {
            demands.Insert(0, new Field("metadata", null, false, Fields(rest)));
        }

        return (new ObjectSelector(kinds, group, name, labels), new Fields(demands));
    }

    private Field Entry(YamlEntry entry)
    {
        var each = entry.Key.StartsWith("~.", StringComparison.Ordinal);
        var key = each ? entry.Key[2..] : entry.Key;
        var (name, text) = Computed(key);
        var expression = text is null ? null : Compile(text, entry.At);
        return new Field(expression is null ? key : name, expression, each, Read(entry.Value));
    }

    private Assertion Condition(string text, Place at) => Compile(text, at) is { } expression ? new Holds(expression) : new EqualsValue(null);

    private Expression? Compile(string text, Place at)
    {
        var expression = Expression.Compile(text, out var error);
        if (expression is null)
        {
            problems.Add(file, at, $"'{text}' is not a JMESPath expression: {error}");
        }

        return expression;
    }

    private static string? Literal(YamlItem? item) => item is YamlText text && InParentheses(text.Value) is null ? text.Value : null;

    // "(expression)", or "what it is (expression)" with the words that a student reads when it is not as demanded.
    private static (string Name, string? Expression) Computed(string key)
    {
        var space = key.IndexOf(" (", StringComparison.Ordinal);
        return InParentheses(key) is { } whole ? ($"({whole})", whole)
            : space > 0 && InParentheses(key[(space + 1)..]) is { } named ? (key[..space], named)
            : (key, null);
    }

    private static string? InParentheses(string text) => text.Length > 2 && text[0] == '(' && text[^1] == ')' ? text[1..^1] : null;
}
