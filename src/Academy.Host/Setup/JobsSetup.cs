using Academy.Features.Door;
using Academy.Host.Jobs;
using MediatR;
using Npgsql;
using Quartz;

namespace Academy.Host.Setup;

/// <summary>Quartz with its store in PostgreSQL: of several replicas one runs each job, and another takes over when it dies.</summary>
internal static class JobsSetup
{
    public static void AddJobs(this WebApplicationBuilder builder)
    {
        builder.Services.AddQuartz(q =>
        {
            q.ConfigureScheduler(o => o.GenerateInstanceId = true);
            q.UsePersistentStore(s =>
            {
                s.UsePostgres(NpgsqlFactory.Instance, builder.Configuration.GetConnectionString("Academy")!);
                s.UseClustering();
                s.ProvisionSchema();
                s.UseSystemTextJsonSerializer();
            });
            Every<ExpireIdleAttempts>(q, ExpireIdleAttempts.Description, TimeSpan.FromMinutes(5));
            Every<EndInterruptedReplies>(q, EndInterruptedReplies.Description, TimeSpan.FromMinutes(1));
            Every<ForgetReceipts>(q, ForgetReceipts.Description, TimeSpan.FromHours(1));
            Every<ProvisionEnvironments>(q, ProvisionEnvironments.Description, TimeSpan.FromSeconds(3));
            Every<RemoveEnvironments>(q, RemoveEnvironments.Description, TimeSpan.FromSeconds(10));
            Every<ExpireEnvironments>(q, ExpireEnvironments.Description, TimeSpan.FromMinutes(1));
            Every<SweepClassrooms>(q, SweepClassrooms.Description, TimeSpan.FromMinutes(10));
        });
        builder.Services.AddSingleton<EachEnvironment>();
        builder.Services.AddQuartzHostedService(o => o.WaitForJobsToComplete = true);
        builder.Services.AddScoped<IRequestHandler<ListJobs, Result<IReadOnlyList<JobView>>>, JobHandlers>();
        builder.Services.AddScoped<IRequestHandler<RunJob, Result<Done>>, JobHandlers>();
    }

    private static void Every<TJob>(IQuartzBuilder quartz, string description, TimeSpan period)
        where TJob : class, IJob
    {
        var key = new JobKey(typeof(TJob).Name);
        quartz.AddJob<TJob>(j => j.WithIdentity(key).WithDescription(description).StoreDurably());
        quartz.AddTrigger(t => t.ForJob(key).WithIdentity(key.Name).WithSimpleSchedule(s => s.WithInterval(period).RepeatForever()));
    }
}
