namespace Academy.Domain.Quizzes;

/// <param name="TopicId">A topic has one quiz at most.</param>
/// <param name="ContentHash">The content this sitting is held to, even after the author has changed it.</param>
/// <param name="Questions">Ids in order.</param>
/// <param name="PassingScore">Percent of right answers, 1 to 100.</param>
public sealed record QuizStarted(
    Guid SittingId, Guid StudentId, string CourseId, string TopicId, string ContentHash, IReadOnlyList<string> Questions, int PassingScore, DateTimeOffset At);

/// <param name="Chosen">Options by their place in the author's file, from 0.</param>
/// <param name="Skills">Ids of the skills that the question is about, as they were mapped on that day.</param>
public sealed record QuestionAnswered(string QuestionId, IReadOnlyList<int> Chosen, bool Right, IReadOnlyList<string> Skills, DateTimeOffset At);

/// <summary>Every question was answered, or the student wanted no more of them.</summary>
public sealed record QuizFinished(bool Passed, DateTimeOffset At);
