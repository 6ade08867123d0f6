using Academy.Domain;
using Academy.Features.Door;
using Academy.Features.Http;
using MediatR;
using Quartz;

namespace Academy.Host.Jobs;

/// <param name="State">Of its trigger, e.g. <c>Normal</c> or <c>Error</c>.</param>
public sealed record JobView(string Name, string? Description, DateTimeOffset? LastRun, DateTimeOffset? NextRun, string State);

/// <summary>What Academy does by itself, and when.</summary>
[Audience(Roles.Administrator)]
public sealed record ListJobs : IAcademyQuery<IReadOnlyList<JobView>>;

/// <summary>Runs a job now, besides its schedule.</summary>
[Audience(Roles.Administrator)]
public sealed record RunJob(string Name) : IAcademyCommand<Done>;

internal sealed class JobHandlers(ISchedulerFactory schedulers) :
    IRequestHandler<ListJobs, Result<IReadOnlyList<JobView>>>,
    IRequestHandler<RunJob, Result<Done>>
{
    public async Task<Result<IReadOnlyList<JobView>>> Handle(ListJobs request, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var views = new List<JobView>();
        foreach (var key in await scheduler.GetJobKeys(GroupMatcher<JobKey>.AnyGroup(), cancellationToken))
        {
            var job = await scheduler.GetJobDetail(key, cancellationToken);
            foreach (var trigger in (await scheduler.GetTriggersOfJob(key, cancellationToken)).Where(t => t.Key.Name == key.Name))
            {
                var state = await scheduler.GetTriggerState(trigger.Key, cancellationToken);
                views.Add(new JobView(key.Name, job?.Description, trigger.PreviousFireTimeUtc, trigger.NextFireTimeUtc, state.ToString()));
            }
        }

        return views;
    }

    public async Task<Result<Done>> Handle(RunJob request, CancellationToken cancellationToken)
    {
        var scheduler = await schedulers.GetScheduler(cancellationToken);
        var key = new JobKey(request.Name);
        if (!await scheduler.Exists(key, cancellationToken))
        {
            return new Refusal(RefusalKind.NotFound, "job.not-found", $"There is no job '{request.Name}'.");
        }

        await scheduler.TriggerJob(key, cancellationToken);
        return Done.Instance;
    }
}

internal sealed class ListJobsEndpoint(IDoor door) : DoorEndpoint<ListJobs, IReadOnlyList<JobView>>(door)
{
    public override void Configure() => Describe("GET", "jobs", "What Academy does by itself, when it last did and when it will");
}

internal sealed class RunJobEndpoint(IDoor door) : DoorEndpoint<RunJob, Done>(door)
{
    public override void Configure() => Describe("POST", "jobs/{name}/run", "Runs a job now");
}
