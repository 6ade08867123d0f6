using Academy.Features.Door;
using Academy.Features.Maintaining;
using Academy.Features.Provisioning;
using MediatR;
using Quartz;

namespace Academy.Host.Jobs;

/// <summary>Makes environments, puts them to sleep and wakes them.</summary>
[DisallowConcurrentExecution]
internal sealed class ProvisionEnvironments(DueEnvironments due, EachEnvironment each, TimeProvider clock) : IJob
{
    public const string Description = "Makes environments in classrooms, puts them to sleep and wakes them";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await each.Send(await due.Work(clock.GetUtcNow(), cancellationToken), id => new WorkOnEnvironment(id), cancellationToken);
}

/// <summary>Removes environments that have ended.</summary>
[DisallowConcurrentExecution]
internal sealed class RemoveEnvironments(DueEnvironments due, EachEnvironment each, TimeProvider clock) : IJob
{
    public const string Description = "Removes ended environments from classrooms";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await each.Send(await due.Removal(clock.GetUtcNow(), cancellationToken), id => new RemoveEnvironment(id), cancellationToken);
}

/// <summary>Ends environments whose time is up, and announces ends that are near.</summary>
[DisallowConcurrentExecution]
internal sealed class ExpireEnvironments(DueEnvironments due, EachEnvironment each, EnvironmentsOptions options, TimeProvider clock) : IJob
{
    public const string Description = "Ends environments whose time is up, and announces ends that are near";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        await each.Send(await due.Ending(now, now + options.WarnBefore, cancellationToken), id => new ExpireEnvironment(id), cancellationToken);
    }
}

/// <summary>Removes from classrooms what belongs to no environment any more.</summary>
[DisallowConcurrentExecution]
internal sealed class SweepClassrooms(DueEnvironments due, EachEnvironment each) : IJob
{
    public const string Description = "Removes from classrooms what belongs to no environment any more";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken) =>
        await each.Send(await due.Classrooms(cancellationToken), id => new SweepClassroom(id), cancellationToken);
}

/// <summary>Sends a command for each, a few at a time: one slow or broken classroom does not hold up the others.</summary>
internal sealed partial class EachEnvironment(IDoor door, EnvironmentsOptions options, ILogger<EachEnvironment> log)
{
    public Task Send(IReadOnlyList<Overdue> due, Func<Guid, IRequest<Result<Done>>> command, CancellationToken ct) => Parallel.ForEachAsync(
        due, new ParallelOptions { MaxDegreeOfParallelism = options.AtOnce, CancellationToken = ct }, async (one, token) =>
        {
            try
            {
                if ((await door.Send(command(one.Id), Actor.System(one.Tenant), token)).Refusal is { } refusal)
                {
                    Refused(command(one.Id).GetType().Name, one.Id, refusal.Code, refusal.Message);
                }
            }
            catch (Exception trouble) when (trouble is not OperationCanceledException)
            {
                Failed(trouble, command(one.Id).GetType().Name, one.Id);
            }
        });

    [LoggerMessage(Level = LogLevel.Information, Message = "{Command} of {Id} was refused: {Code} {Reason}")]
    private partial void Refused(string command, Guid id, string code, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Command} of {Id} failed and is tried again")]
    private partial void Failed(Exception trouble, string command, Guid id);
}
