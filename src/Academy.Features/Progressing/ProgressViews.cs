using Academy.Curriculum;
using Academy.Domain.Enrolments;
using Academy.Domain.Quizzes;
using Academy.Domain.Submissions;

namespace Academy.Features.Progressing;

/// <summary>What a student has done, made of nothing but recorded facts.</summary>
public sealed record ProgressView(Guid StudentId, IReadOnlyList<CourseProgress> Courses, IReadOnlyList<LabProgress> Labs)
{
    public IReadOnlyList<QuizProgress> Quizzes { get; init; } = [];

    public IReadOnlyList<ExerciseProgress> Exercises { get; init; } = [];

    public IReadOnlyList<PathProgress> Paths { get; init; } = [];
}

/// <summary>The numbers are those of the course as the enrolment holds it.</summary>
public sealed record CourseProgress(string CourseId, string Title, bool Withdrawn, int LabsCompleted, int Labs)
{
    public int LessonsRead { get; init; }

    public int Lessons { get; init; }

    public int QuizzesPassed { get; init; }

    public int Quizzes { get; init; }

    public int ExercisesPassed { get; init; }

    public int Exercises { get; init; }

    /// <summary>When all parts were done; null before.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    public IReadOnlyList<ModuleProgress> Modules { get; init; } = [];

    internal static CourseProgress Of(Enrolment enrolment, Course? course, Feats feats, Catalog titles)
    {
        List<CoursePart> parts = course is null ? [] : [.. CoursePart.Of(course, enrolment, feats, titles)];
        var modules = (course?.Modules ?? []).Select(m => new ModuleProgress(
            m.Id, m.Title, [.. m.Topics.Select(t => new TopicProgress(t.Id, t.Title, [.. parts.Where(p => p.TopicId == t.Id)]))]));
        return new CourseProgress(enrolment.CourseId, course?.Title ?? enrolment.CourseId, enrolment.Withdrawn, Done(CoursePart.Lab), All(CoursePart.Lab))
        {
            LessonsRead = Done(CoursePart.Lesson),
            Lessons = All(CoursePart.Lesson),
            QuizzesPassed = Done(CoursePart.Quiz),
            Quizzes = All(CoursePart.Quiz),
            ExercisesPassed = Done(CoursePart.Exercise),
            Exercises = All(CoursePart.Exercise),
            CompletedAt = enrolment.CompletedAt,
            Modules = [.. modules],
        };

        // A lab that stands in two topics is one lab.
        int All(string kind) => parts.Where(p => p.Kind == kind).Select(p => p.Id).Distinct().Count();
        int Done(string kind) => parts.Where(p => p.Kind == kind && p.Done).Select(p => p.Id).Distinct().Count();
    }
}

public sealed record ModuleProgress(string ModuleId, string Title, IReadOnlyList<TopicProgress> Topics)
{
    public int Done => Topics.Sum(t => t.Parts.Count(p => p.Done));

    public int Parts => Topics.Sum(t => t.Parts.Count);
}

public sealed record TopicProgress(string TopicId, string Title, IReadOnlyList<CoursePart> Parts);

/// <param name="BestPoints">Of the attempt that got furthest.</param>
/// <param name="HintsTaken">Rungs over all steps of that attempt.</param>
public sealed record LabProgress(
    string LabId, string Title, bool Completed, DateTimeOffset? CompletedAt, int Attempts, int StepsCompleted, int Steps, int BestPoints, int MaxPoints, int HintsTaken)
{
    /// <summary>Whether its passing score was reached, with or without every step.</summary>
    public bool Passed { get; init; }

    /// <summary>Best over all attempts: percent of the points, less what hints cost.</summary>
    public int BestScore { get; init; }
}

/// <param name="BestScore">Percent of right answers in the best finished sitting; null where none is finished.</param>
public sealed record QuizProgress(string CourseId, string TopicId, bool Passed, DateTimeOffset? PassedAt, int Sittings, int? BestScore)
{
    internal static QuizProgress Of(IGrouping<(string Course, string Topic), QuizSitting> sittings) => new(
        sittings.Key.Course, sittings.Key.Topic, sittings.Any(s => s.Passed), sittings.Where(s => s.Passed).Min(s => s.FinishedAt), sittings.Count(),
        sittings.Where(s => s.FinishedAt is not null).Max(s => (int?)Quizzing.QuizScore.ScoreOf(s)));
}

/// <summary>The submission that got furthest.</summary>
/// <param name="Score">Percent of the rubric's points; null before it is graded.</param>
public sealed record ExerciseProgress(string ExerciseId, string Title, Guid SubmissionId, SubmissionStatus Status, bool Passed, int? Score)
{
    internal static ExerciseProgress Of(IGrouping<string, Submission> submissions, string title)
    {
        var best = submissions.OrderByDescending(s => s.Passed).ThenByDescending(s => s.Points ?? -1).ThenByDescending(s => s.Id).First();
        return new ExerciseProgress(submissions.Key, title, best.Id, best.Status, best.Passed, best.Points is { } points && best.MaxPoints > 0 ? 100 * points / best.MaxPoints : null);
    }
}

/// <param name="Done">Parts of its topics that are done.</param>
public sealed record PathProgress(string PathId, string Title, int Done, int Parts);
