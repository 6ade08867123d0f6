using Academy.Curriculum;
using Academy.Curriculum.Gating;
using Shouldly;
using Xunit;

namespace Academy.Tests.Curriculum;

public sealed class Hints_climb_a_ladder
{
    private static readonly string[] Good =
    [
        "What does the server say today?",
        "Look at the data of the ConfigMap, and at what `terraform` would call drift.",
        "A ConfigMap keeps settings apart from the program; `replicas: 2` is one of them.",
        "`kubectl edit configmap greeting` opens it.",
        "```yaml\ndata:\n  WORD: hello there\n```",
    ];

    public static TheoryData<string, string> Steps =>
        [.. Shipped.Catalog.Labs.SelectMany(l => l.Steps.Select(s => new TheoryDataRow<string, string>(l.Id, s.Id)))];

    [Theory, MemberData(nameof(Steps))]
    public void in_every_step(string lab, string step) => HintLadder.Problems(Shipped.Lab(lab).Steps.Single(s => s.Id == step)).ShouldBeEmpty();

    [Fact]
    public void when_each_says_more_than_the_one_before() => Problems(0, Good[0]).ShouldBeEmpty();

    [Theory]
    [InlineData(0, "It says hello.", "rung 1 ends with a question mark")]
    [InlineData(0, "What does `kubectl logs web` say?", "rung 1 gives away a command: kubectl logs web")]
    [InlineData(1, "Have a look with kubectl describe.", "rung 2 gives away a command: kubectl describe")]
    [InlineData(2, "Run `helm upgrade web ./chart` after it.", "rung 3 gives away a command: helm upgrade web ./chart")]
    [InlineData(2, "`nvidia-smi` tells.", "rung 3 gives away a command: nvidia-smi")]
    [InlineData(2, "```bash\nls\n```", "rung 3 gives away a command: it has a code block")]
    [InlineData(2, "What does the server say today?", "two rungs say the same")]
    [InlineData(3, "```yaml\nkind: A\n```", "rung 4 gives away a manifest")]
    [InlineData(1, "Set WORD: hello there in it.", "rung 2 gives away a line of the solution: WORD: hello there")]
    [InlineData(4, "Just do it.", "rung 5 shows the solution in a code block")]
    public void and_what_gives_away_a_higher_one_is_found(int rung, string text, string problem) =>
        Problems(rung, text).ShouldContain(p => p.StartsWith(problem, StringComparison.Ordinal));

    private static IReadOnlyList<string> Problems(int rung, string text) =>
        HintLadder.Problems(new LabStep("s", "", "", [], [], [.. Good.Select((h, i) => i == rung ? text : h)]));
}
