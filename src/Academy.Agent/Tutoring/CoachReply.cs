using Academy.Agent.Prompts;
using Academy.Agent.Tools;
using Academy.Agent.Understanding;
using Academy.Diagnosis;
using Academy.Features.Attempting;

namespace Academy.Agent.Tutoring;

/// <summary>Hints, and "how do I fix it": in a lab the lab's own hints, recorded; elsewhere the rungs of the finding.</summary>
internal static class CoachReply
{
    public static IAsyncEnumerable<string> Hint(TutorTurn turn, QuestionReader reader) => turn.InLab ? OfLab(turn) : OfFinding(turn, Ladder.Next(turn.Earlier, reader));

    /// <summary>In a lab: the cause and a question, never the change itself. Elsewhere there is nothing to protect: the fix.</summary>
    public static IAsyncEnumerable<string> Fix(TutorTurn turn) => turn.InLab ? FixInLab(turn) : OfFinding(turn, Ladder.Last);

    public static async IAsyncEnumerable<string> Confirm(TutorTurn turn)
    {
        var cause = turn.HasCluster && (await turn.Diagnose()).Value is { } report ? Focus.CauseOrFirst(report, turn.Asked.Mentions) : null;
        if (cause is null)
        {
            yield return turn.Say(Phrase.ConfirmNothing);
            yield break;
        }

        yield return turn.Say(Phrase.Confirm, ("object", Shown.Object(cause)), ("percent", $"{Math.Round(cause.Confidence * 100)}"));
        yield return DiagnoseReply.Seen(turn, cause) + "\n\n";
        yield return turn.Say(Phrase.ConfirmWith, ("commands", Shown.Commands(turn, cause)));
    }

    private static async IAsyncEnumerable<string> OfLab(TutorTurn turn)
    {
        if (await turn.Lab() is not { } lab)
        {
            yield return turn.Say(Phrase.HintNothingOpen);
            yield break;
        }

        if ((lab.Named(turn.Asked) ?? lab.Current) is not { } step)
        {
            yield return turn.Say(Phrase.HintNothingOpen);
            yield break;
        }

        var (hint, refusal) = await turn.Use<HintView>(ToolNames.TakeHint, ("step", step.Id));
        if (hint is null)
        {
            yield return turn.Say(Phrase.HintRefused, ("why", refusal?.Message));
            yield break;
        }

        yield return turn.Say(Phrase.HintIntro, ("number", lab.NumberOf(step).ToString()), ("title", step.Title));
        yield return hint.Left > 0 ? turn.Say(Phrase.HintLeft, ("left", hint.Left.ToString())) : turn.Say(Phrase.HintLast);
    }

    private static async IAsyncEnumerable<string> OfFinding(TutorTurn turn, int rung)
    {
        if (!turn.HasCluster)
        {
            yield return turn.Say(Phrase.NoCluster);
            yield break;
        }

        var (report, refusal) = await turn.Diagnose();
        if (report is null)
        {
            yield return turn.Say(Phrase.Refused, ("why", refusal?.Message));
        }
        else if ((Focus.CauseOrFirst(report, turn.Asked.Mentions)) is not { } cause)
        {
            yield return turn.Say(Phrase.HintNothingWrong);
        }
        else
        {
            foreach (var text in Ladder.Write(turn, cause, rung))
            {
                yield return text;
            }
        }
    }

    private static async IAsyncEnumerable<string> FixInLab(TutorTurn turn)
    {
        var (report, refusal) = await turn.Diagnose();
        if (report is null)
        {
            yield return turn.Say(Phrase.Refused, ("why", refusal?.Message));
        }
        else if ((Focus.CauseOrFirst(report, turn.Asked.Mentions)) is not { } cause)
        {
            yield return turn.Say(Phrase.HintNothingWrong);
        }
        else
        {
            yield return turn.Say(Phrase.Cause, ("object", Shown.Object(cause)), ("summary", cause.Summary));
            yield return $"{turn.Answer.Say(Phrase.Seen)}\n\n{DiagnoseReply.Seen(turn, cause)}\n\n";
            yield return turn.Say(Phrase.FixInLab, ("object", Shown.Object(cause)), ("question", DiagnoseReply.Question(turn, cause)));
            yield return turn.Say(Phrase.OfferHint);
        }
    }
}
