using System.Buffers;
using System.Text.Json;
using System.Text.RegularExpressions;
using Shouldly;
using Xunit;

namespace Academy.Tests.Curriculum.Content;

public sealed partial class Diagrams_and_data
{
    private static readonly SearchValues<char> Brackets = SearchValues.Create("(){}[]");

    public static TheoryData<string> WithBlocks => [.. Texts.All.Where(t => t.Blocks.Any()).Select(t => t.Where)];

    [Theory, MemberData(nameof(WithBlocks))]
    public void are_drawn_without_what_Mermaid_stumbles_over(string where) =>
        Blocks(where, "mermaid").SelectMany(Problems).ShouldBeEmpty();

    [Theory, MemberData(nameof(WithBlocks))]
    public void are_JSON_that_parses(string where)
    {
        foreach (var code in Blocks(where, "json"))
        {
            Should.NotThrow(() => JsonDocument.Parse(code).Dispose(), code);
        }
    }

    [Fact]
    public void are_looked_at_closely()
    {
        Problems("flowchart LR\n  a[one (two)] --> b").ShouldHaveSingleItem();
        Problems("flowchart LR\n  a --> |one (two)| b").ShouldHaveSingleItem();
        Problems("flowchart LR\n  subgraph x\n  a --> b").ShouldHaveSingleItem();
        Problems("flowchart LR\n  a[\"one (two)\"] --> b[(store)] --> c([round]) --> d{which?}").ShouldBeEmpty();
        Problems("sequenceDiagram\n  a->>b: one; two").ShouldHaveSingleItem();
        Problems("pie\n  a").ShouldHaveSingleItem();
    }

    private static IEnumerable<string> Blocks(string where, string language) => Texts.All.Single(t => t.Where == where).Blocks.Where(b => b.Language == language).Select(b => b.Code);

    private static IEnumerable<string> Problems(string diagram)
    {
        var lines = diagram.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 0 && !l.StartsWith("%%", StringComparison.Ordinal)).ToList();
        var kind = lines[0].Split(' ')[0];
        if (kind is not ("flowchart" or "sequenceDiagram" or "stateDiagram-v2"))
        {
            yield return $"an unknown diagram: {lines[0]}";
            yield break;
        }

        var opened = lines.Count(l => l.Split(' ')[0] is "subgraph" or "alt" or "loop" or "opt" or "par" or "rect" or "critical" or "break" || (kind == "stateDiagram-v2" && l.EndsWith('{')));
        if (opened != lines.Count(l => l is "end" or "}"))
        {
            yield return "a group is opened and not closed, or the other way round";
        }

        foreach (var line in lines.Skip(1))
        {
            var bare = Quoted().Replace(line, "");
            if (kind == "flowchart" && (Label().IsMatch(bare) || EdgeLabel().Matches(bare).Any(m => m.ValueSpan.ContainsAny(Brackets))))
            {
                yield return $"brackets in a label without quotes: {line}";
            }

            if (kind == "flowchart" && !IsBalanced(bare))
            {
                yield return $"brackets do not close: {line}";
            }

            if (kind == "sequenceDiagram" && bare.Contains(';', StringComparison.Ordinal))
            {
                yield return $"a semicolon ends the message: {line}";
            }
        }
    }

    private static bool IsBalanced(string line)
    {
        var open = new Stack<char>();
        foreach (var c in line)
        {
            if (c is '[' or '(' or '{')
            {
                open.Push(c switch { '[' => ']', '(' => ')', _ => '}' });
            }
            else if (c is ']' or ')' or '}' && !(open.TryPop(out var expected) && expected == c))
            {
                return false;
            }
        }

        return open.Count == 0;
    }

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex Quoted();

    // [text (more)]; shapes such as [(store)] and [[sub]] begin with their second bracket.
    [GeneratedRegex(@"(?<![\[(])\[(?![\[(/\\])[^\[\]]*[(){}][^\[\]]*\]")]
    private static partial Regex Label();

    [GeneratedRegex(@"\|[^|]*\|")]
    private static partial Regex EdgeLabel();
}
