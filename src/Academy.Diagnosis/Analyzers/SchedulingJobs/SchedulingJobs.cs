using System.Globalization;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.SchedulingJobs;

/// <summary>CronJobs that do not run when they should.</summary>
internal sealed class SchedulingJobs : IAnalyzer
{
    public Rule Rule { get; } = new("ACD702", "CronJob does not run", Severity.Error, nameof(SchedulingJobs), [Reasons.CronjobSuspended, Reasons.CronjobScheduleInvalid, Reasons.ConcurrencyForbidBlocked, Reasons.CronjobMissedSchedules]);

    public IEnumerable<Fact> Analyze(Cluster cluster) =>
        from job in cluster.All("CronJob")
        let fact = Schedule(cluster, job) ?? Blocked(cluster, job) ?? Missed(cluster, job) ?? Suspended(cluster, job)
        where fact is not null
        select fact with { Explains = [job.Ref] };

    private static Fact? Schedule(Cluster cluster, KubeObject job)
    {
        var schedule = job.Spec.Text("schedule") ?? "";
        var complained = cluster.EventsOf(job.Ref).LastOrDefault(e => e.Warning && (e.Reason.Contains("Unparse", StringComparison.OrdinalIgnoreCase) || e.Reason == "InvalidSchedule" || e.Says("unparseable") || e.Says("unknown time zone")));
        if (complained is null && CronSchedule.EverFires(schedule))
        {
            return null;
        }

        return new Fact(job.Ref, Reasons.CronjobScheduleInvalid, complained is null ? 0.85 : 0.95, $"CronJob {job.Name} can never run: its schedule \"{schedule}\" names no moment that exists.")
        {
            Evidence = [Quote.Field(job, "spec.schedule", schedule), .. complained is null ? (Evidence[])[] : [Quote.Event(complained)]],
            Fix = "Write the schedule as minute, hour, day of month, month, day of week.",
        };
    }

    /// <summary>The controller says that it let runs pass: too many to catch up, or a deadline that is shorter than its own rounds.</summary>
    private static Fact? Missed(Cluster cluster, KubeObject job)
    {
        if (job.Spec.Flag("suspend") || cluster.EventsOf(job.Ref).LastOrDefault(e => e.Reason is "TooManyMissedTimes" or "FailedNeedsStart" or "MissSchedule" or "MissingSchedule" && e.Warning) is not { } said)
        {
            return null;
        }

        var deadline = job.Spec.Text("startingDeadlineSeconds");
        return new Fact(job.Ref, Reasons.CronjobMissedSchedules, 0.85, $"CronJob {job.Name} misses its runs{(deadline is null ? "" : $": each may start only {deadline} seconds late")}.")
        {
            Evidence = [Quote.Event(said), .. deadline is null ? (Evidence[])[] : [Quote.Field(job, "spec.startingDeadlineSeconds", deadline)]],
            Fix = deadline is null ? "Set startingDeadlineSeconds, so that only recent runs are counted, and see why runs were missed." : "Raise startingDeadlineSeconds above a few minutes.",
        };
    }

    private static Fact? Blocked(Cluster cluster, KubeObject job)
    {
        if (job.Spec.Text("concurrencyPolicy") != "Forbid" || job.Spec.Flag("suspend") || job.Status.Items("active").Head() is not { } active)
        {
            return null;
        }

        var running = cluster.Find("Job", job.Namespace, active.Text("name"));
        var started = running?.Status.Time("startTime") ?? running?.Created;
        var skipped = cluster.EventsOf(job.Ref).LastOrDefault(e => e.Reason is "JobAlreadyActive" or "FailedNeedsStart" or "TooManyMissedTimes");
        var period = CronSchedule.Period(job.Spec.Text("schedule") ?? "");
        var overdue = started is { } since && period is { } span && cluster.Now - since > span * 2;
        return skipped is null && !overdue ? null
            : new Fact(job.Ref, Reasons.ConcurrencyForbidBlocked, 0.85, $"CronJob {job.Name} starts no new run, since run {active.Text("name")} has not ended and concurrencyPolicy is Forbid.")
            {
                Strength = Strength.Likely,
                Evidence = [Quote.Field(job, "spec.concurrencyPolicy", "Forbid"), Quote.Field(job, "status.active[0].name", active.Text("name")), .. skipped is null ? (Evidence[])[] : [Quote.Event(skipped)]],
                Fix = "End or repair the run that hangs; give runs an activeDeadlineSeconds.",
            };
    }

