using Academy.Domain.Attempts;
using Academy.Domain.Environments;

namespace Academy.Features.Provisioning;

/// <param name="Hours">1 where it is not given.</param>
[Audience(Roles.Student)]
public sealed record ExtendEnvironment(Guid AttemptId, int? Hours = null) : IAcademyCommand<EnvironmentView>;

/// <summary>Scales what runs in it to nothing; it can be woken again.</summary>
[Audience(Roles.Student)]
public sealed record PutEnvironmentToSleep(Guid AttemptId) : IAcademyCommand<EnvironmentView>;

/// <summary>Scales everything up to what it was before it slept.</summary>
[Audience(Roles.Student)]
public sealed record WakeEnvironment(Guid AttemptId) : IAcademyCommand<EnvironmentView>;

[Audience(Roles.Student)]
public sealed record EndEnvironment(Guid AttemptId) : IAcademyCommand<EnvironmentView>;

/// <summary>The wishes of an environment's own student. They are recorded here and done in the background.</summary>
internal sealed class ChangeEnvironmentHandlers(IDocumentSession session, IActor actor, EnvironmentsOptions options, TimeProvider clock) :
    IRequestHandler<ExtendEnvironment, Result<EnvironmentView>>,
    IRequestHandler<PutEnvironmentToSleep, Result<EnvironmentView>>,
    IRequestHandler<WakeEnvironment, Result<EnvironmentView>>,
    IRequestHandler<EndEnvironment, Result<EnvironmentView>>
{
    private DateTimeOffset Now => clock.GetUtcNow();

    public Task<Result<EnvironmentView>> Handle(ExtendEnvironment request, CancellationToken cancellationToken) =>
        Mine(request.AttemptId, e => e.Extend(request.Hours ?? 1, options.Extensions, actor.Id, Now), cancellationToken);

    public Task<Result<EnvironmentView>> Handle(PutEnvironmentToSleep request, CancellationToken cancellationToken) =>
        Mine(request.AttemptId, e => e.Sleep(actor.Id, Now), cancellationToken);

    public Task<Result<EnvironmentView>> Handle(WakeEnvironment request, CancellationToken cancellationToken) =>
        Mine(request.AttemptId, e => e.Wake(actor.Id, Now), cancellationToken);

    public Task<Result<EnvironmentView>> Handle(EndEnvironment request, CancellationToken cancellationToken) =>
        Mine(request.AttemptId, e => e.End("The student ended it.", actor.Id, Now), cancellationToken);

    private async Task<Result<EnvironmentView>> Mine(Guid attempt, Func<AttemptEnvironment, Decision> decide, CancellationToken ct)
    {
        if (await session.LoadAsync<Attempt>(attempt, ct) is not { } own || own.StudentId != actor.Id)
        {
            return Refusals.NotFound<Attempt>(attempt);
        }

        var id = EnvironmentNames.Environment(attempt);
        return await session.LoadAsync<AttemptEnvironment>(id, ct) is not null
            ? await session.Decide(id, actor, decide, EnvironmentView.Of, ct)
            : Refusals.NotFound("environment", id);
    }
}

internal sealed class ExtendEnvironmentEndpoint(IDoor door) : DoorEndpoint<ExtendEnvironment, EnvironmentView>(door)
{
    public override void Configure() => Describe("POST", "attempts/{attemptId}/environment/extend", "A student prolongs an environment by some hours");
}

internal sealed class PutEnvironmentToSleepEndpoint(IDoor door) : DoorEndpoint<PutEnvironmentToSleep, EnvironmentView>(door)
{
    public override void Configure() => Describe("POST", "attempts/{attemptId}/environment/sleep", "Scales what runs in an environment to nothing");
}

internal sealed class WakeEnvironmentEndpoint(IDoor door) : DoorEndpoint<WakeEnvironment, EnvironmentView>(door)
{
    public override void Configure() => Describe("POST", "attempts/{attemptId}/environment/wake", "Scales an environment up to what it was before it slept");
}

internal sealed class EndEnvironmentEndpoint(IDoor door) : DoorEndpoint<EndEnvironment, EnvironmentView>(door)
{
    public override void Configure() => Describe("POST", "attempts/{attemptId}/environment/end", "A student ends an environment; all of it is removed");
}

/// <summary>Anybody's environment, for whoever runs the classrooms.</summary>
[Audience(Roles.Administrator)]
public sealed record StopEnvironment(Guid EnvironmentId) : IAcademyCommand<EnvironmentView>;

internal sealed class StopEnvironmentHandler(IDocumentSession session, IActor actor, TimeProvider clock) : IRequestHandler<StopEnvironment, Result<EnvironmentView>>
{
    public async Task<Result<EnvironmentView>> Handle(StopEnvironment request, CancellationToken cancellationToken) =>
        await session.LoadAsync<AttemptEnvironment>(request.EnvironmentId, cancellationToken) is not null
            ? await session.Decide<AttemptEnvironment, EnvironmentView>(
                request.EnvironmentId, actor, e => e.End("An administrator ended it.", actor.Id, clock.GetUtcNow()), EnvironmentView.Of, cancellationToken)
            : Refusals.NotFound("environment", request.EnvironmentId);
}

internal sealed class StopEnvironmentEndpoint(IDoor door) : DoorEndpoint<StopEnvironment, EnvironmentView>(door)
{
    public override void Configure() => Describe("POST", "environments/{environmentId}/end", "An administrator ends anybody's environment");
}
