using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using YamlDotNet.RepresentationModel;

namespace Academy.Tests.Curriculum.Content;

/// <summary>One text of the curriculum: a Markdown file, or a value in a YAML file that people read.</summary>
/// <param name="Where">The path from the curriculum's folder, and the key where it is a value.</param>
internal sealed record Text(string Where, string Markdown)
{
    /// <summary>The lab that the text belongs to, or null.</summary>
    public string? Lab => Where.Split('/') is ["labs", var lab, ..] ? lab : null;

    public IEnumerable<(string Language, string Code)> Blocks =>
        Markdig.Markdown.Parse(Markdown).Descendants<FencedCodeBlock>().Select(b => (b.Info ?? "", b.Lines.ToString()));

    public IEnumerable<string> InlineCode => Markdig.Markdown.Parse(Markdown).Descendants<CodeInline>().Select(c => c.Content);
}

/// <summary>Everything that the curriculum lets people read.</summary>
internal static class Texts
{
    // Values that are prose. Others are names, expressions, data.
    private static readonly HashSet<string> Prose =
        ["title", "summary", "audience", "outcome", "description", "instructions", "onFailure", "hints", "cleanUp", "cost", "text", "explanation", "story", "cause", "objectives", "brief", "question", "whereToLook", "concept", "command", "solution"];

    private static readonly Lazy<IReadOnlyList<Text>> Everything = new(() => [.. Markdown(), .. Values()]);

    public static IReadOnlyList<Text> All => Everything.Value;

    public static IEnumerable<Text> Lessons => All.Where(t => t.Where.StartsWith("courses/", StringComparison.Ordinal) && t.Where.Contains("/lessons/", StringComparison.Ordinal));

    private static IEnumerable<string> Files(string pattern) =>
        Directory.EnumerateFiles(Shipped.Folder, pattern, SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Shipped.Folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal);

    private static IEnumerable<Text> Markdown() => Files("*.md").Select(f => new Text(f, File.ReadAllText(Path.Combine(Shipped.Folder, f))));

    private static IEnumerable<Text> Values() => Files("*.yaml").Where(f => !IsManifest(f)).SelectMany(f =>
    {
        var stream = new YamlStream();
        using var reader = new StreamReader(Path.Combine(Shipped.Folder, f));
        stream.Load(reader);
        return stream.Documents.SelectMany(d => Values(d.RootNode, "", prose: false)).Select(v => new Text($"{f} {v.Key}", v.Value));
    });

    private static bool IsManifest(string file) => file.Split('/') is [_, _, "start" or "solution" or "faults" or "states" or "broken" or "repaired", ..] or [.., "repair.yaml" or "mutations.yaml"];

    private static IEnumerable<(string Key, string Value)> Values(YamlNode node, string key, bool prose) => node switch
    {
        YamlMappingNode map => map.Children.SelectMany(p => Values(p.Value, $"{key}.{p.Key}", Prose.Contains(p.Key.ToString()))),
        YamlSequenceNode list => list.Children.SelectMany((item, i) => Values(item, $"{key}[{i}]", prose)),
        YamlScalarNode { Value: { Length: > 0 } value } when prose => [(key, value)],
        _ => [],
    };
}
