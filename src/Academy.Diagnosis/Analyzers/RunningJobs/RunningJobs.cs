using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Logs;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.RunningJobs;

/// <summary>Jobs that have failed for good, of those the newest of each CronJob.</summary>
internal sealed class RunningJobs : IAnalyzer
{
    public Rule Rule { get; } = new("ACD701", "Job fails", Severity.Error, nameof(RunningJobs), [Reasons.JobBackoffLimitExceeded, Reasons.JobDeadlineExceeded, Reasons.TrainingWorkerFailed, Reasons.PipelineStepFailed]);

    public IEnumerable<Fact> Analyze(Cluster cluster)
    {
        foreach (var group in cluster.All("Job").GroupBy(cluster.TopOwner))
        {
            // A later run that worked makes an earlier failure history.
            var latest = group.OrderByDescending(job => job.Status.Time("startTime") ?? job.Created).ThenBy(job => job.Name, StringComparer.Ordinal).First();
            var failed = latest.Condition("Failed");
            if (failed.Text("status") != "True")
            {
                continue;
            }

            var deadline = failed.Text("reason") == "DeadlineExceeded";
            var workload = cluster.WorkloadAt(group.Key);
            var last = workload?.Pods.SelectMany(pod => pod.Containers.Where(container => container.Failed).Select(container => LogReading.Of(cluster, pod, container))).FirstOrDefault(log => log?.Decisive is not null);
            yield return new Fact(group.Key, deadline ? Reasons.JobDeadlineExceeded : Crashes.IsPipeline(group.Key.Kind) ? Reasons.PipelineStepFailed : Crashes.IsTraining(group.Key.Kind) ? Reasons.TrainingWorkerFailed : Reasons.JobBackoffLimitExceeded, deadline ? 0.9 : 0.75, deadline
                ? $"Job {latest.Name} did not finish within its {latest.Spec.Text("activeDeadlineSeconds")} seconds and was stopped."
                : $"Every try of Job {latest.Name} failed, so it has given up.")
            {
                Strength = deadline ? Strength.Likely : Strength.Vague,
                Evidence = [Quote.Field(latest, "status.conditions[Failed]", $"{failed.Text("reason")}: {failed.Text("message")}"), .. last?.Decisive is { } sign ? (Evidence[])[last.Quote(sign)] : []],
                Explains = [group.Key],
                DependsOn = workload is null ? [] : [.. Hosts.ServicesNamedIn(cluster, workload).Select(service => service.Ref)],
                Fix = deadline ? "Raise activeDeadlineSeconds, or make the work faster." : "Repair the job's command or its input, then run the job again.",
            };
        }
    }
}
