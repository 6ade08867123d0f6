using Academy.Curriculum;
using Academy.Domain.Quizzes;

namespace Academy.Features.Quizzing;

/// <summary>A quiz from outside: its questions are shown to who takes it.</summary>
/// <param name="Content">Hash of the content that a sitting begun now is held to.</param>
/// <param name="PassingScore">Percent of right answers.</param>
public sealed record QuizView(string CourseId, string TopicId, string Title, string Content, int PassingScore, int Questions, IReadOnlyList<string> Skills);

/// <summary>A go at a quiz. What is right, and why, is told of a question once it is answered.</summary>
/// <param name="Score">Percent of right answers so far.</param>
/// <param name="ContentChanged">Whether the quiz has changed since; this sitting is held to what it began with.</param>
public sealed record SittingView(
    Guid Id, Guid StudentId, string CourseId, string TopicId, string Title, int PassingScore, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, bool Passed,
    int Answered, int Right, int Score, bool ContentChanged, IReadOnlyList<QuestionView> Questions, long Version) : IVersioned
{
    internal static SittingView Of(QuizSitting sitting, Quiz quiz, bool contentChanged) => new(
        sitting.Id, sitting.StudentId, sitting.CourseId, sitting.TopicId, quiz.Title, sitting.PassingScore, sitting.StartedAt, sitting.FinishedAt, sitting.Passed,
        sitting.Answers.Count, sitting.Right, sitting.ScoreOf(), contentChanged,
        [.. from id in sitting.Questions let question = quiz.FindQuestion(id) where question is not null select QuestionView.Of(sitting, question)],
        1 + sitting.Answers.Count + (sitting.FinishedAt is null ? 0 : 1));
}

/// <param name="Text">Markdown.</param>
/// <param name="ChooseAll">Whether several options are right, and all of them have to be chosen.</param>
/// <param name="Right">Null before it is answered.</param>
public sealed record QuestionView(string Id, string Text, bool ChooseAll, bool? Right, IReadOnlyList<OptionView> Options)
{
    internal static QuestionView Of(QuizSitting sitting, QuizQuestion question)
    {
        var given = sitting.Answers.GetValueOrDefault(question.Id);
        var order = OptionOrder.Of(sitting.Id, question.Id, question.Options.Count);
        return new QuestionView(question.Id, question.Text, question.ChooseAll, given?.Right, [.. order.Select((author, place) => Option(question.Options[author], place, author, given))]);
    }

    private static OptionView Option(QuizOption option, int place, int author, GivenAnswer? given) => given is null
        ? new OptionView(KeyOf(place), option.Text, null, null, null)
        : new OptionView(KeyOf(place), option.Text, given.Chosen.Contains(author), option.Correct, option.Explanation);

    internal static string KeyOf(int place) => ((char)('a' + place)).ToString();
}

/// <param name="Key">a, b, c, … in the order of this sitting.</param>
/// <param name="Text">Markdown.</param>
/// <param name="Chosen">Null before the question is answered, as are the next two.</param>
/// <param name="Explanation">Why it is right or wrong. Markdown.</param>
public sealed record OptionView(string Key, string Text, bool? Chosen, bool? Correct, string? Explanation);

/// <summary>A sitting in a list.</summary>
public sealed record SittingSummary(
    Guid Id, Guid StudentId, string CourseId, string TopicId, DateTimeOffset StartedAt, DateTimeOffset? FinishedAt, bool Passed, int Answered, int Right, int Questions, int Score)
{
    internal static SittingSummary Of(QuizSitting s) =>
        new(s.Id, s.StudentId, s.CourseId, s.TopicId, s.StartedAt, s.FinishedAt, s.Passed, s.Answers.Count, s.Right, s.Questions.Length, s.ScoreOf());
}

internal static class QuizScore
{
    /// <summary>Percent, rounded down: a score never looks better than what passes.</summary>
    public static int ScoreOf(this QuizSitting sitting) => sitting.Questions.Length == 0 ? 0 : 100 * sitting.Right / sitting.Questions.Length;
}
