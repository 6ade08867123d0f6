using Academy.Curriculum;
using Academy.Domain.People;
using Academy.Domain.Submissions;
using Academy.Features.Door.Sealing;
using Academy.Features.Publishing;

namespace Academy.Features.Submitting;

/// <summary>A submission of the caller's, of one of their students, or for a mentor one that is handed in for grading.</summary>
[Audience]
public sealed record GetSubmission(Guid SubmissionId) : IAcademyQuery<SubmissionView>;

/// <param name="StudentId">Whose; the caller's own where it is not given.</param>
[Audience]
public sealed record ListSubmissions(Guid? StudentId = null, string? ExerciseId = null, SubmissionStatus? Status = null, string? Cursor = null, int? Limit = null)
    : IAcademyQuery<Page<SubmissionSummary>>, IPaged;

/// <summary>What waits for a mentor, of all students of the organisation; or with a status what was graded or returned.</summary>
/// <param name="Mine">Only what the caller has graded.</param>
[Audience(Roles.Mentor, Roles.Instructor)]
public sealed record GradingQueue(SubmissionStatus? Status = null, string? ExerciseId = null, bool Mine = false, string? Cursor = null, int? Limit = null)
    : IAcademyQuery<Page<SubmissionSummary>>, IPaged;

internal sealed class ListSubmissionsValidator : AbstractValidator<ListSubmissions>
{
    public ListSubmissionsValidator() => this.RulesForPaging();
}

internal sealed class GradingQueueValidator : AbstractValidator<GradingQueue>
{
    public GradingQueueValidator()
    {
        this.RulesForPaging();
        RuleFor(q => q.Status).NotEqual(SubmissionStatus.Draft).WithMessage("A draft is for its student alone.");
    }
}

internal sealed class ReadSubmissionsHandlers(IQuerySession session, IActor actor, Catalog catalog, Contents contents, PersonKeys keys, SubmissionReader reader) :
    IRequestHandler<GetSubmission, Result<SubmissionView>>,
    IRequestHandler<ListSubmissions, Result<Page<SubmissionSummary>>>,
    IRequestHandler<GradingQueue, Result<Page<SubmissionSummary>>>
{
    public async Task<Result<SubmissionView>> Handle(GetSubmission request, CancellationToken cancellationToken) =>
        await session.LoadAsync<Submission>(request.SubmissionId, cancellationToken) is { } found && await MaySee(found, cancellationToken)
            ? await reader.View(
                found, await contents.Exercise(found.ExerciseId, found.ContentHash, cancellationToken),
                contents.HasChanged(Part.Exercise, found.ExerciseId, found.ContentHash), cancellationToken)
            : Refusals.NotFound<Submission>(request.SubmissionId);

    public async Task<Result<Page<SubmissionSummary>>> Handle(ListSubmissions request, CancellationToken cancellationToken)
    {
        var student = request.StudentId ?? actor.Id;
        if (!await session.MaySee(actor, student, cancellationToken))
        {
            return Refusals.NotFound("student", student);
        }

        var found = session.Query<Submission>().Where(s => s.Owners.Contains(student));
        found = request.Status is { } status ? found.Where(s => s.Status == status) : found;
        return await Page(found, request.ExerciseId, request, cancellationToken);
    }

    public async Task<Result<Page<SubmissionSummary>>> Handle(GradingQueue request, CancellationToken cancellationToken)
    {
        var status = request.Status ?? SubmissionStatus.Waiting;
        var found = session.Query<Submission>().Where(s => s.Status == status);
        found = request.Mine ? found.Where(s => s.Grade != null && s.Grade.By == actor.Id) : found;
        return await Page(found, request.ExerciseId, request, cancellationToken);
    }

    // A mentor sees what is theirs to grade, and what was graded or returned by then; a draft is the student's alone.
    private async Task<bool> MaySee(Submission submission, CancellationToken ct) =>
        submission.Owners.Contains(actor.Id)
        || (actor.Is(Roles.Mentor) && submission.Status != SubmissionStatus.Draft)
        || await session.MaySee(actor, submission.StudentId, ct);

    private async Task<Page<SubmissionSummary>> Page(IQueryable<Submission> found, string? exercise, IPaged paging, CancellationToken ct)
    {
        found = exercise is null ? found : found.Where(s => s.ExerciseId == exercise);
        var page = await found.ToPage(paging, s => s, ct);
        var people = (await session.LoadManyAsync<Person>(ct, page.Items.Select(s => s.StudentId).Distinct())).ToDictionary(p => p.Id);
        var summaries = new List<SubmissionSummary>();
        foreach (var s in page.Items)
        {
            var name = people.GetValueOrDefault(s.StudentId) is { } student ? await keys.Unseal(student.Id, student.Name, ct) : null;
            summaries.Add(new SubmissionSummary(
                s.Id, s.StudentId, name, s.ExerciseId, catalog.FindExercise(s.ExerciseId)?.Title ?? s.ExerciseId, s.Status, s.StartedAt, s.SubmittedAt, s.Points, s.MaxPoints, s.Passed));
        }

        return new Page<SubmissionSummary>(summaries, page.Next);
    }
}

internal sealed class GetSubmissionEndpoint(IDoor door) : DoorEndpoint<GetSubmission, SubmissionView>(door)
{
    public override void Configure() => Describe("GET", "submissions/{submissionId}", "A submission with its texts and its grade");
}

internal sealed class ListSubmissionsEndpoint(IDoor door) : DoorEndpoint<ListSubmissions, Page<SubmissionSummary>>(door)
{
    public override void Configure() => Describe("GET", "submissions", "Submissions of a student, newest first");
}

internal sealed class GradingQueueEndpoint(IDoor door) : DoorEndpoint<GradingQueue, Page<SubmissionSummary>>(door)
{
    public override void Configure() => Describe("GET", "grading", "What waits for a mentor, or was graded or returned");
}
