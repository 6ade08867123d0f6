using Academy.Domain.Attempts;

namespace Academy.Features.Attempting;

[Audience(Roles.Student)]
public sealed record AbandonAttempt(Guid AttemptId) : IAcademyCommand<Done>;

internal sealed class AbandonAttemptHandler(IDocumentSession session, IActor actor, TimeProvider clock) : IRequestHandler<AbandonAttempt, Result<Done>>
{
    public async Task<Result<Done>> Handle(AbandonAttempt request, CancellationToken cancellationToken) =>
        await session.LoadAsync<Attempt>(request.AttemptId, cancellationToken) is { } mine && mine.StudentId == actor.Id
            ? await session.Decide<Attempt>(request.AttemptId, actor, a => a.Abandon(clock.GetUtcNow()), cancellationToken)
            : Refusals.NotFound<Attempt>(request.AttemptId);
}

internal sealed class AbandonAttemptEndpoint(IDoor door) : DoorEndpoint<AbandonAttempt, Done>(door)
{
    public override void Configure() => Describe("POST", "attempts/{attemptId}/abandon", "A student gives an attempt up");
}

/// <summary>Ends an attempt that has lain untouched for too long; does nothing to one that has not.</summary>
[Audience(Actor.SystemRole)]
public sealed record ExpireAttempt(Guid AttemptId, TimeSpan Idle) : IAcademyCommand<Done>;

internal sealed class ExpireAttemptHandler(IDocumentSession session, IActor actor, TimeProvider clock) : IRequestHandler<ExpireAttempt, Result<Done>>
{
    public Task<Result<Done>> Handle(ExpireAttempt request, CancellationToken cancellationToken) =>
        session.Decide<Attempt>(request.AttemptId, actor, a => a.Expire(request.Idle, clock.GetUtcNow()), cancellationToken);
}
