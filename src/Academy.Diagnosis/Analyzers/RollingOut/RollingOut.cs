using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.RollingOut;

/// <summary>Rollouts that stand still: paused, or past their deadline with nothing deeper to blame.</summary>
internal sealed class RollingOut : IAnalyzer
{
    public Rule Rule { get; } = new("ACD601", "Rollout stands still", Severity.Error, nameof(RollingOut), [Reasons.RolloutPaused, Reasons.ProgressDeadlineExceeded, Reasons.ApplicationPanic]);

    public IEnumerable<Fact> Analyze(Cluster cluster)
    {
        foreach (var workload in cluster.Workloads.Where(workload => workload.Object is not null))
        {
            if (workload.Ref.Kind == "Deployment" && Paused(cluster, workload) is { } paused)
            {
                yield return paused;
            }
            else if (Trouble.Short(workload) && Late(cluster, workload) is { } late)
            {
                yield return late;
            }
        }
    }

    private static Fact? Paused(Cluster cluster, Workload workload)
    {
        var item = workload.Object!;
        if (!item.Spec.Flag("paused"))
        {
            return null;
        }

        var sets = cluster.All("ReplicaSet", item.Namespace).Where(set => set.Controller.Text("name") == item.Name && set.Controller.Text("kind") == "Deployment").ToList();
        var current = sets.FirstOrDefault(set => Images(set.Spec.At("template", "spec")) == Images(workload.PodSpec));
        var behind = (item.Status.Number("updatedReplicas") ?? 0) < (workload.Replicas ?? 1) || current is null && sets.Count > 0;
        return behind
            ? new Fact(workload.Ref, Reasons.RolloutPaused, 0.94, $"The rollout of Deployment {item.Name} is paused, so its latest change does not reach the pods.")
            {
                Evidence = [Quote.Field(item, "spec.paused", "true"), Quote.Field(item, "status.updatedReplicas", item.Status.Text("updatedReplicas") ?? "0")],
                Explains = [workload.Ref],
                Fix = $"Resume it: kubectl rollout resume deployment/{item.Name}.",
                Patch = Patches.At(["spec"], new System.Text.Json.Nodes.JsonObject { ["paused"] = false }),
            }
            : null;
    }

    private static Fact? Late(Cluster cluster, Workload workload)
    {
        var item = workload.Object!;
        var progressing = item.Condition("Progressing");
        var failed = progressing.Text("reason") == "ProgressDeadlineExceeded";
        var unready = workload.Pods.FirstOrDefault(pod => Trouble.Unready(cluster, pod));
        if (!failed && (unready is null || Trouble.Age(cluster, unready) < TimeSpan.FromMinutes(5) || unready.Containers.All(container => container.Status is null)))
        {
            return null;
        }

        return new Fact(workload.Ref, Reasons.ProgressDeadlineExceeded, failed ? 0.6 : 0.45, failed
            ? $"The rollout of {workload.Ref.Kind} {workload.Ref.Name} has not finished within its deadline, and no deeper cause shows."
            : $"Pods of {workload.Ref.Kind} {workload.Ref.Name} have not been ready for minutes, and no deeper cause shows.")
        {
            Strength = Strength.Vague,
            Evidence = failed ? [Quote.Field(item, "status.conditions[Progressing]", $"{progressing.Text("reason")}: {progressing.Text("message")}")] : [Quote.Field(unready!.Object, "status.conditions[Ready]", unready.Object.Condition("Ready").Text("message") ?? "False")],
            Explains = [workload.Ref],
            DependsOn = [.. new Dependencies(cluster).Of(workload.Ref).Where(at => at != workload.Ref)],
            Fix = "Look at its newest pods: kubectl describe pod, kubectl logs.",
        };
    }

    private static string Images(System.Text.Json.Nodes.JsonNode? spec) =>
        string.Join(' ', spec.Items("containers").Select(container => $"{container.Text("image")} {container.At("env")?.ToJsonString()} {container.At("args")?.ToJsonString()} {container.At("command")?.ToJsonString()}"));
}
