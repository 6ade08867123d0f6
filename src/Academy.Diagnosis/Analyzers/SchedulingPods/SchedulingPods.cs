using System.Globalization;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;
using Academy.Diagnosis.Scheduling;

namespace Academy.Diagnosis.Analyzers.SchedulingPods;

/// <summary>Pods that no node takes. The objects are asked first; the scheduler's message only where they do not tell.</summary>
internal sealed class SchedulingPods : IAnalyzer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public Rule Rule { get; } = new("ACD201", "Pod cannot be scheduled", Severity.Error, nameof(SchedulingPods),
    [
        Reasons.InsufficientCpu, Reasons.InsufficientMemory, Reasons.InsufficientPods, Reasons.InsufficientGpu, Reasons.EphemeralStorageExceeded,
        Reasons.NodeSelectorMismatch, Reasons.NodeAffinityUnsatisfiable, Reasons.PodAffinityUnsatisfiable, Reasons.AntiAffinityUnsatisfiable,
        Reasons.TopologySpreadUnsatisfiable, Reasons.UntoleratedTaint, Reasons.HostPortConflict, Reasons.SchedulerNameUnknown, Reasons.SchedulingGated,
        Reasons.PreemptedByHigherPriority, Reasons.NodeNotReady, Reasons.NodeCordoned, Reasons.NodeDiskPressure, Reasons.NodeMemoryPressure, Reasons.NodePidPressure,
        Reasons.NodeNetworkUnavailable, Reasons.VolumeNodeAffinityConflict, Reasons.GpuExhaustedByOtherWorkload, Reasons.GpuFragmentation,
        Reasons.GpuDevicePluginMissing, Reasons.GangSchedulingDeadlock, Reasons.NodeVolumeLimitExceeded, Reasons.NotebookNotScheduled,
    ]);

    public IEnumerable<Fact> Analyze(Cluster cluster)
    {
        foreach (var pod in cluster.Pods.Where(pod => Pinned(cluster, pod)))
        {
            var at = pod.Workload.Ref;
            yield return new Fact(at, Reasons.NodeSelectorMismatch, 0.95, $"{at.Kind} {at.Name} is pinned to node {pod.NodeName}, which is not in the cluster.")
            {
                Evidence = [Quote.Field(pod.Object, "spec.nodeName", pod.NodeName)],
                Explains = [at],
                Fix = "Drop nodeName from the pod template and let the scheduler choose, or name a node that exists.",
            };
        }

        NodeRoom? room = null;
        // Pods of one template wait for one reason: a few of them tell it.
        foreach (var group in cluster.Pods.Where(pod => Waits(cluster, pod)).GroupBy(pod => pod.Workload))
        {
            foreach (var pod in group.Take(3))
            {
                room ??= new NodeRoom(cluster);
                if (Explain(cluster, room, pod) is { } fact)
                {
                    yield return fact with { Explains = [.. fact.Explains.Append(pod.Workload.Ref).Distinct()] };
                }
            }
        }
    }

    /// <summary>Bound by its template, past the scheduler, to a node that is not there.</summary>
    private static bool Pinned(Cluster cluster, Pod pod) =>
        pod.Scheduled && !pod.Ready && !pod.Finished && !pod.Terminating && cluster.Nodes.Count > 0 && cluster.Readable("Node")
        && !cluster.Exists("Node", null, pod.NodeName) && (pod.Workload.Template.Text("spec", "nodeName") ?? (pod.Workload.Ref.Kind == "Pod" ? pod.NodeName : null)) == pod.NodeName;

    private static bool Waits(Cluster cluster, Pod pod) =>
        pod.Phase is "Pending" or null && !pod.Scheduled && !pod.Terminating
        && (Trouble.Age(cluster, pod) > Patience || SchedulerWords.About(cluster, pod).Text.Length > 0);

    private static Fact? Explain(Cluster cluster, NodeRoom room, Pod pod)
    {
        var workload = pod.Workload.Ref;
        var (said, quote) = SchedulerWords.About(cluster, pod);
        IReadOnlyList<Evidence> words = quote is null ? [] : [quote];
        if (pod.Spec.Items("schedulingGates") is { Count: > 0 } gates)
        {
            return new Fact(workload, Reasons.SchedulingGated, 0.95, $"Pods of {workload.Kind} {workload.Name} are held back by scheduling gate {gates[0].Text("name")}, which nothing has removed.")
            {
                Evidence = [Quote.Field(pod.Object, "spec.schedulingGates[0].name", gates[0].Text("name")), .. words],
                Fix = "Let the controller that owns the gate remove it, or take the gate out of the pod template.",
            };
        }

        var scheduler = pod.Spec.Text("schedulerName") ?? "default-scheduler";
        if (said.Length == 0 && scheduler != "default-scheduler" && !cluster.Pods.Any(other => other.Scheduled && other.Spec.Text("schedulerName") == scheduler))
        {
            return new Fact(workload, Reasons.SchedulerNameUnknown, 0.93, $"{workload.Kind} {workload.Name} wants scheduler {scheduler}, and no such scheduler has looked at its pods.")
            {
                Evidence = [Quote.Field(pod.Object, "spec.schedulerName", scheduler)],
                Fix = "Drop schedulerName to use the default scheduler, or run the scheduler it names.",
            };
        }

        if (Volumes.Claims(cluster, pod).Any(item => item.Claim is null || Unbound(cluster, item.Claim)) || said.Contains("unbound immediate", StringComparison.Ordinal))
        {
            return null;
        }

        var placement = cluster.Nodes.Count == 0 ? new Placement(Obstacle.None, []) : Placement.Of(cluster, room, pod);
        var preempted = cluster.Events.LastOrDefault(e => e.Reason == "Preempted" && cluster.WorkloadsIn(pod.Namespace).Count > 0 && e.About.Kind == "Pod" && e.About.Namespace == pod.Namespace && SameOwner(cluster, e.About, pod));
        if (preempted is not null && placement.Obstacle is Obstacle.Resource or Obstacle.None)
        {
            return new Fact(workload, Reasons.PreemptedByHigherPriority, 0.9, $"Pods of {workload.Kind} {workload.Name} were pushed out by pods of higher priority and find no room now.")
            {
                Evidence = [Quote.Event(preempted), .. words],
                Fix = "Give it a higher PriorityClass, make room, or lower the priority of what pushed it out.",
            };
        }

        return Obstacles.Explain(cluster, room, pod, placement, said) is { } fact
            ? fact with { Evidence = [.. words, .. fact.Evidence], Reason = fact.Subject == workload && workload.Kind == "Notebook" ? Reasons.NotebookNotScheduled : fact.Reason }
            : null;
    }

    private static bool Unbound(Cluster cluster, KubeObject claim) =>
        claim.Status.Text("phase") != "Bound"
        && cluster.Find("StorageClass", null, claim.Spec.Text("storageClassName"))?.Json.Text("volumeBindingMode") != "WaitForFirstConsumer";

    private static bool SameOwner(Cluster cluster, ObjectRef gone, Pod pod) =>
        cluster.Pod(gone.Namespace, gone.Name)?.Workload == pod.Workload
        || (pod.Object.Json.Text("metadata", "generateName") is { Length: > 0 } prefix && gone.Name.StartsWith(prefix, StringComparison.Ordinal))
        || (pod.Object.Controller.Text("name") is { Length: > 0 } owner && gone.Name.StartsWith(owner + "-", StringComparison.Ordinal))
        || gone.Name == pod.Name;
}
