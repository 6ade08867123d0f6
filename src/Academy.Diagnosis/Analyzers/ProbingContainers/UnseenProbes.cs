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
        if (!container.Running || container.Ready || probe is null || (probe.Text("httpGet", "port") ?? probe.Text("tcpSocket", "port")) is not { } asked)
        {
            return null;
        }

        if (!long.TryParse(asked, out var port) && container.Spec.Items("ports").FirstOrDefault(item => item.Text("name") == asked).Number("containerPort") is { } named)
        {
            port = named;
        }

        if (port == 0)
        {
            return Make(pod, Reasons.ReadinessProbeWrongPort, 0.85, $"The readiness probe of container {container.Name} in {pod.Workload.Ref.Kind} {pod.Workload.Ref.Name} asks port {asked}, and the container gives no port that name.", "Set the probe's port to one of the container's.",
                Quote.Field(pod.Object, container.SpecPath + ".readinessProbe", probe.ToJsonString()), null);
        }

        var ports = Ports.Of(cluster, pod, container);
        if (ports.Heard.Count > 0 && ports.Serves(port) && probe.Text("httpGet", "path") is { } path && LogReading.Of(cluster, pod, container)?.Decisive is null)
        {
            return Make(pod, Reasons.ReadinessProbeWrongPath, 0.6, $"Container {container.Name} of {pod.Workload.Ref.Kind} {pod.Workload.Ref.Name} listens where its readiness probe asks and complains of nothing, so the path {path} is likely not what it offers.", "Point the probe at a path that the program answers.",
                Quote.Field(pod.Object, container.SpecPath + ".readinessProbe", probe.ToJsonString()), ports.Quote);
        }

        return !ports.Known || ports.Serves(port) || container.Ports.Contains(port)
            ? null
            : Make(pod, Reasons.ReadinessProbeWrongPort, 0.85, $"The readiness probe of container {container.Name} in {pod.Workload.Ref.Kind} {pod.Workload.Ref.Name} asks port {port}, and the container listens on {ports.Main}.", $"Set the probe's port to {ports.Main}.",
                Quote.Field(pod.Object, container.SpecPath + ".readinessProbe", probe.ToJsonString()), ports.Quote);
    }

    /// <summary>Asked to stop before it was up: the liveness probe is what asks.</summary>
    private static Fact? Liveness(Cluster cluster, Pod pod, Container container)
    {
        var probe = container.Spec.At("livenessProbe");
        if ((probe is null && !container.Spec.Has("startupProbe")) || container.Restarts == 0 || container.ExitCode is not (0 or 137 or 143) || container.Terminated.Text("reason") == "OOMKilled" || LogReading.Of(cluster, pod, container) is not { } log)
        {
            return null;
        }

        var stopped = log.Lines.LastOrDefault(line => ((string[])["signal", "SIGTERM", "shutting down", "terminated", "shutdown"]).Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase)));
        return stopped is null ? Killed(cluster, pod, container, log)
            : Make(pod, Reasons.LivenessProbeTooEarly, 0.7, $"Container {container.Name} of {pod.Workload.Ref.Kind} {pod.Workload.Ref.Name} is told to stop again and again while it starts; its liveness probe leaves it too little time.", "Add a startupProbe, or raise initialDelaySeconds and failureThreshold.",
                Quote.Field(pod.Object, container.SpecPath + ".livenessProbe", probe?.ToJsonString()), Quote.Log(pod, container.Name, log.Previous, stopped));
    }

    /// <summary>Killed from outside and not for memory, about when its probe would have given up, with nothing to complain of itself.</summary>
    private static Fact? Killed(Cluster cluster, Pod pod, Container container, LogReading log)
    {
        var startup = container.Spec.Has("startupProbe");
        var probe = container.Spec.At("startupProbe") ?? container.Spec.At("livenessProbe");
        var lived = container.Terminated.Time("finishedAt") - container.Terminated.Time("startedAt");
        var patience = TimeSpan.FromSeconds(Math.Min(3600, (probe.Number("initialDelaySeconds") ?? 0) + ((probe.Number("failureThreshold") ?? 3) * (probe.Number("periodSeconds") ?? 10))));
        if (container.ExitCode is not (137 or 143) || log.Decisive is { Sign: < Sign.Error } || lived is null || lived < patience / 2)
        {
            return null;
        }

        var ports = Ports.Of(cluster, pod, container);
        var asked = probe.Number("httpGet", "port") ?? probe.Number("tcpSocket", "port");
        var (reason, what, fix) = (asked, ports.Heard.Count > 0) switch
        {
            ({ } port, true) when !ports.Serves(port) => (Reasons.LivenessProbeWrongPort, $"asks port {port}, and the container listens on {ports.Main}", $"Set the probe's port to {ports.Main}."),
            (_, true) when probe.Has("httpGet") => (Reasons.LivenessProbeWrongPath, $"asks {probe.Text("httpGet", "path")}, which it likely does not answer well", "Point the probe at a path that the program answers in time."),
            (_, false) when startup => (Reasons.StartupProbeTooShort, "gives up before it listens", "Raise failureThreshold or periodSeconds of the startup probe."),
            (_, false) => (Reasons.LivenessProbeTooEarly, "gives up before it listens", "Add a startupProbe, or raise initialDelaySeconds and failureThreshold."),
            _ => (Reasons.LivenessProbeTimeout, "is not answered in time", "Raise timeoutSeconds, or make the health check faster."),
        };
        return Make(pod, reason, 0.65, $"Container {container.Name} of {pod.Workload.Ref.Kind} {pod.Workload.Ref.Name} is killed again and again without a fault of its own: its {(startup ? "startup" : "liveness")} probe {what}.", fix,
            Quote.Field(pod.Object, $"{container.SpecPath}.{(startup ? "startup" : "liveness")}Probe", probe?.ToJsonString()), Quote.Field(pod.Object, container.TerminatedPath + ".exitCode", container.Terminated.Text("exitCode")));
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
