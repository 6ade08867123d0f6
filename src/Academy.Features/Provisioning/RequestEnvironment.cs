using Academy.Curriculum;
using Academy.Domain.Attempts;
using Academy.Domain.Classrooms;
using Academy.Domain.Environments;

namespace Academy.Features.Provisioning;

/// <summary>Asks for the environment of an attempt that was started in a classroom. It is made in the background.</summary>
[Audience(Roles.Student)]
public sealed record RequestEnvironment(Guid AttemptId) : IAcademyCommand<EnvironmentView>;

internal sealed class RequestEnvironmentHandler(IDocumentSession session, IActor actor, Catalog catalog, EnvironmentsOptions options, TimeProvider clock)
    : IRequestHandler<RequestEnvironment, Result<EnvironmentView>>
{
    private static readonly TimeSpan ComeAgain = TimeSpan.FromMinutes(5);

    public async Task<Result<EnvironmentView>> Handle(RequestEnvironment request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<Attempt>(request.AttemptId, cancellationToken) is not { } attempt || attempt.StudentId != actor.Id)
        {
            return Refusals.NotFound<Attempt>(request.AttemptId);
        }

        var id = EnvironmentNames.Environment(attempt.Id);
        if (attempt.ClusterId != id)
        {
            return new Refusal(RefusalKind.Conflict, "environment.elsewhere", "This attempt is on a cluster of yours. Start the lab without one to work in a classroom.");
        }

        if (attempt.Status != AttemptStatus.Active)
        {
            return new Refusal(RefusalKind.Conflict, "attempt.closed", "This attempt is over. Start the lab anew to go on.");
        }

        if (catalog.FindLab(attempt.LabId) is not { } lab)
        {
            return Refusals.NotFound<Lab>(attempt.LabId);
        }

        if (await session.Query<AttemptEnvironment>().CountAsync(e => e.StudentId == actor.Id && e.Remains && e.Id != id, cancellationToken) >= options.MaxPerStudent)
        {
            return new Refusal(RefusalKind.Conflict, "environment.too-many", $"You may have {options.MaxPerStudent} environments at a time. End one of the others first.");
        }

        if (await Room(cancellationToken) is not { } room)
        {
            return new Refusal(RefusalKind.Conflict, "environment.no-room", "All classrooms are full just now.") { RetryAfter = ComeAgain };
        }

        var now = clock.GetUtcNow();
        var requested = new EnvironmentRequested(
            id, attempt.Id, actor.Id, room, lab.Id, lab.Version, attempt.Namespace, now.AddHours(Math.Min(lab.Environment.Hours, options.MaxHours)), now);
        var before = await session.LoadAsync<AttemptEnvironment>(id, cancellationToken);
        return await session.DecideFresh<AttemptEnvironment, EnvironmentView>(
            id, e => EnvironmentDecisions.Request(e, requested), EnvironmentView.Of(AttemptEnvironment.Fold(before, requested)!), cancellationToken);
    }

    /// <summary>The classroom with the largest share of its places free.</summary>
    private async Task<Guid?> Room(CancellationToken ct)
    {
        var held = await session.EnvironmentsPerClassroom(ct);
        return (await session.Query<Classroom>().Where(c => !c.Removed).ToListAsync(ct))
            .Select(c => (c.Id, Share: (double)held.GetValueOrDefault(c.Id) / c.MaxEnvironments))
            .Where(c => c.Share < 1)
            .OrderBy(c => c.Share)
            .ThenBy(c => c.Id)
            .Select(c => (Guid?)c.Id)
            .FirstOrDefault();
    }
}

internal sealed class RequestEnvironmentEndpoint(IDoor door) : DoorEndpoint<RequestEnvironment, EnvironmentView>(door)
{
    public override void Configure() => Describe("POST", "attempts/{attemptId}/environment", "A student asks for the environment of an attempt in a classroom");
}
