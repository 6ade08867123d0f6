using System.Text.RegularExpressions;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Shouldly;
using Xunit;

namespace Academy.Tests.Curriculum.Content;

public sealed partial class Lessons_read_well
{
    private static readonly string[] Chapters = ["Objectives", "Prerequisites", "Trade-offs", "What goes wrong in practice", "What a regulated company adds", "Further reading"];

    public static TheoryData<string> Lessons => [.. Texts.Lessons.Select(t => t.Where)];

    [Theory, MemberData(nameof(Lessons))]
    public void in_the_usual_chapters_aims_first_and_sources_last(string lesson)
    {
        var headings = Markdown(lesson).OfType<HeadingBlock>().Where(h => h.Level == 2).Select(h => string.Concat(h.Inline!.Descendants<LiteralInline>().Select(l => l.Content.ToString()))).ToList();
        foreach (var chapter in Chapters)
        {
            headings.ShouldContain(h => h == chapter || h.StartsWith(chapter + ":", StringComparison.Ordinal));
        }

        headings[0].ShouldBe("Objectives");
        headings[^1].ShouldBe("Further reading");
    }

    [Theory, MemberData(nameof(Lessons))]
    public void with_a_handful_of_aims_and_of_sources(string lesson)
    {
        Listed(lesson, "Objectives").ShouldBeInRange(3, 8);
        Listed(lesson, "Further reading").ShouldBeInRange(3, 12);
    }

    /// <summary>The Flesch-Kincaid grade: 0.39 words a sentence and 11.8 syllables a word, less 15.59. Ten is the tenth year at school.</summary>
    [Theory, MemberData(nameof(Lessons))]
    public void at_the_level_of_plain_English(string lesson)
    {
        var prose = Markdown(lesson).Descendants<LeafBlock>().Where(b => b is ParagraphBlock && b.Parent is not TableCell).SelectMany(b => Sentence().Split(Plain(b))).Select(s => Word().Matches(s).Select(m => m.Value).ToList())
            .Where(s => s.Count > 0).ToList();
        var words = prose.Sum(s => s.Count);

        ((double)words / prose.Count).ShouldBeLessThan(19, "words a sentence");
        ((0.39 * words / prose.Count) + (11.8 * prose.Sum(s => s.Sum(Syllables)) / words) - 15.59).ShouldBeInRange(4, 11, "grade");
    }

    private static int Listed(string lesson, string chapter) =>
        Markdown(lesson).SkipWhile(b => !(b is HeadingBlock h && Plain(h) == chapter)).Skip(1).TakeWhile(b => b is not HeadingBlock).OfType<ListBlock>().Sum(l => l.Count);

    private static MarkdownDocument Markdown(string lesson) => Markdig.Markdown.Parse(Texts.Lessons.Single(t => t.Where == lesson).Markdown, Tables);

    private static readonly Markdig.MarkdownPipeline Tables = Pipeline();

    private static Markdig.MarkdownPipeline Pipeline()
    {
        var builder = new Markdig.MarkdownPipelineBuilder();
        builder.Extensions.Add(new PipeTableExtension());
        return builder.Build();
    }

    private static string Plain(LeafBlock block) => string.Concat(block.Inline!.Descendants().Select(i => i switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline => "code",
        LineBreakInline => " ",
        _ => "",
    }));

    private static int Syllables(string word)
    {
        var groups = Vowels().Count(word);
        return Math.Max(1, groups > 1 && word.EndsWith('e') && !word.EndsWith("le", StringComparison.Ordinal) ? groups - 1 : groups);
    }

    [GeneratedRegex(@"(?<=[.!?:])\s+")]
    private static partial Regex Sentence();

    [GeneratedRegex("[A-Za-z']+")]
    private static partial Regex Word();

    [GeneratedRegex("[aeiouyAEIOUY]+")]
    private static partial Regex Vowels();
}
