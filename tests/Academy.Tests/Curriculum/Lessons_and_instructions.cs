using System.Text.RegularExpressions;
using Academy.Curriculum;
using Shouldly;
using Xunit;
using YamlDotNet.RepresentationModel;

namespace Academy.Tests.Curriculum;

public sealed partial class Lessons_and_instructions
{
    private static readonly string[] Languages = ["bash", "dockerfile", "groovy", "hcl", "json", "logql", "markdown", "mermaid", "promql", "python", "text", "yaml"];

    private static readonly string[] Diagrams = ["flowchart ", "sequenceDiagram", "stateDiagram-v2"];

    private static readonly string[] ManifestKeys = ["metadata", "spec", "data"];

    public static TheoryData<string> Texts => [.. All().Select(t => t.Where)];

    [Theory, MemberData(nameof(Texts))]
    public void hold_yaml_that_parses(string where)
    {
        foreach (var block in Manifests(where))
        {
            Should.NotThrow(() => Documents(block.Text), $"{where}:\n{block.Text}");
        }
    }

    [Theory, MemberData(nameof(Texts))]
    public void name_apiVersion_and_kind_in_every_manifest(string where)
    {
        var manifests = Manifests(where).SelectMany(b => Documents(b.Text)).Select(d => d.RootNode).OfType<YamlMappingNode>()
            .Where(m => Has(m, "kind") || Has(m, "apiVersion") || (Has(m, "metadata") && ManifestKeys.Count(k => Has(m, k)) > 1));
        manifests.ShouldAllBe(m => Has(m, "apiVersion") && Has(m, "kind") && Has((YamlMappingNode)m.Children["metadata"], "name"), where);
    }

    [Theory, MemberData(nameof(Texts))]
    public void say_in_which_language_a_block_is(string where) =>
        Blocks(where).Select(b => b.Language).ShouldBeSubsetOf(Languages, where);

    [Theory, MemberData(nameof(Texts))]
    public void draw_pictures_with_known_diagrams(string where) =>
        Blocks(where).Where(b => b.Language == "mermaid").ShouldAllBe(b => Diagrams.Any(d => b.Text.StartsWith(d, StringComparison.Ordinal)));

    [Theory, MemberData(nameof(Texts))]
    public void close_what_they_open(string where)
    {
        var text = All().Single(t => t.Where == where).Text;
        text.Split('\n').Count(l => l.TrimStart().StartsWith("```", StringComparison.Ordinal)).ShouldBe(2 * Blocks(where).Count, where);
        (Prose(text).Count(c => c == '`') % 2).ShouldBe(0, where);
    }

    [Fact]
    public void of_written_topics_have_the_length_of_a_lesson_a_picture_and_the_usual_chapters()
    {
        foreach (var topic in Topics().Where(t => t.Lesson is not null))
        {
            topic.Lesson!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length.ShouldBeInRange(900, 2500, topic.Id);
            topic.Lesson.ShouldContain("```mermaid", customMessage: topic.Id);
            foreach (var chapter in new[] { "## What goes wrong in practice", "## What a regulated company adds", "## Further reading" })
            {
                topic.Lesson.ShouldContain(chapter, customMessage: topic.Id);
            }
        }
    }

    [Fact]
    public void lead_only_to_pages_that_exist()
    {
        foreach (var (where, text) in All())
        {
            foreach (Match link in Link.Matches(Prose(text)))
            {
                var target = link.Groups["target"].Value;
                (target.StartsWith("https://", StringComparison.Ordinal) || File.Exists(Path.Combine(Path.GetDirectoryName(Path.Combine(Shipped.Folder, where))!, target)))
                    .ShouldBeTrue($"{where} leads to {target}");
            }
        }
    }

    [Fact]
    public void cover_all_twenty_one_topics_of_the_course()
    {
        string[] numbers = ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4", "3.1", "3.2", "3.3", "4.1", "4.2", "4.3", "4.4", "5.1", "5.2", "6.1", "6.2", "6.3", "6.4"];
        Topics().Select(t => t.Number).ShouldBe(numbers);
        Shipped.Catalog.Labs.Select(l => l.Id).ShouldBeSubsetOf(Topics().Select(t => t.LabId).OfType<string>());
        Topics().Where(t => t.LabId is not null).ShouldAllBe(t => t.Lesson != null);
    }

    private static IEnumerable<Topic> Topics() => Shipped.Catalog.FindCourse("advanced-devops-mlops")!.Modules.SelectMany(m => m.Topics);

    private static IEnumerable<(string Where, string Text)> All() =>
    [
        .. Shipped.Catalog.Courses.SelectMany(c => c.Modules.SelectMany(m => m.Topics).Where(t => t.Lesson is not null).Select(t => ($"courses/{c.Id}/lessons/{t.Id}.md", t.Lesson!))),
        .. Shipped.Catalog.Labs.Select(l => ($"labs/{l.Id}/instructions.md", l.Instructions)),
        .. Shipped.Catalog.Labs.SelectMany(l => l.Steps.Select(s => ($"labs/{l.Id}/steps/{s.Id}.yaml", string.Join("\n\n", [s.Instructions, .. s.Hints])))),
        .. Shipped.Catalog.PracticeClusters.Select(p => ($"practice/{p.Id}/practice.yaml", p.Story)),
    ];

    // A template of Helm is YAML only when it is rendered.
    private static IEnumerable<(string Language, string Text)> Manifests(string where) =>
        Blocks(where).Where(b => b.Language == "yaml" && !b.Text.Contains("{{", StringComparison.Ordinal));

    private static List<(string Language, string Text)> Blocks(string where) =>
        [.. Fence.Matches(All().Single(t => t.Where == where).Text).Select(m => (m.Groups["language"].Value, m.Groups["text"].Value))];

    private static List<YamlDocument> Documents(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return [.. stream.Documents];
    }

    private static bool Has(YamlMappingNode map, string key) => map.Children.ContainsKey(key);

    private static string Prose(string text) => Fence.Replace(text, "");

    [GeneratedRegex("""^```(?<language>[a-z]*)\n(?<text>.*?)^```$""", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Fence { get; }

    [GeneratedRegex("""\]\((?<target>[^)#\s]+)(#[^)\s]*)?\)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Link { get; }
}
