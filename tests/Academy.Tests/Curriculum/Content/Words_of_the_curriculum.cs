using System.Diagnostics;
using System.Text.RegularExpressions;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;
using Shouldly;
using Xunit;

namespace Academy.Tests.Curriculum.Content;

/// <summary>
/// Every word is in a British dictionary, or in curriculum/words.txt: technical words and names. ACADEMY_ACCEPT_WORDS=1 writes that file
/// anew; what it then adds is to be looked at.
/// </summary>
public sealed partial class Words_of_the_curriculum
{
    private static readonly string ListPath = Path.Combine(Shipped.Folder, "words.txt");

    [Fact]
    public async Task are_spelled_as_a_dictionary_or_the_list_has_them()
    {
        var (folder, reason) = await DictionaryAsync();
        Assert.SkipWhen(folder is null, $"No dictionary: {reason}");
        var dictionary = HunspellDictionary.Read(folder!);
        var unknown = Texts.All.SelectMany(t => Words(t).Where(w => !dictionary.Knows(w)).Select(w => (Word: Bare(w), t.Where))).ToLookup(w => w.Word, w => w.Where);
        var words = unknown.Select(w => w.Key).ToHashSet(StringComparer.Ordinal);
        // A word in lower case may also begin a sentence.
        words.RemoveWhere(w => char.IsUpper(w[0]) && words.Contains(char.ToLowerInvariant(w[0]) + w[1..]));
        if (Environment.GetEnvironmentVariable("ACADEMY_ACCEPT_WORDS") == "1")
        {
            await File.WriteAllLinesAsync(ListPath, words.Order(StringComparer.Ordinal), TestContext.Current.CancellationToken);
        }

        var listed = await File.ReadAllLinesAsync(ListPath, TestContext.Current.CancellationToken);
        words.Except(listed).Select(w => $"{w} in {string.Join(", ", unknown[w].Distinct().Take(3))}").ShouldBeEmpty("a mistake, or a word for curriculum/words.txt");
        listed.Except(words).ShouldBeEmpty("curriculum/words.txt lists words that nothing uses, or that the dictionary has");
    }

    [Fact]
    public void are_listed_once_and_in_order()
    {
        var words = File.ReadAllLines(ListPath);
        words.ShouldBe(words.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void are_known_in_all_their_forms()
    {
        var dictionary = HunspellDictionary.Of("PFX A Y 1\nPFX A 0 re .\nSFX S Y 2\nSFX S y ies [^aeiou]y\nSFX S 0 s [aeiou]y\n", "2\napply/AS\nplay/S\n");

        new[] { "apply", "applies", "reapply", "reapplies", "Plays", "play's" }.ShouldAllBe(w => dictionary.Knows(w));
        new[] { "applys", "plaies", "replays" }.ShouldAllBe(w => !dictionary.Knows(w));
    }

    // Not code, not addresses, not what holds a digit or an inner capital: that is a name of a program, a field or a kind.
    private static IEnumerable<string> Words(Text text) =>
        Markdig.Markdown.Parse(text.Markdown).Descendants().OfType<LeafBlock>().Where(b => b.Inline is not null && b is not CodeBlock)
            .SelectMany(b => Word().Matches(Address().Replace(string.Concat(b.Inline!.Descendants().Select(i => i switch
            {
                LiteralInline literal => literal.Content.ToString(),
                CodeInline or HtmlInline or LinkDelimiterInline => " ` ",
                LineBreakInline => " ",
                _ => "",
            })), " ")))
            .Select(m => m.Value.Replace('’', '\'').Trim('\''))
            .Where(w => w.Length > 1 && !w[1..].Any(char.IsUpper));

    private static string Bare(string word) => word.EndsWith("'s", StringComparison.Ordinal) ? word[..^2] : word;

    private static async Task<(string? Folder, string Reason)> DictionaryAsync()
    {
        var script = Path.Combine(Shipped.Root, "tests", "Academy.Tests", "Curriculum", "Content", "dictionary.sh");
        if (OperatingSystem.IsWindows())
        {
            return (null, "dictionary.sh needs bash");
        }

        using var process = Process.Start(new ProcessStartInfo("bash", [script]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode switch
        {
            0 => ((await output).Trim().Split('\n')[^1], ""),
            3 => (null, (await error).Trim()),
            _ => throw new InvalidOperationException(await error),
        };
    }

    [GeneratedRegex(@"(?<![\p{L}\p{N}_/.@])\p{L}[\p{L}'’]*(?![\p{L}\p{N}_/@]|\.\p{L})")]
    private static partial Regex Word();

    [GeneratedRegex(@"https?://\S+|\S+@\S+|\{\{.*?\}\}")]
    private static partial Regex Address();
}
