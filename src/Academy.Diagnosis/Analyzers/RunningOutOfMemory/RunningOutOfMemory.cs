using System.Globalization;
using System.Text.Json.Nodes;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.RunningOutOfMemory;

/// <summary>The kernel ended a process that grew past its memory limit.</summary>
internal sealed class RunningOutOfMemory : IAnalyzer
{
    public Rule Rule { get; } = new("ACD106", "Container is killed for memory", Severity.Error, nameof(RunningOutOfMemory), [Reasons.OomKilled]);

    public bool StaysInNamespace => true;

    public IEnumerable<Fact> Analyze(Cluster cluster) =>
        from pod in cluster.Pods
        where !pod.Terminating && pod.Phase != "Succeeded"
        from container in pod.Containers
        where container.Terminated.Text("reason") == "OOMKilled" && (Trouble.Crashes(cluster, pod, container) || (container.ExitCode == 0 && container.CrashLooping))
        let limit = container.Spec.Text("resources", "limits", "memory")
        select new Fact(pod.Workload.Ref, Reasons.OomKilled, 0.96,
            limit is null
                ? $"Container {container.Name} of {pod.Workload.Ref.Kind} {pod.Workload.Ref.Name} is killed since its node runs out of memory; it has no limit of its own."
                : $"Container {container.Name} of {pod.Workload.Ref.Kind} {pod.Workload.Ref.Name} needs more memory than its limit of {limit} and is killed.")
        {
            Evidence =
            [
                Quote.Field(pod.Object, container.TerminatedPath + ".reason", "OOMKilled"),
                Quote.Field(pod.Object, container.SpecPath + ".resources.limits.memory", limit ?? "(none)"),
                Quote.Field(pod.Object, container.StatusPath + ".restartCount", container.Restarts.ToString(CultureInfo.InvariantCulture)),
            ],
            Explains = [pod.Workload.Ref],
            Fix = "Raise the memory limit to what the process needs, or make it use less.",
            Patch = limit is not null && Doubled(limit) is { } more ? Patches.Container(pod.Workload, container, new() { ["resources"] = new JsonObject { ["limits"] = new JsonObject { ["memory"] = more } } }) : null,
        };

    private static string? Doubled(string limit) =>
        Quantity.Parse(limit) is { } bytes and > 0 and < 1e14m ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(bytes * 2 / 1048576m):0}Mi") : null;
}
