using Academy.Domain;
using Academy.Domain.Submissions;
using Academy.Features.Learning;
using Academy.Features.Storing;
using Academy.Features.Submitting;
using Academy.Host.Pages.Frame;

namespace Academy.Host.Pages.Exercises;

/// <param name="Kind">Only exercises of it are shown; null: all.</param>
public sealed record ExerciseListModel(IReadOnlyList<ExerciseSummary> Exercises, string? Kind);

/// <param name="Submissions">The visitor's own at this exercise, newest first.</param>
public sealed record ExerciseModel(ExerciseView Exercise, IReadOnlyList<SubmissionSummary> Submissions);

/// <param name="Mine">Whether the visitor is the student.</param>
/// <param name="CanGrade">Whether the visitor may grade it.</param>
public sealed record SubmissionModel(SubmissionView Submission, ExerciseView Exercise, bool Mine, bool CanGrade);

/// <param name="Status">Only submissions in it are shown; null: those that wait.</param>
public sealed record GradingModel(Page<SubmissionSummary> Queue, SubmissionStatus? Status, string? Cursor);

internal static class ExercisePages
{
    public static readonly IReadOnlyDictionary<string, string> Kinds =
        new Dictionary<string, string> { ["case-study"] = "Case study", ["mentoring"] = "Mentoring", ["team"] = "Team exercise" };

    public static async Task<IResult> List(Visitor visitor, string? kind, CancellationToken ct)
    {
        var only = kind is not null && Kinds.ContainsKey(kind) ? kind : null;
        var exercises = await visitor.Ask(new ListExercises(Kind: only), ct);
        return visitor.Show<ExerciseListPage, ExerciseListModel>(() => new(exercises!, only));
    }

    public static async Task<IResult> One(Visitor visitor, string exerciseId, CancellationToken ct)
    {
        var exercise = await visitor.Ask(new GetExercise(exerciseId), ct);
        var submissions = visitor.Is(Roles.Student) ? await visitor.Ask(new ListSubmissions(ExerciseId: exerciseId, Limit: 20), ct) : null;
        return visitor.Show<ExercisePage, ExerciseModel>(() => new(exercise!, submissions?.Items ?? []));
    }

    public static async Task<IResult> Submission(Visitor visitor, Guid submissionId, CancellationToken ct)
    {
        var submission = await visitor.Ask(new GetSubmission(submissionId), ct);
        var exercise = submission is null ? null : await visitor.Ask(new GetExercise(submission.ExerciseId), ct);
        return visitor.Show<SubmissionPage, SubmissionModel>(() => new(
            submission!, exercise!, submission!.StudentId == visitor.Me!.Id,
            submission.StudentId != visitor.Me!.Id && (visitor.Is(Roles.Mentor) || visitor.Is(Roles.Instructor))));
    }

    public static async Task<IResult> Grading(Visitor visitor, string? status, string? cursor, CancellationToken ct)
    {
        SubmissionStatus? wanted = Enum.TryParse<SubmissionStatus>(status, ignoreCase: true, out var parsed) && Enum.IsDefined(parsed) ? parsed : null;
        var queue = await visitor.Ask(new GradingQueue(wanted, Cursor: cursor), ct);
        return visitor.Show<GradingPage, GradingModel>(() => new(queue!, wanted, cursor));
    }
}
