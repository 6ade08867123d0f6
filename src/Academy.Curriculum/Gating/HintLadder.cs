using System.Text.RegularExpressions;

namespace Academy.Curriculum.Gating;

/// <summary>Whether the five hints of a step climb: question, where to look, concept, command, solution, none giving away a higher one.</summary>
public static partial class HintLadder
{
    private const string Fence = "```";

    /// <returns>What is wrong, one sentence each; empty when nothing is.</returns>
    public static IReadOnlyList<string> Problems(LabStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        return step.Hints.Count == 5 ? [.. Of(step.Hints)] : ["there are five rungs"];
    }

    private static IEnumerable<string> Of(IReadOnlyList<string> hints)
    {
        if (hints.Select(h => h.Trim()).Distinct(StringComparer.OrdinalIgnoreCase).Count() < hints.Count)
        {
            yield return "two rungs say the same";
        }

        if (!hints[0].TrimEnd().EndsWith('?'))
        {
            yield return "rung 1 ends with a question mark";
        }

        for (var rung = 1; rung <= 3; rung++)
        {
            if (CommandIn(hints[rung - 1]) is { } command)
            {
                yield return $"rung {rung} gives away a command: {command}";
            }
        }

        if (hints[3].Contains(Fence, StringComparison.Ordinal) || hints[3].Contains("apiVersion:", StringComparison.Ordinal))
        {
            yield return "rung 4 gives away a manifest: it has a code block";
        }

        if (!hints[4].Contains(Fence, StringComparison.Ordinal))
        {
            yield return "rung 5 shows the solution in a code block";
        }

        foreach (var line in SolutionLines(hints[4]))
        {
            if (hints.Take(4).ToList().FindIndex(h => h.Contains(line, StringComparison.Ordinal)) is >= 0 and var at)
            {
                yield return $"rung {at + 1} gives away a line of the solution: {line}";
            }
        }
    }

    /// <summary>The first command that a text shows: in a code block, in a code span, or kubectl in the middle of a sentence.</summary>
    private static string? CommandIn(string hint) =>
        hint.Contains(Fence, StringComparison.Ordinal) ? "it has a code block"
        : CodeSpan.Matches(hint).Select(m => m.Groups["code"].Value).FirstOrDefault(c => Command.IsMatch(c))
            ?? (Kubectl.Match(hint) is { Success: true } spoken ? spoken.Value : null);

    // Lines with a value in them, long enough to be no accident.
    private static IEnumerable<string> SolutionLines(string hint) =>
        hint.Split('\n').Select(l => l.Trim())
            .Where(l => l.Length > 12 && l.Contains(": ", StringComparison.Ordinal) && !l.StartsWith("kind", StringComparison.Ordinal) && !l.StartsWith("In ", StringComparison.Ordinal))
            .Distinct();

    [GeneratedRegex("`(?<code>[^`\n]+)`", RegexOptions.ExplicitCapture)]
    private static partial Regex CodeSpan { get; }

    // A program of the course with something behind it; its bare name is no command.
    [GeneratedRegex(@"^\s*(\$\s|sudo\s)?(kubectl|helm|kustomize|terraform|tofu|docker|crictl|ctr|istioctl|argocd|argo|flux|aws|gcloud|az|eksctl|ansible(-[a-z]+)?|airflow|kfp|promtool|nvidia-smi|curl|wget|jq|git|python3?|pip|bash|sh|make|java|psql|cosign|trivy|opa|conftest)(\s+\S|$(?<=nvidia-smi))", RegexOptions.ExplicitCapture)]
    private static partial Regex Command { get; }

    [GeneratedRegex(@"\bkubectl\s+[a-z-]+")]
    private static partial Regex Kubectl { get; }
}
