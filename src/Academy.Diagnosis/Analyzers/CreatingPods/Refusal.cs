using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.CreatingPods;

/// <summary>A workload that cannot create its pods now, and the API server's words.</summary>
internal sealed record Refusal(Workload Workload, string Text, Evidence Evidence)
{
    public static IEnumerable<Refusal> Of(Cluster cluster)
    {
        foreach (var e in cluster.Events.Where(e => e.Reason is "FailedCreate" or "ReplicaSetCreateError" or "FailedUpdate" && e.Warning))
        {
            var kind = cluster.Find(e.About.Kind, e.About.Namespace, e.About.Name);
            var workload = cluster.WorkloadAt(kind is null ? e.About : cluster.TopOwner(kind));
            if (workload is not null && Lacks(kind, workload))
            {
                yield return new Refusal(workload, e.Message, Quote.Event(e));
            }
        }

        foreach (var workload in cluster.Workloads)
        {
            if (workload.Object?.Condition("ReplicaFailure") is { } condition && condition.Text("status") == "True" && condition.Text("message") is { } message)
            {
                yield return new Refusal(workload, message, Quote.Field(workload.Object, "status.conditions[ReplicaFailure].message", message));
            }
        }
    }

    /// <summary>Refused once and created later is no trouble.</summary>
    private static bool Lacks(KubeObject? creator, Workload workload) => creator switch
    {
        { Kind: "ReplicaSet" } => (creator.Spec.Number("replicas") ?? 1) > (creator.Status.Number("replicas") ?? 0),
        { Kind: "StatefulSet" } => (creator.Spec.Number("replicas") ?? 1) > (creator.Status.Number("replicas") ?? 0),
        { Kind: "Job" } => creator.Condition("Complete") is null && (creator.Status.Number("active") ?? 0) == 0 && (creator.Status.Number("succeeded") ?? 0) == 0,
        { Kind: "DaemonSet" } => (creator.Status.Number("desiredNumberScheduled") ?? 0) > (creator.Status.Number("currentNumberScheduled") ?? 0),
        _ => Trouble.Short(workload),
    };
}
