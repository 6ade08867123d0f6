using System.Collections.Immutable;

namespace Academy.Domain.Quizzes;

/// <summary>One student's go at one quiz. A retake is a sitting of its own.</summary>
public sealed record QuizSitting(
    Guid Id, Guid StudentId, string CourseId, string TopicId, string ContentHash, int PassingScore, DateTimeOffset StartedAt) : IState<QuizSitting>
{
    /// <summary>Ids in order.</summary>
    public ImmutableArray<string> Questions { get; init; } = [];

    public ImmutableDictionary<string, GivenAnswer> Answers { get; init; } = ImmutableDictionary<string, GivenAnswer>.Empty;

    public DateTimeOffset? FinishedAt { get; init; }

    public bool Passed { get; init; }

    public static QuizSitting? Fold(QuizSitting? state, object @event) => (state, @event) switch
    {
        (null, QuizStarted e) => new(e.SittingId, e.StudentId, e.CourseId, e.TopicId, e.ContentHash, e.PassingScore, e.At) { Questions = [.. e.Questions] },
        ({ } s, QuestionAnswered e) => s with { Answers = s.Answers.SetItem(e.QuestionId, new(e.Chosen, e.Right, e.Skills, e.At)) },
        ({ } s, QuizFinished e) => s with { FinishedAt = e.At, Passed = e.Passed },
        _ => state,
    };

    /// <summary>The last answer finishes the quiz.</summary>
    /// <param name="chosen">Options by their place in the author's file.</param>
    /// <param name="right">Those that are right: all of them must be chosen and no other.</param>
    public Decision Answer(string question, IReadOnlyList<int> chosen, IReadOnlyCollection<int> right, IReadOnlyList<string> skills, DateTimeOffset at)
    {
        if (FinishedAt is not null)
        {
            return Over;
        }

        if (!Questions.Contains(question))
        {
            return Decision.Refuse(RefusalKind.NotFound, "quiz.no-such-question", $"This quiz has no question '{question}'.");
        }

        if (Answers.ContainsKey(question))
        {
            return Decision.Refuse(RefusalKind.Conflict, "quiz.answered", "This question is answered already. Take the quiz again to answer it anew.");
        }

        var answered = new QuestionAnswered(question, [.. chosen.Distinct().Order()], right.ToHashSet().SetEquals(chosen), skills, at);
        var after = Fold(this, answered)!;
        return after.Answers.Count == Questions.Length ? Decision.Record(answered, after.End(at)) : Decision.Record(answered);
    }

    /// <summary>What is not answered counts as wrong.</summary>
    public Decision Finish(DateTimeOffset at) => FinishedAt is not null ? Over : Decision.Record(End(at));

    public int Right => Answers.Values.Count(a => a.Right);

    private QuizFinished End(DateTimeOffset at) => new(Right * 100 >= PassingScore * Questions.Length, at);

    private static Decision Over => Decision.Refuse(RefusalKind.Conflict, "quiz.finished", "This sitting is finished. Take the quiz again to go on.");
}

public sealed record GivenAnswer(IReadOnlyList<int> Chosen, bool Right, IReadOnlyList<string> Skills, DateTimeOffset AnsweredAt);
