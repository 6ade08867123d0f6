using Academy.Domain.Attempts;
using Academy.Domain.Environments;

namespace Academy.Features.Provisioning;

[Audience]
public sealed record GetAttemptEnvironment(Guid AttemptId) : IAcademyQuery<EnvironmentView>;

[Audience]
public sealed record GetEnvironment(Guid EnvironmentId) : IAcademyQuery<EnvironmentView>;

/// <param name="StudentId">Whose; staff see everybody's where it is not given, others their own.</param>
/// <param name="Remaining">Only those of which something may be left in a cluster, or only the others.</param>
[Audience]
public sealed record ListEnvironments(
    Guid? StudentId = null, Guid? ClassroomId = null, EnvironmentStatus? Status = null, bool? Remaining = null, string? Cursor = null, int? Limit = null)
    : IAcademyQuery<Page<EnvironmentView>>, IPaged;

internal sealed class ListEnvironmentsValidator : AbstractValidator<ListEnvironments>
{
    public ListEnvironmentsValidator() => this.RulesForPaging();
}

internal sealed class ReadEnvironmentsHandlers(IQuerySession session, IActor actor) :
    IRequestHandler<GetAttemptEnvironment, Result<EnvironmentView>>,
    IRequestHandler<GetEnvironment, Result<EnvironmentView>>,
    IRequestHandler<ListEnvironments, Result<Page<EnvironmentView>>>
{
    public async Task<Result<EnvironmentView>> Handle(GetAttemptEnvironment request, CancellationToken cancellationToken)
    {
        var attempt = await session.See<Attempt>(actor, request.AttemptId, a => a.StudentId, cancellationToken);
        return attempt.Refusal
            ?? await Seen(EnvironmentNames.Environment(request.AttemptId), cancellationToken);
    }

    public Task<Result<EnvironmentView>> Handle(GetEnvironment request, CancellationToken cancellationToken) => Seen(request.EnvironmentId, cancellationToken);

    public async Task<Result<Page<EnvironmentView>>> Handle(ListEnvironments request, CancellationToken cancellationToken)
    {
        var student = request.StudentId ?? (actor.IsStaff() ? null : actor.Id);
        if (student is { } one && !await session.MaySee(actor, one, cancellationToken))
        {
            return Refusals.NotFound("student", one);
        }

        IQueryable<AttemptEnvironment> found = session.Query<AttemptEnvironment>();
        found = student is { } whose ? found.Where(e => e.StudentId == whose) : found;
        found = request.ClassroomId is { } room ? found.Where(e => e.ClassroomId == room) : found;
        found = request.Status is { } status ? found.Where(e => e.Status == status) : found;
        found = request.Remaining is { } remaining ? found.Where(e => e.Remains == remaining) : found;
        return await found.ToPage(request, EnvironmentView.Of, cancellationToken);
    }

    private async Task<Result<EnvironmentView>> Seen(Guid id, CancellationToken ct)
    {
        var seen = await session.See<AttemptEnvironment>(actor, id, e => e.StudentId, ct);
        return seen.Value is { } environment ? EnvironmentView.Of(environment) : Refusals.NotFound("environment", id);
    }
}

internal sealed class GetAttemptEnvironmentEndpoint(IDoor door) : DoorEndpoint<GetAttemptEnvironment, EnvironmentView>(door)
{
    public override void Configure() => Describe("GET", "attempts/{attemptId}/environment", "The environment of an attempt: whether it is ready, and until when");
}

internal sealed class GetEnvironmentEndpoint(IDoor door) : DoorEndpoint<GetEnvironment, EnvironmentView>(door)
{
    public override void Configure() => Describe("GET", "environments/{environmentId}", "One environment");
}

internal sealed class ListEnvironmentsEndpoint(IDoor door) : DoorEndpoint<ListEnvironments, Page<EnvironmentView>>(door)
{
    public override void Configure() => Describe("GET", "environments", "Environments on classrooms, newest first");
}
