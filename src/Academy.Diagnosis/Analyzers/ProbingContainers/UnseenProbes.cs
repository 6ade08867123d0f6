using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Logs;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.ProbingContainers;

/// <summary>Events are kept for an hour only. Without them a failing probe still shows in what the container listens on and how it ends.</summary>
internal static class UnseenProbes
{
    public static IEnumerable<Fact> Of(Cluster cluster) =>
        from pod in cluster.Pods
        where !pod.Finished && !pod.Terminating && pod.Scheduled && !pod.Ready && Trouble.Unready(cluster, pod)
        where cluster.EventsOf(pod.Ref).All(e => e.Reason is not ("Unhealthy" or "ProbeError" or "Killing"))
        from container in pod.Containers
        let fact = Readiness(cluster, pod, container) ?? Liveness(cluster, pod, container)
        where fact is not null
        select fact;

    private static Fact? Readiness(Cluster cluster, Pod pod, Container container)
    {
        var probe = container.Spec.At("readinessProbe");
        if (!container.Running || container.Ready || probe is null || (probe.Number("httpGet", "port") ?? probe.Number("tcpSocket", "port")) is not { } port)
        {
            return null;
        }

        var ports = Ports.Of(cluster, pod, container);
        return !ports.Known || ports.Serves(port) || container.Ports.Contains(port)
            ? null
            : Make(pod, Reasons.ReadinessProbeWrongPort, 0.85, $"The readiness probe of container {container.Name} in {pod.Workload.Ref.Kind} {pod.Workload.Ref.Name} asks port {port}, and the container listens on {ports.Main}.", $"Set the probe's port to {ports.Main}.",
                Quote.Field(pod.Object, container.SpecPath + ".readinessProbe", probe.ToJsonString()), ports.Quote);
    }

    /// <summary>Asked to stop before it was up: the liveness probe is what asks.</summary>
    private static Fact? Liveness(Cluster cluster, Pod pod, Container container)
    {
        var probe = container.Spec.At("livenessProbe");
        if (probe is null || container.Restarts == 0 || container.ExitCode is not (0 or 137 or 143) || container.Terminated.Text("reason") == "OOMKilled" || LogReading.Of(cluster, pod, container) is not { } log)
        {
            return null;
        }

        var stopped = log.Lines.LastOrDefault(line => ((string[])["signal", "SIGTERM", "shutting down", "terminated", "shutdown"]).Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase)));
        return stopped is null ? null
            : Make(pod, Reasons.LivenessProbeTooEarly, 0.7, $"Container {container.Name} of {pod.Workload.Ref.Kind} {pod.Workload.Ref.Name} is told to stop again and again while it starts; its liveness probe leaves it too little time.", "Add a startupProbe, or raise initialDelaySeconds and failureThreshold.",
                Quote.Field(pod.Object, container.SpecPath + ".livenessProbe", probe.ToJsonString()), Quote.Log(pod, container.Name, log.Previous, stopped));
    }

    private static Fact Make(Pod pod, string reason, double confidence, string summary, string fix, Evidence setting, Evidence? witness) =>
        new(pod.Workload.Ref, reason, confidence, summary)
        {
            Strength = Strength.Likely,
            Evidence = witness is null ? [setting] : [setting, witness],
            Explains = [pod.Workload.Ref],
            Fix = fix,
        };
}
