using Academy.Domain.Submissions;
using Academy.Features.Door.Sealing;
using Academy.Features.Progressing;
using Academy.Features.Publishing;

namespace Academy.Features.Submitting;

/// <summary>A mentor grades a submission by its rubric, or grades it again.</summary>
/// <param name="Grades">One for every criterion.</param>
/// <param name="Remark">On the whole; Markdown.</param>
[Audience(Roles.Mentor, Roles.Instructor)]
public sealed record GradeSubmission(Guid SubmissionId, IReadOnlyList<GivenGrade> Grades, string? Remark = null) : IAcademyCommand<SubmissionView>;

/// <param name="Level">Place in the levels of the criterion, from 0, the worst.</param>
/// <param name="Comment">Markdown.</param>
public sealed record GivenGrade(string CriterionId, int Level, string? Comment = null);

/// <summary>A mentor gives a submission back to be revised.</summary>
/// <param name="Remark">What to revise; Markdown.</param>
[Audience(Roles.Mentor, Roles.Instructor)]
public sealed record ReturnSubmission(Guid SubmissionId, string Remark) : IAcademyCommand<SubmissionView>;

internal sealed class GradeSubmissionValidator : AbstractValidator<GradeSubmission>
{
    public GradeSubmissionValidator()
    {
        RuleFor(c => c.Grades).NotEmpty().Must(g => g is null || g.Count <= 50).WithMessage("At most 50 criteria.");
        RuleForEach(c => c.Grades).NotNull().Must(g => g is null || g.Comment is null or { Length: <= 4000 }).WithMessage("A comment has 4000 characters at most.");
        RuleFor(c => c.Remark).MaximumLength(10_000);
    }
}

internal sealed class ReturnSubmissionValidator : AbstractValidator<ReturnSubmission>
{
    public ReturnSubmissionValidator() => RuleFor(c => c.Remark).NotEmpty().MaximumLength(10_000);
}

internal sealed class GradeSubmissionHandlers(
    IDocumentSession session, IActor actor, Contents contents, PersonKeys keys, SubmissionReader reader, CompletionReaction completion, TimeProvider clock) :
    IRequestHandler<GradeSubmission, Result<SubmissionView>>,
    IRequestHandler<ReturnSubmission, Result<SubmissionView>>
{
    public async Task<Result<SubmissionView>> Handle(GradeSubmission request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<Submission>(request.SubmissionId, cancellationToken) is not { } submission)
        {
            return Refusals.NotFound<Submission>(request.SubmissionId);
        }

        var grades = new List<CriterionGrade>();
        foreach (var given in request.Grades)
        {
            grades.Add(new CriterionGrade(given.CriterionId, given.Level, await Seal(submission, given.Comment, cancellationToken)));
        }

        var remark = await Seal(submission, request.Remark, cancellationToken);
        var reply = await session.Decide<Submission, Submission>(
            submission.Id, actor, s => s.Assess(actor.Id, grades, remark, clock.GetUtcNow()), s => s, cancellationToken);
        foreach (var owner in reply.Value is { Passed: true } passed ? passed.Owners : [])
        {
            completion.Announce(session, actor.Tenant, owner);
        }

        return await View(reply, cancellationToken);
    }

    public async Task<Result<SubmissionView>> Handle(ReturnSubmission request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<Submission>(request.SubmissionId, cancellationToken) is not { } submission)
        {
            return Refusals.NotFound<Submission>(request.SubmissionId);
        }

        var remark = await keys.Seal(submission.StudentId, request.Remark, cancellationToken);
        return await View(
            await session.Decide<Submission, Submission>(submission.Id, actor, s => s.SendBack(actor.Id, remark, clock.GetUtcNow()), s => s, cancellationToken), cancellationToken);
    }

    private async Task<Sealed?> Seal(Submission submission, string? words, CancellationToken ct) =>
        string.IsNullOrWhiteSpace(words) ? null : await keys.Seal(submission.StudentId, words, ct);

    private async Task<Result<SubmissionView>> View(Result<Submission> reply, CancellationToken ct) => reply.Value is { } s
        ? await reader.View(s, await contents.Exercise(s.ExerciseId, s.ContentHash, ct), contents.HasChanged(Part.Exercise, s.ExerciseId, s.ContentHash), ct)
        : reply.Refusal!;
}

internal sealed class GradeSubmissionEndpoint(IDoor door) : DoorEndpoint<GradeSubmission, SubmissionView>(door)
{
    public override void Configure() => Describe("POST", "submissions/{submissionId}/grade", "A mentor grades a submission by its rubric, or grades it again");
}

internal sealed class ReturnSubmissionEndpoint(IDoor door) : DoorEndpoint<ReturnSubmission, SubmissionView>(door)
{
    public override void Configure() => Describe("POST", "submissions/{submissionId}/return", "A mentor gives a submission back to be revised");
}
