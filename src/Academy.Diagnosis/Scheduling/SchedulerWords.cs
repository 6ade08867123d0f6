using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Scheduling;

/// <summary>What the scheduler said, in the wording of any version.</summary>
internal static class SchedulerWords
{
    private static readonly (string Words, string Reason)[] Known =
    [
        ("insufficient cpu", Reasons.InsufficientCpu),
        ("insufficient memory", Reasons.InsufficientMemory),
        ("insufficient ephemeral-storage", Reasons.EphemeralStorageExceeded),
        ("too many pods", Reasons.InsufficientPods),
        ("free ports", Reasons.HostPortConflict),
        ("max volume count", Reasons.NodeVolumeLimitExceeded),
        ("no available volume zone", Reasons.VolumeNodeAffinityConflict),
        ("volume node affinity conflict", Reasons.VolumeNodeAffinityConflict),
        ("anti-affinity", Reasons.AntiAffinityUnsatisfiable),
        ("pod affinity", Reasons.PodAffinityUnsatisfiable),
        ("topology spread", Reasons.TopologySpreadUnsatisfiable),
        ("node selector", Reasons.NodeSelectorMismatch),
        ("node affinity", Reasons.NodeAffinityUnsatisfiable),
        ("unschedulable", Reasons.NodeCordoned),
        ("taint", Reasons.UntoleratedTaint),
    ];

    /// <summary>The newest thing said about why the pod waits.</summary>
    public static (string Text, Evidence? Evidence) About(Cluster cluster, Pod pod)
    {
        if (cluster.EventsOf(pod.Ref).LastOrDefault(e => e.Reason == "FailedScheduling") is { } e)
        {
            return (e.Message, Graph.Quote.Event(e));
        }

        var condition = pod.Object.Condition("PodScheduled");
        return condition.Text("message") is { Length: > 0 } message
            ? (message, Graph.Quote.Field(pod.Object, "status.conditions[PodScheduled].message", message))
            : ("", null);
    }

    /// <summary>The reason named for the most nodes, where the objects alone do not show one.</summary>
    public static (string Reason, string Resource)? Main(string text)
    {
        var lower = text.ToLowerInvariant();
        var parts = lower.Split([", ", ": ", ". "], StringSplitOptions.RemoveEmptyEntries);
        var best = parts.Select(part => (Part: part, Count: long.TryParse(part.Split(' ')[0], out var count) ? count : 0))
            .Where(item => item.Count > 0 && !item.Part.Contains("nodes are available", StringComparison.Ordinal) && !item.Part.Contains("preemption", StringComparison.Ordinal))
            .OrderBy(item => item.Part.Contains("taint", StringComparison.Ordinal))
            .ThenByDescending(item => item.Count)
            .Select(item => item.Part)
            .FirstOrDefault() ?? lower;
        var at = best.IndexOf("insufficient ", StringComparison.Ordinal);
        if (at >= 0 && best[(at + 13)..].Split(' ', ',', '.').FirstOrDefault() is { Length: > 0 } && best[(at + 13)..].Contains('/', StringComparison.Ordinal))
        {
            return (Reasons.InsufficientGpu, best[(at + 13)..].TrimEnd('.', ' ').Split(' ')[0]);
        }

        return Known.Where(item => best.Contains(item.Words, StringComparison.Ordinal)).Select(item => ((string, string)?)(item.Reason, "")).FirstOrDefault();
    }
}
