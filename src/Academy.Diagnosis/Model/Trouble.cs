namespace Academy.Diagnosis.Model;

/// <summary>When a pod or container counts as being in trouble now, rather than starting, ending, or having stumbled long ago.</summary>
internal static class Trouble
{
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(30);

    /// <summary>Ended badly and is not back to work: it crash-loops, stands failed, or restarts again and again.</summary>
    public static bool Crashes(Cluster cluster, Pod pod, Container container)
    {
        if (!container.Failed && !(container.CrashLooping && container.Terminated is not null))
        {
            return false;
        }

        if (pod.Phase == "Failed" || container.CrashLooping || container.Status.Has("state", "terminated"))
        {
            return true;
        }

        var ended = container.Terminated.Time("finishedAt");
        var recent = ended is null || cluster.Now - ended < Recent;
        return recent && container.Restarts >= (container.Ready ? 3 : 1);
    }

    /// <summary>A failed pod whose work has since been done by another one.</summary>
    public static bool Superseded(Cluster cluster, Pod pod)
    {
        if (pod.Phase != "Failed")
        {
            return false;
        }

        if (pod.Object.Controller is { } owner && owner.Text("kind") == "Job")
        {
            var job = cluster.Find("Job", pod.Namespace, owner.Text("name"));
            return Done(job) || (pod.Workload.Ref.Kind == "CronJob" && cluster.All("Job", pod.Namespace).Any(other => other.Controller.Text("name") == pod.Workload.Ref.Name && other.Created > job?.Created && Done(other)));
        }

        return pod.Workload.Object is not null && pod.Workload.Ref.Kind is "Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet" && !Short(pod.Workload);
    }

    private static bool Done(KubeObject? job) => job?.Condition("Complete").Text("status") == "True" || job?.Status.Number("succeeded") is > 0;

    /// <summary>Should be serving and is not, for longer than a start takes.</summary>
    public static bool Unready(Cluster cluster, Pod pod) =>
        !pod.Ready && !pod.Finished && !pod.Terminating && Age(cluster, pod) > Settling;

    public static TimeSpan Age(Cluster cluster, Pod pod) =>
        pod.Object.Created is { } created ? cluster.Now - created : TimeSpan.MaxValue;

    /// <summary>Whether a workload lacks pods or ready pods that it should have.</summary>
    public static bool Short(Workload workload)
    {
        if (workload.Object is not { } item)
        {
            return workload.Pods.Any(pod => !pod.Ready && pod.Phase != "Succeeded");
        }

        return workload.Ref.Kind switch
        {
            "Deployment" => (item.Status.Number("availableReplicas") ?? 0) < workload.Replicas || (item.Status.Number("unavailableReplicas") ?? 0) > 0 || item.Condition("ReplicaFailure").Text("status") == "True",
            "StatefulSet" or "ReplicaSet" or "ReplicationController" => (item.Status.Number("readyReplicas") ?? 0) < workload.Replicas,
            "DaemonSet" => (item.Status.Number("numberReady") ?? 0) < (item.Status.Number("desiredNumberScheduled") ?? 0) || (item.Status.Number("currentNumberScheduled") ?? 0) < (item.Status.Number("desiredNumberScheduled") ?? 0),
            "Job" => item.Condition("Complete").Text("status") != "True",
            _ => true,
        };
    }
}
