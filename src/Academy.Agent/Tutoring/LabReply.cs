using Academy.Agent.Prompts;
using Academy.Agent.Tools;
using Academy.Domain.Attempts;
using Academy.Features.Attempting;
using Academy.Features.Learning;

namespace Academy.Agent.Tutoring;

/// <summary>Checks, steps and what a lab is about.</summary>
internal static class LabReply
{
    public static async IAsyncEnumerable<string> Check(TutorTurn turn)
    {
        if (!turn.InLab)
        {
            yield return turn.Say(Phrase.CheckNoAttempt);
            yield break;
        }

        // Checked first, read afterwards: what the step is must be what it is after the check.
        var (seen, refusal) = await turn.Use<AttemptView>(ToolNames.CheckWork);
        if (seen is null)
        {
            yield return turn.Say(Phrase.CheckRefused, ("why", refusal?.Message));
            yield break;
        }

        var lab = (await turn.Use<LabView>(ToolNames.GetLab)).Value is { } found ? new InLab(seen, found) : null;
        var done = seen.Steps.Count(s => s.CompletedAt is not null);
        var total = (points: seen.Points.ToString(), max: seen.MaxPoints.ToString());
        yield return seen.Status == AttemptStatus.Completed
            ? turn.Say(Phrase.CheckAll, ("points", total.points), ("max", total.max))
            : turn.Say(Phrase.CheckTotal, ("points", total.points), ("max", total.max), ("done", done.ToString()), ("steps", seen.Steps.Count.ToString()));
        foreach (var (step, i) in seen.Steps.Select((s, i) => (s, i)))
        {
            yield return Step(turn, step, i + 1, lab?.Lab.Steps.FirstOrDefault(s => s.Id == step.StepId)?.Title ?? step.StepId);
        }

        if (lab?.Current is { } next)
        {
            yield return turn.Say(Phrase.CheckNext, ("number", lab.NumberOf(next).ToString()), ("title", next.Title));
            yield return turn.Say(Phrase.OfferHint);
        }
    }

    public static async IAsyncEnumerable<string> Step(TutorTurn turn)
    {
        if (await turn.Lab() is not { } lab)
        {
            yield return turn.Say(Phrase.StepNoAttempt);
            yield break;
        }

        if (turn.Asked.Number is { } number && number > lab.Lab.Steps.Count)
        {
            yield return turn.Say(Phrase.StepUnknown, ("number", number.ToString()), ("count", lab.Lab.Steps.Count.ToString()));
        }

        if ((lab.Named(turn.Asked) ?? lab.Current) is not { } step)
        {
            yield return turn.Say(Phrase.StepAllDone);
            yield break;
        }

        var at = lab.NumberOf(step).ToString();
        yield return turn.Say(Phrase.Step, ("number", at), ("count", lab.Lab.Steps.Count.ToString()), ("title", step.Title), ("instructions", step.Instructions.Trim()));
        if (lab.IsDone(step))
        {
            yield return turn.Say(Phrase.StepDone, ("number", at));
        }

        if (lab.Lab.Steps.Where(s => step.Needs.Contains(s.Id) && !lab.IsDone(s)).Select(s => s.Title).ToList() is { Count: > 0 } needs)
        {
            yield return turn.Say(Phrase.StepNeeds, ("steps", Shown.And(needs)));
        }

        yield return turn.Say(Phrase.StepChecks, ("checks", Shown.List(step.Checks.Select(c => c.Title))));
    }

    public static async IAsyncEnumerable<string> Labs(TutorTurn turn)
    {
        if (await turn.Lab() is { Lab: var lab })
        {
            yield return turn.Say(
                Phrase.LabThis, ("title", lab.Title), ("summary", lab.Summary.Trim()), ("minutes", lab.Minutes.ToString()), ("objectives", Shown.List(lab.Objectives)));
            yield break;
        }

        var labs = (await turn.Use<IReadOnlyList<LabSummary>>(ToolNames.ListLabs)).Value ?? [];
        var lines = labs.Take(20).Select(l => turn.Answer.Say(
            Phrase.LabLine, ("title", l.Title), ("summary", l.Summary.Trim()), ("minutes", l.Minutes.ToString()), ("level", l.Level)));
        yield return turn.Say(Phrase.LabList, ("labs", Shown.List(lines)));
    }

    private static string Step(TutorTurn turn, StepView step, int number, string title)
    {
        var head = turn.Answer.Say(step.CompletedAt is null ? Phrase.CheckStepOpen : Phrase.CheckStepDone, ("number", number.ToString()), ("title", title));
        var checks = step.CompletedAt is not null ? [] : step.Checks.Select(c => c.Passed
            ? turn.Answer.Say(Phrase.CheckPassed, ("title", c.Title))
            : turn.Answer.Say(Phrase.CheckFailed, ("title", c.Title), ("observed", c.Observed)));
        return string.Join('\n', checks.Prepend(head)) + "\n\n";
    }
}
