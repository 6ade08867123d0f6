using Academy.Domain.Attempts;
using Academy.Domain.Environments;
using Academy.Domain.People;

namespace Academy.Features.Provisioning;

/// <summary>Ends an environment whose time is up, whose attempt is over or whose student was erased; announces an end that is near.</summary>
[Audience(Actor.SystemRole)]
public sealed record ExpireEnvironment(Guid EnvironmentId) : IAcademyCommand<Done>;

internal sealed class ExpireEnvironmentHandler(IDocumentSession session, IActor actor, EnvironmentsOptions options, TimeProvider clock)
    : IRequestHandler<ExpireEnvironment, Result<Done>>
{
    public async Task<Result<Done>> Handle(ExpireEnvironment request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<AttemptEnvironment>(request.EnvironmentId, cancellationToken) is not { } environment)
        {
            return Refusals.NotFound("environment", request.EnvironmentId);
        }

        var attempt = await session.LoadAsync<Attempt>(environment.AttemptId, cancellationToken);
        var student = await session.LoadAsync<Person>(environment.StudentId, cancellationToken);
        var now = clock.GetUtcNow();
        return await session.Decide<AttemptEnvironment>(
            environment.Id, actor,
            e => attempt is { Status: AttemptStatus.Abandoned or AttemptStatus.Expired } ? e.End("The attempt is over.", actor.Id, now)
                : student is { Erased: true } ? e.End("The student was erased.", actor.Id, now)
                : e.ExpiresAt <= now ? e.Expire(now)
                : e.Warn(options.WarnBefore, now),
            cancellationToken);
    }
}
