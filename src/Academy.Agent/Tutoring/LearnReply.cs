using Academy.Agent.Prompts;
using Academy.Agent.Tools;
using Academy.Features.Learning;
using Academy.Features.Mentoring;
using Academy.Features.Progressing;

namespace Academy.Agent.Tutoring;

/// <summary>Concepts from the lessons, progress, and the way to a mentor.</summary>
internal static class LearnReply
{
    private const int LongestTopic = 400;
    private const int LongestTerm = 4;

    public static async IAsyncEnumerable<string> Explain(TutorTurn turn)
    {
        var terms = LessonSearch.Terms(turn.Text);
        if (terms.Count == 0)
        {
            yield return turn.Say(Phrase.ExplainWhat);
            yield break;
        }

        var term = Term(turn, terms);
        if (term is not null)
        {
            yield return turn.Say(Phrase.Term, ("name", term.Name), ("meaning", term.Meaning.Trim()));
        }

        var query = string.Join(' ', terms);
        var passages = (await turn.Use<IReadOnlyList<Passage>>(ToolNames.SearchLessons, ("query", query))).Value ?? [];
        if (passages.Count > 0)
        {
            var best = passages[0];
            yield return turn.Say(Phrase.Lesson, ("number", best.Number), ("title", best.Title), ("heading", best.Heading), ("text", best.Text));
            if (passages.Skip(1).Where(o => o.Heading != best.Heading).Select(o => $"{o.Number} {o.Title}: {o.Heading}").ToList() is { Count: > 0 } more)
            {
                yield return turn.Say(Phrase.LessonAlso, ("lessons", Shown.List(more)));
            }
        }
        else if (term is null)
        {
            yield return turn.Say(Phrase.ExplainNothing, ("concept", Shown.Code(query)));
            var topics = (await turn.Use<IReadOnlyList<CourseView>>(ToolNames.ListCourses)).Value?.SelectMany(c => c.Modules).SelectMany(m => m.Topics) ?? [];
            if (topics.Where(t => terms.Any(w => $"{t.Title} {t.Summary}".Contains(w, StringComparison.OrdinalIgnoreCase))).Take(3).Select(t => $"{t.Number} {t.Title}").ToList() is { Count: > 0 } near)
            {
                yield return turn.Say(Phrase.ExplainTopics, ("topics", Shown.List(near)));
            }
        }
    }

    public static async IAsyncEnumerable<string> Progress(TutorTurn turn)
    {
        var (progress, refusal) = await turn.Use<ProgressView>(ToolNames.GetProgress);
        if (progress is null)
        {
            yield return turn.Say(Phrase.Refused, ("why", refusal?.Message));
            yield break;
        }

        if (progress.Courses.Count + progress.Labs.Count == 0)
        {
            yield return turn.Say(Phrase.ProgressNothing);
            yield break;
        }

        yield return turn.Say(Phrase.ProgressIntro);
        var lines = progress.Courses.Where(c => !c.Withdrawn)
            .Select(c => turn.Answer.Say(Phrase.ProgressCourse, ("title", c.Title), ("done", c.LabsCompleted.ToString()), ("labs", c.Labs.ToString())))
            .Concat(progress.Labs.Select(l => turn.Answer.Say(
                Phrase.ProgressLab, ("title", l.Title), ("done", l.StepsCompleted.ToString()), ("steps", l.Steps.ToString()), ("points", l.BestPoints.ToString()),
                ("max", l.MaxPoints.ToString()), ("hints", l.HintsTaken.ToString()), ("mark", l.Completed ? "✓" : "…"))));
        yield return Shown.List(lines) + "\n\n";
    }

    public static async IAsyncEnumerable<string> Mentor(TutorTurn turn)
    {
        var words = string.Concat(turn.Text.Select(c => char.IsControl(c) ? ' ' : c)).Trim();
        var (asked, refusal) = await turn.Use<MentorshipView>(ToolNames.RequestMentor, ("topic", words.Length <= LongestTopic ? words : words[..LongestTopic]));
        yield return asked is not null ? turn.Say(Phrase.MentorAsked) : turn.Say(Phrase.MentorRefused, ("why", refusal?.Message));
    }

    // Terms of two words first: "readiness probe" before "probe".
    private static TermWords? Term(TutorTurn turn, IReadOnlyList<string> terms)
    {
        var known = turn.Answer.Prompts.Terms;
        var candidates = from length in Enumerable.Range(1, LongestTerm).Reverse()
                         from start in Enumerable.Range(0, Math.Max(0, terms.Count - length + 1))
                         select TermKey.Of(string.Concat(terms.Skip(start).Take(length)));
        return candidates.Select(c => known.GetValueOrDefault(c) ?? known.GetValueOrDefault(c + "s")).FirstOrDefault(t => t is not null);
    }
}
