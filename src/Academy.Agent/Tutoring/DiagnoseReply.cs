using Academy.Agent.Prompts;
using Academy.Agent.Tools;
using Academy.Agent.Understanding;
using Academy.Diagnosis;
using Academy.Features.Learning;

namespace Academy.Agent.Tutoring;

/// <summary>What is broken and how one sees it: the cause, the evidence, what it explains, how to confirm it, what to think about next.</summary>
internal static class DiagnoseReply
{
    private const double Sure = 0.6;
    private const int MostEvidence = 4;
    private const int MostOthers = 4;

    public static async IAsyncEnumerable<string> Write(TutorTurn turn)
    {
        if (!turn.HasCluster)
        {
            await foreach (var text in WithoutCluster(turn))
            {
                yield return text;
            }

            yield break;
        }

        var (report, refusal) = await turn.Diagnose();
        if (report is null)
        {
            yield return turn.Say(Phrase.Refused, ("why", refusal?.Message));
            yield break;
        }

        var about = Focus.Cause(report, turn.Asked.Mentions);
        if (about is null && await Elsewhere(turn) is { } other)
        {
            yield return other;
        }

        if (report.RootCauses.Count == 0)
        {
            yield return await Healthy(turn, report);
            yield break;
        }

        var cause = about ?? report.RootCauses[0];
        foreach (var text in Cause(turn, cause))
        {
            yield return text;
        }

        if (report.RootCauses.Where(c => c != cause).Take(MostOthers).Select(c => $"{Shown.Object(c)}: {c.Summary}").ToList() is { Count: > 0 } others)
        {
            yield return turn.Say(Phrase.AlsoFound, ("causes", Shown.List(others)));
        }

        if (await turn.Lab() is { Current: { } step } lab)
        {
            yield return turn.Say(Phrase.OnStep, ("number", lab.NumberOf(step).ToString()), ("count", lab.Lab.Steps.Count.ToString()), ("title", step.Title));
        }

        yield return turn.Say(turn.InLab ? Phrase.OfferHint : Phrase.OfferRungs);
    }

    /// <summary>The question that leads on from a cause.</summary>
    public static string Question(TutorTurn turn, RootCause cause) => turn.Answer.Prompts.Reasons.TryGetValue(cause.Reason, out var words)
        ? words.Question
        : turn.Answer.Say(Phrase.RungQuestion, ("object", Shown.Object(cause)));

    public static string Seen(TutorTurn turn, RootCause cause) =>
        Shown.List(cause.Evidence.Take(MostEvidence).Select(e => Shown.Evidence(turn, e)));

    private static IEnumerable<string> Cause(TutorTurn turn, RootCause cause)
    {
        yield return turn.Say(cause.Confidence >= Sure ? Phrase.Cause : Phrase.Unsure, ("object", Shown.Object(cause)), ("summary", cause.Summary));
        if (cause.Evidence.Count > 0)
        {
            yield return $"{turn.Answer.Say(Phrase.Seen)}\n\n{Seen(turn, cause)}\n\n";
        }

        if (cause.Explains.Where(e => (e.Kind, e.Name) != (cause.Kind, cause.Name)).Take(6).Select(Shown.Object).ToList() is { Count: > 0 } symptoms)
        {
            yield return turn.Say(Phrase.Explains, ("objects", Shown.And(symptoms)));
        }

        yield return turn.Say(Phrase.ConfirmWith, ("commands", Shown.Commands(turn, cause)));
        yield return turn.Say(Phrase.Think, ("question", Question(turn, cause)));
    }

    private static async Task<string> Healthy(TutorTurn turn, DiagnosisReport report)
    {
        var text = await turn.Lab() is { Current: { } step }
            ? turn.Say(Phrase.HealthyInLab, ("step", step.Title))
            : turn.Say(Phrase.Healthy, ("where", turn.Where));
        return report.Notes.Count > 0 ? text + turn.Say(Phrase.Notes, ("notes", Shown.List(report.Notes.Take(3)))) : text;
    }

    // The student named something that no finding speaks of: say whether it exists at all.
    private static async Task<string?> Elsewhere(TutorTurn turn)
    {
        var named = turn.Asked.Mentions.Where(m => m.Name is not null).ToList();
        if (named.Count == 0 || (await turn.Use<IReadOnlyList<ObjectRef>>(ToolNames.ListObjects)).Value is not { } objects)
        {
            return null;
        }

        if (named.Select(m => Focus.Find(objects, m)).FirstOrDefault(o => o is not null) is { } there)
        {
            return turn.Say(Phrase.NotTheCulprit, ("object", Shown.Object(there)));
        }

        if (named.FirstOrDefault(Focus.IsCertain) is not { Name: { } name })
        {
            return null;
        }

        var near = objects.Where(o => Near(o.Name, name)).Select(Shown.Object).Distinct().Take(3).ToList();
        var text = turn.Say(Phrase.NoSuchObject, ("name", Shown.Code(name)), ("where", turn.Where));
        return near.Count > 0 ? text + turn.Say(Phrase.DidYouMean, ("names", Shown.And(near))) : text;
    }

    private static bool Near(string there, string name) =>
        Edits.Within(there, name, 2) || (name.Length > 3 && (there.Contains(name, StringComparison.OrdinalIgnoreCase) || name.Contains(there, StringComparison.OrdinalIgnoreCase)));

    private static async IAsyncEnumerable<string> WithoutCluster(TutorTurn turn)
    {
        yield return turn.Say(Phrase.NoCluster);
        var practice = (await turn.Use<IReadOnlyList<PracticeClusterView>>(ToolNames.ListPracticeClusters)).Value ?? [];
        if (practice.Count > 0)
        {
            yield return Shown.List(practice.Take(5).Select(p => turn.Answer.Say(Phrase.PracticeCluster, ("title", p.Title), ("story", p.Story.Trim())))) + "\n\n";
        }
    }
}
