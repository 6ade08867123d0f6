using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.EvictingPods;

/// <summary>Pods that the kubelet threw out since they wrote too much.</summary>
internal sealed class EvictingPods : IAnalyzer
{
    public Rule Rule { get; } = new("ACD111", "Pod is evicted for what it writes", Severity.Error, nameof(EvictingPods), [Reasons.EphemeralStorageExceeded]);

    public IEnumerable<Fact> Analyze(Cluster cluster) =>
        from pod in cluster.Pods
        where pod.Object.Status.Text("reason") == "Evicted"
        let message = pod.Object.Status.Text("message") ?? ""
        where Own(message) && (!Trouble.Superseded(cluster, pod) || Again(pod))
        select new Fact(pod.Workload.Ref, Reasons.EphemeralStorageExceeded, 0.93, $"Pods of {pod.Workload.Ref.Kind} {pod.Workload.Ref.Name} write more to local storage than they may and are evicted.")
        {
            Evidence = [Quote.Field(pod.Object, "status.message", message)],
            Explains = [pod.Workload.Ref],
            Fix = "Raise the ephemeral-storage limit (or the emptyDir's sizeLimit), or write less or to a volume.",
        };

    /// <summary>A pod that was replaced and whose replacement stays is history; one after the other is a fault.</summary>
    private static bool Again(Pod pod) => pod.Workload.Pods.Count(other => other.Object.Status.Text("reason") == "Evicted") > 1;

    private static bool Own(string message) =>
        message.Contains("local ephemeral storage", StringComparison.OrdinalIgnoreCase)
        || message.Contains("ephemeral local storage", StringComparison.OrdinalIgnoreCase)
        || message.Contains("EmptyDir volume", StringComparison.OrdinalIgnoreCase);
}
