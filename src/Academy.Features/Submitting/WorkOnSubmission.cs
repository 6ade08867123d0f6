using Academy.Curriculum;
using Academy.Domain.Submissions;
using Academy.Features.Door.Sealing;
using Academy.Features.Publishing;

namespace Academy.Features.Submitting;

/// <summary>A student begins an exercise, for a team where it is one.</summary>
/// <param name="Team">The others, each with a role of the exercise; they may hand in too, and the grade is theirs as well.</param>
[Audience(Roles.Student)]
public sealed record BeginExercise(string ExerciseId, IReadOnlyList<TeamMember>? Team = null) : IAcademyCommand<SubmissionView>;

/// <param name="Text">Markdown.</param>
[Audience(Roles.Student)]
public sealed record HandIn(Guid SubmissionId, string DeliverableId, string Text) : IAcademyCommand<SubmissionView>;

/// <summary>Hands a complete submission to the mentors.</summary>
[Audience(Roles.Student)]
public sealed record SubmitExercise(Guid SubmissionId) : IAcademyCommand<SubmissionView>;

internal sealed class BeginExerciseValidator : AbstractValidator<BeginExercise>
{
    public BeginExerciseValidator()
    {
        RuleFor(c => c.Team).Must(t => t is null || (t.Count <= 11 && t.Select(m => m.PersonId).Distinct().Count() == t.Count)).WithMessage("At most 11 others, each once.");
        RuleForEach(c => c.Team).Must(m => m is { PersonId: var id } && id != Guid.Empty && m.Role is null or { Length: <= 63 }).WithMessage("Each of the team is a person with an id of a role, or none.");
    }
}

internal sealed class HandInValidator : AbstractValidator<HandIn>
{
    public HandInValidator() => RuleFor(c => c.Text).NotEmpty().MaximumLength(100_000);
}

internal sealed class WorkOnSubmissionHandlers(
    IDocumentSession session, IActor actor, Catalog catalog, Contents contents, PersonKeys keys, SubmissionReader reader, TimeProvider clock) :
    IRequestHandler<BeginExercise, Result<SubmissionView>>,
    IRequestHandler<HandIn, Result<SubmissionView>>,
    IRequestHandler<SubmitExercise, Result<SubmissionView>>
{
    public async Task<Result<SubmissionView>> Handle(BeginExercise request, CancellationToken cancellationToken)
    {
        if (catalog.FindExercise(request.ExerciseId) is not { } exercise)
        {
            return Refusals.NotFound<Exercise>(request.ExerciseId);
        }

        var team = request.Team ?? [];
        if (Mistake(exercise, team) is { } mistake)
        {
            return Invalid("team", mistake);
        }

        var now = clock.GetUtcNow();
        var begun = new SubmissionBegun(
            Guid.CreateVersion7(now), actor.Id, exercise.Id, exercise.ContentHash, [.. exercise.Deliverables.Select(d => d.Id)],
            [.. exercise.Rubric.Select(r => new Criterion(r.Id, [.. r.Levels.Select(l => l.Points)]))], exercise.PassingScore, team, now);
        session.Events.StartStream<Submission>(begun.SubmissionId, begun);
        return await reader.View(Submission.Fold(null, begun)!, exercise, contentChanged: false, cancellationToken);
    }

    public async Task<Result<SubmissionView>> Handle(HandIn request, CancellationToken cancellationToken)
    {
        if (await Mine(request.SubmissionId, cancellationToken) is not { } mine)
        {
            return Refusals.NotFound<Submission>(request.SubmissionId);
        }

        var words = MarkdownOutline.Of(request.Text).Words;
        var text = await keys.Seal(mine.StudentId, request.Text, cancellationToken);
        return await Decide(mine, s => s.HandIn(request.DeliverableId, actor.Id, text, words, clock.GetUtcNow()), cancellationToken);
    }

    public async Task<Result<SubmissionView>> Handle(SubmitExercise request, CancellationToken cancellationToken)
    {
        if (await Mine(request.SubmissionId, cancellationToken) is not { } mine)
        {
            return Refusals.NotFound<Submission>(request.SubmissionId);
        }

        var exercise = await contents.Exercise(mine.ExerciseId, mine.ContentHash, cancellationToken);
        var view = await reader.View(mine, exercise, contentChanged: false, cancellationToken);
        var complaints = view.Deliverables.SelectMany(d => d.Complaints.Select(c => new FieldError(d.Id, c))).ToList();
        return complaints.Count == 0
            ? await Decide(mine, s => s.Submit(actor.Id, clock.GetUtcNow()), cancellationToken)
            : new Refusal(RefusalKind.Conflict, "submission.unfinished", "Some texts are not as the exercise asks for; see errors.") { Fields = complaints };
    }

    private static string? Mistake(Exercise exercise, IReadOnlyList<TeamMember> team) => exercise.Kind switch
    {
        not Exercise.Team when team.Count > 0 => "This exercise is done alone.",
        _ when team.FirstOrDefault(m => m.Role is not null && exercise.Roles.All(r => r.Id != m.Role)) is { } member => $"This exercise has no role '{member.Role}'.",
        _ => null,
    };

    private async Task<Submission?> Mine(Guid id, CancellationToken ct) =>
        await session.LoadAsync<Submission>(id, ct) is { } found && found.Owners.Contains(actor.Id) ? found : null;

    private async Task<Result<SubmissionView>> Decide(Submission mine, Func<Submission, Decision> decide, CancellationToken ct)
    {
        var reply = await session.Decide(mine.Id, actor, decide, s => s, ct);
        return reply.Value is { } after
            ? await reader.View(
                after, await contents.Exercise(after.ExerciseId, after.ContentHash, ct), contents.HasChanged(Part.Exercise, after.ExerciseId, after.ContentHash), ct)
            : reply.Refusal!;
    }

    private static Refusal Invalid(string field, string message) =>
        new(RefusalKind.Invalid, "input.invalid", "Some of the input is not acceptable; see errors.") { Fields = [new FieldError(field, message)] };
}

internal sealed class BeginExerciseEndpoint(IDoor door) : DoorEndpoint<BeginExercise, SubmissionView>(door)
{
    public override void Configure() => Describe("POST", "submissions", "A student begins an exercise, alone or with a team");
}

internal sealed class HandInEndpoint(IDoor door) : DoorEndpoint<HandIn, SubmissionView>(door)
{
    public override void Configure() => Describe("PUT", "submissions/{submissionId}/deliverables/{deliverableId}", "Hands a text in, or a newer one instead");
}

internal sealed class SubmitExerciseEndpoint(IDoor door) : DoorEndpoint<SubmitExercise, SubmissionView>(door)
{
    public override void Configure() => Describe("POST", "submissions/{submissionId}/submit", "Hands a complete submission to the mentors");
}
