using Academy.Curriculum;
using Shouldly;
using Xunit;

namespace Academy.Tests.Curriculum;

public sealed class Hints_climb_a_ladder
{
    private static readonly string[] Commands = ["kubectl", "helm ", "docker ", "crictl", "nvidia-smi", "```"];

    public static TheoryData<string, string> Steps =>
        [.. Shipped.Catalog.Labs.SelectMany(l => l.Steps.Select(s => new TheoryDataRow<string, string>(l.Id, s.Id)))];

    [Theory, MemberData(nameof(Steps))]
    public void from_a_question_to_the_solution(string lab, string step)
    {
        var hints = Hints(lab, step);
        hints.Count.ShouldBe(5);
        hints[0].Trim().ShouldEndWith("?");
        hints[4].ShouldContain("```");
    }

    [Theory, MemberData(nameof(Steps))]
    public void and_name_no_command_before_the_fourth_rung(string lab, string step)
    {
        foreach (var hint in Hints(lab, step).Take(3))
        {
            Commands.Where(c => hint.Contains(c, StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty(hint);
        }
    }

    [Theory, MemberData(nameof(Steps))]
    public void and_show_no_manifest_before_the_fifth(string lab, string step)
    {
        var hints = Hints(lab, step);
        hints[3].ShouldNotContain("```");
        hints[3].ShouldNotContain("apiVersion:");
        foreach (var line in SolutionLines(hints[4]))
        {
            hints.Take(4).ShouldAllBe(h => !h.Contains(line, StringComparison.Ordinal), $"'{line}' belongs to the solution");
        }
    }

    private static IReadOnlyList<string> Hints(string lab, string step) => Shipped.Lab(lab).Steps.Single(s => s.Id == step).Hints;

    // Lines of the solution with a value in them, long enough to be no accident.
    private static IEnumerable<string> SolutionLines(string hint) =>
        hint.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 12 && l.Contains(": ") && !l.StartsWith("kind", StringComparison.Ordinal) && !l.StartsWith("In ", StringComparison.Ordinal));
}
