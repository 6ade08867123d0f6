using Academy.Clusters;
using Academy.Clusters.Classrooms;
using Academy.Curriculum;
using Academy.Domain.Environments;

namespace Academy.Features.Provisioning;

/// <summary>Does in the classroom what is wanted of an environment: makes it, puts it to sleep, wakes it, writes its expiry. Nothing wanted, nothing done.</summary>
[Audience(Actor.SystemRole)]
public sealed record WorkOnEnvironment(Guid EnvironmentId) : IAcademyCommand<Done>;

/// <summary>Removes what is left of an environment that has ended or failed.</summary>
[Audience(Actor.SystemRole)]
public sealed record RemoveEnvironment(Guid EnvironmentId) : IAcademyCommand<Done>;

/// <summary>
/// The work comes first and what came of it is recorded after, against the state of that moment. Whoever is stopped in between leaves
/// behind what the next run finds and goes on with.
/// </summary>
internal sealed class WorkOnEnvironmentHandlers(
    IDocumentSession session, IActor actor, ClassroomAccess classrooms, Catalog catalog, EnvironmentsOptions options, TimeProvider clock) :
    IRequestHandler<WorkOnEnvironment, Result<Done>>,
    IRequestHandler<RemoveEnvironment, Result<Done>>
{
    public Task<Result<Done>> Handle(WorkOnEnvironment request, CancellationToken cancellationToken) => Try(request.EnvironmentId, Work, cancellationToken);

    public Task<Result<Done>> Handle(RemoveEnvironment request, CancellationToken cancellationToken) => Try(request.EnvironmentId, Remove, cancellationToken);

    private async Task<Func<AttemptEnvironment, Decision>?> Work(AttemptEnvironment e, IClassroomServer server, CancellationToken ct)
    {
        if (catalog.FindLab(e.LabId) is not { } lab)
        {
            throw new ClassroomException("environment.no-lab", $"There is no lab '{e.LabId}' any more.", mayPass: false);
        }

        var plan = EnvironmentPlans.Of(e, lab, classrooms.Owner, options);
        switch (e)
        {
            case { Remains: true, Status: EnvironmentStatus.Requested }:
                var made = await EnvironmentMaker.MakeAsync(server, plan, ct);
                return s => s.Provisioned(made, plan.ExpiresAt, clock.GetUtcNow());
            case { Remains: true, Status: EnvironmentStatus.FallingAsleep }:
                var asleep = await EnvironmentSleeper.SleepAsync(server, e.Namespace, ct);
                return s => s.Slept(asleep, clock.GetUtcNow());
            case { Remains: true, Status: EnvironmentStatus.Waking }:
                var awake = await EnvironmentSleeper.WakeAsync(server, e.Namespace, ct);
                return s => s.Woken(awake, clock.GetUtcNow());
            case { Remains: true, Status: EnvironmentStatus.Ready or EnvironmentStatus.Asleep } when e.MarkedExpiry != e.ExpiresAt:
                await EnvironmentMaker.MarkAsync(server, plan, ct);
                return s => s.Marked(plan.ExpiresAt, clock.GetUtcNow());
            default:
                return null;
        }
    }

    private async Task<Func<AttemptEnvironment, Decision>?> Remove(AttemptEnvironment e, IClassroomServer server, CancellationToken ct) =>
        e is { Remains: true, Status: EnvironmentStatus.Ending or EnvironmentStatus.Failed }
            && await EnvironmentRemover.RemoveAsync(server, classrooms.Owner, e.Id, e.Namespace, ct)
                ? s => s.Gone(clock.GetUtcNow())
                : null;

    private async Task<Result<Done>> Try(
        Guid id, Func<AttemptEnvironment, IClassroomServer, CancellationToken, Task<Func<AttemptEnvironment, Decision>?>> work, CancellationToken ct)
    {
        if (await session.LoadAsync<AttemptEnvironment>(id, ct) is not { } environment)
        {
            return Refusals.NotFound("environment", id);
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.WorkTimeout);
        Func<AttemptEnvironment, Decision>? came;
        try
        {
            using var room = await classrooms.Open(environment.ClassroomId, ct);
            came = room is not null
                ? await work(environment, room.Server, limit.Token)
                : Late("environment.no-classroom", "The classroom's credentials are gone.", mayPass: true);
        }
        catch (ClassroomException trouble)
        {
            came = Late(trouble.Code, trouble.Message, trouble.MayPass);
        }
        catch (ClusterReadException trouble)
        {
            came = Late(trouble.Code, trouble.Message, mayPass: true);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            came = Late("cluster.timeout", $"The work was not done within {options.WorkTimeout.TotalSeconds:0} seconds.", mayPass: true);
        }

        return came is null ? Done.Instance : await session.Decide(id, actor, came, ct);
    }

    // What cannot pass ends an environment that is to be made; everything else is owed, and tried again.
    private Func<AttemptEnvironment, Decision> Late(string code, string reason, bool mayPass) => s =>
        !mayPass && s.Status == EnvironmentStatus.Requested ? s.Fail(code, reason, clock.GetUtcNow()) : s.Delay(code, reason, options.MaxTries, clock.GetUtcNow());
}
