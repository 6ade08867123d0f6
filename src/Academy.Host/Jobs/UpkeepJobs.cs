using Academy.Features.Attempting;
using Academy.Features.Conversing;
using Academy.Features.Door;
using Academy.Features.Maintaining;
using Academy.Host.Setup;
using Quartz;

namespace Academy.Host.Jobs;

/// <summary>Ends attempts that nobody has touched for long.</summary>
[DisallowConcurrentExecution]
internal sealed class ExpireIdleAttempts(Upkeep upkeep, IDoor door, TimeProvider clock, IServiceProvider services) : IJob
{
    public const string Description = "Ends attempts that nobody has touched for long";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var idle = services.Settings().AttemptIdle;
        foreach (var (tenant, id) in await upkeep.IdleAttempts(clock.GetUtcNow() - idle, cancellationToken))
        {
            await door.Send(new ExpireAttempt(id, idle), Actor.System(tenant), cancellationToken);
        }
    }
}

/// <summary>Closes replies whose writer died, so that the student can ask again.</summary>
[DisallowConcurrentExecution]
internal sealed class EndInterruptedReplies(Upkeep upkeep, IDoor door, TimeProvider clock, IServiceProvider services) : IJob
{
    public const string Description = "Closes replies whose writer died";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var silence = services.Settings().ReplySilence;
        foreach (var (tenant, id) in await upkeep.SilentReplies(clock.GetUtcNow() - silence, cancellationToken))
        {
            await door.Send(new EndInterruptedReply(id, silence), Actor.System(tenant), cancellationToken);
        }
    }
}

/// <summary>Forgets idempotency keys that are older than promised.</summary>
[DisallowConcurrentExecution]
internal sealed class ForgetReceipts(Upkeep upkeep, IDoor door, TimeProvider clock, IServiceProvider services) : IJob
{
    public const string Description = "Forgets idempotency keys that are old";

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        foreach (var tenant in await upkeep.Tenants(cancellationToken))
        {
            await door.Send(new PurgeReceipts(clock.GetUtcNow() - services.Settings().ReceiptLife), Actor.System(tenant), cancellationToken);
        }
    }
}
