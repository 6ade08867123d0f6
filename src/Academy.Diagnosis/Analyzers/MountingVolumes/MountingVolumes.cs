using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;
using Academy.Diagnosis.Scheduling;

namespace Academy.Diagnosis.Analyzers.MountingVolumes;

/// <summary>Volumes that exist and do not come to the pod: attached elsewhere, full, or not to be reached.</summary>
internal sealed class MountingVolumes : IAnalyzer
{
    public Rule Rule { get; } = new("ACD302", "Volume cannot be attached or mounted", Severity.Error, nameof(MountingVolumes),
        [Reasons.VolumeMultiAttach, Reasons.PersistentVolumeLost, Reasons.VolumePermissionDenied, Reasons.VolumeMountPathMismatch]);

    public IEnumerable<Fact> Analyze(Cluster cluster) =>
        from pod in cluster.Pods
        where !pod.Ready && !pod.Finished && !pod.Terminating
        from e in cluster.EventsOf(pod.Ref)
        where e.Reason is "FailedAttachVolume" or "FailedMount" or "FailedMapVolume"
        let fact = Explain(cluster, pod, e)
        where fact is not null
        select fact;

    private static Fact? Explain(Cluster cluster, Pod pod, KubeEvent e)
    {
        var workload = pod.Workload.Ref;
        if (e.Says("multi-attach"))
        {
            var claim = Volumes.Claims(cluster, pod).Select(item => item.Claim).OfType<KubeObject>().FirstOrDefault(item => e.Message.Contains(item.Spec.Text("volumeName") ?? "\u0000", StringComparison.Ordinal))
                ?? Volumes.Claims(cluster, pod).Select(item => item.Claim).OfType<KubeObject>().FirstOrDefault();
            return new Fact(workload, Reasons.VolumeMultiAttach, 0.93, $"{workload.Kind} {workload.Name} needs a volume that may be attached to one node only and is still attached to another.")
            {
                Evidence = [Quote.Event(e), .. claim is null ? (Evidence[])[] : [Quote.Field(claim, "spec.accessModes", string.Join(", ", claim.Spec.Texts("accessModes")))]],
                Explains = [workload],
                Fix = "Let only one node use it: strategy Recreate or one replica, or storage with ReadWriteMany.",
            };
        }

        var lost = e.Says("volume not found") || e.Says("does not exist") && e.Reason == "FailedAttachVolume" || e.Says("no such file or directory") || e.Says("hostPath type check failed") || e.Says("nfs") && e.Says("mount failed") || e.Says("disk not found");
        if (!lost || e.Says("secret") || e.Says("configmap"))
        {
            return null;
        }

        var volume = Volumes.BoundTo(cluster, pod).FirstOrDefault();
        var mismatch = volume is null || e.Says("hostPath type check failed");
        var subject = mismatch ? workload : volume!.Ref;
        return new Fact(subject, mismatch ? Reasons.VolumeMountPathMismatch : Reasons.PersistentVolumeLost, 0.85, $"A volume of {workload.Kind} {workload.Name} is not where it should be: {Quote.Cut(e.Message)}")
        {
            Evidence = [Quote.Event(e)],
            Explains = [workload],
            Fix = mismatch ? "Correct the path of the volume to one that exists on the node." : "Restore the storage behind the PersistentVolume, or bind the claim to another one.",
        };
    }
}