    /// <summary>Suspended is a fault only where something says that the runs are missed.</summary>
    private static Fact? Suspended(Cluster cluster, KubeObject job)
    {
        var deliberate = job.Annotations.Keys.Any(key => key.Contains("suspend", StringComparison.OrdinalIgnoreCase) || key.EndsWith("reason", StringComparison.OrdinalIgnoreCase));
        if (!job.Spec.Flag("suspend") || deliberate)
        {
            return null;
        }

        foreach (var pod in cluster.PodsIn(job.Namespace ?? "default").Where(pod => pod.Workload.Ref != job.Ref && !pod.Finished))
        {
            foreach (var container in pod.Containers)
            {
                var line = cluster.Log(pod, container.Name, false)?.Text.Split('\n').TakeLast(100).FirstOrDefault(text => Names(job, text) && Missed(text));
                if (line is not null)
                {
                    return new Fact(job.Ref, Reasons.CronjobSuspended, 0.9, $"CronJob {job.Name} is suspended, and {pod.Workload.Ref.Kind} {pod.Workload.Ref.Name} waits for its runs.")
                    {
                        Evidence = [Quote.Field(job, "spec.suspend", "true"), Graph.Quote.Log(pod, container.Name, false, line)],
                        Fix = "Set suspend to false.",
                        Patch = Patches.At(["spec"], new System.Text.Json.Nodes.JsonObject { ["suspend"] = false }),
                    };
                }
            }
        }

        var last = job.Status.Time("lastScheduleTime");
        var expected = job.Annotations.Concat(job.Labels).FirstOrDefault(pair => (pair.Key + pair.Value).Contains("must run", StringComparison.OrdinalIgnoreCase) || (pair.Key + pair.Value).Contains("critical", StringComparison.OrdinalIgnoreCase) || pair.Key.Contains("expected", StringComparison.OrdinalIgnoreCase));
        return expected.Key is null ? null
            : new Fact(job.Ref, Reasons.CronjobSuspended, 0.75, string.Create(CultureInfo.InvariantCulture, $"CronJob {job.Name} is suspended although it is marked {expected.Key}: {expected.Value}{(last is null ? "" : $" (last run {last:u})")}."))
            {
                Strength = Strength.Likely,
                Evidence = [Quote.Field(job, "spec.suspend", "true"), Quote.Field(job, $"metadata.annotations.{expected.Key}", expected.Value)],
                Fix = "Set suspend to false.",
                Patch = Patches.At(["spec"], new System.Text.Json.Nodes.JsonObject { ["suspend"] = false }),
            };
    }

    /// <summary>The line speaks of the job, or of its runs by a word of its name.</summary>
    private static bool Names(KubeObject job, string line) =>
        line.Contains(job.Name, StringComparison.OrdinalIgnoreCase)
        || (!line.Contains(" INFO ", StringComparison.Ordinal) && job.Name.Split('-').Any(word => word.Length > 4 && line.Contains(word, StringComparison.OrdinalIgnoreCase)) && Old(line));

    private static bool Old(string line) =>
        ((string[])["days old", "hours old", "stale", "not run", "overdue", "out of date", "outdated", "older than", "never ran", "not been run", "last success", "last run"]).Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static bool Missed(string line) =>
        ((string[])["not run", "no run", "stale", "missing", "overdue", "out of date", "outdated", "older than", "expired", "waiting for", "never ran", "last ran", "last success", "did not run", "warn", "error"]).Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase));
}
