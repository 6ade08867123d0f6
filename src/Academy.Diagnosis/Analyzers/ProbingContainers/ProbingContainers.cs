using System.Text.Json.Nodes;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Logs;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.ProbingContainers;

/// <summary>Probes that kill or hide a container that would work: wrong port, wrong path, too early, too impatient.</summary>
internal sealed class ProbingContainers : IAnalyzer
{
    /// <summary>A rollout in progress is no fault; what is only slow gets this long.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public Rule Rule { get; } = new("ACD107", "Probe fails", Severity.Error, nameof(ProbingContainers),
    [
        Reasons.LivenessProbeTooEarly, Reasons.LivenessProbeWrongPath, Reasons.LivenessProbeWrongPort, Reasons.LivenessProbeTimeout, Reasons.ReadinessProbeWrongPath,
        Reasons.ReadinessProbeWrongPort, Reasons.StartupProbeTooShort, Reasons.CpuThrottled, Reasons.DeadlockedApplication, Reasons.ApplicationPanic,
    ]);

    public bool WaitsForLogs => true;

    public IEnumerable<Fact> Analyze(Cluster cluster) => Seen(cluster).Concat(UnseenProbes.Of(cluster));

    private static IEnumerable<Fact> Seen(Cluster cluster) =>
        from failure in ProbeFailure.Of(cluster)
        let fact = failure.Type == "readiness" ? Readiness(cluster, failure) : Killing(cluster, failure)
        where fact is not null
        select fact with { Explains = [failure.Pod.Workload.Ref] };

    private static Fact? Killing(Cluster cluster, ProbeFailure failure)
    {
        var container = failure.Container;
        var kills = cluster.EventsOf(failure.Pod.Ref).LastOrDefault(e => e.Reason == "Killing" && e.Message.Contains(container.Name, StringComparison.Ordinal) && e.Says("probe"));
        var restarted = container.Restarts > 0 && (!container.Ready || container.Terminated is null || cluster.Now - (container.Terminated.Time("finishedAt") ?? cluster.Now) < TimeSpan.FromMinutes(15));
        if (!restarted || (kills is null && container.ExitCode is not (137 or 143 or 0 or null)) || Crashed(cluster, failure))
        {
            return null;
        }

        var ports = Ports.Of(cluster, failure.Pod, container);
        var startup = failure.Type == "startup";
        if (failure.NotFound || failure.NoCommand)
        {
            return Make(failure, Reasons.LivenessProbeWrongPath, 0.94, $"asks {failure.Probe.Text("httpGet", "path") ?? "a command"}, which the program does not offer, so the kubelet restarts it", "Point the probe at a path that the program answers.", kills);
        }

        if (failure.NoSuchPort || (failure.Refused && failure.Port is { } port && ports.Known && !ports.Serves(port)))
        {
            return Make(failure, Reasons.LivenessProbeWrongPort, 0.94, $"asks port {failure.PortText}, and the container listens on {ports.Main}, so the kubelet restarts it", $"Set the probe's port to {ports.Main}.", kills, ports.Quote, Port(failure, ports.Main));
        }

        if (Throttled(cluster, failure) is { } throttled && (failure.TimedOut || failure.Refused))
        {
            return throttled;
        }

        if (startup)
        {
            return Make(failure, Reasons.StartupProbeTooShort, 0.92, $"gives up after {Budget(failure.Probe)} seconds, before the program has started", "Raise failureThreshold or periodSeconds of the startup probe.", kills, null, Threshold(failure, 3));
        }

        if (failure.TimedOut)
        {
            return Stuck(cluster, failure)
                ? Make(failure, Reasons.DeadlockedApplication, 0.85, "gets no answer: the program runs and has stopped answering", "Find where the program blocks (a thread dump helps); restarting only hides it.", kills)
                : Make(failure, Reasons.LivenessProbeTimeout, 0.9, $"waits only {failure.Probe.Text("timeoutSeconds") ?? "1"} second(s) for an answer that takes longer, so the kubelet restarts it", "Raise timeoutSeconds, or make the health endpoint answer faster.", kills, null, Change(failure, "timeoutSeconds", 5));
        }

        return failure.Refused || (Starting(cluster, failure) && (!failure.ServerError || failure.Event.Says("statuscode: 503")))
            ? Make(failure, Reasons.LivenessProbeTooEarly, 0.92, $"starts after {failure.Probe.Text("initialDelaySeconds") ?? "0"} seconds and gives up {Budget(failure.Probe)} seconds later, before the program is up", "Add a startupProbe, or raise initialDelaySeconds and failureThreshold.", kills, null, Threshold(failure, 10))
            : Make(failure, Reasons.DeadlockedApplication, 0.7, "is answered with an error: the program runs and is not well", "Find out in its log why the program reports itself unwell.", kills) with { Strength = Strength.Likely };
    }

    private static Fact? Readiness(Cluster cluster, ProbeFailure failure)
    {
        var container = failure.Container;
        if (container.Ready || !container.Running || Trouble.Crashes(cluster, failure.Pod, container))
        {
            return null;
        }

        var ports = Ports.Of(cluster, failure.Pod, container);
        if (failure.NotFound || failure.NoCommand)
        {
            return Make(failure, Reasons.ReadinessProbeWrongPath, 0.94, $"asks {failure.Probe.Text("httpGet", "path") ?? "a command"}, which the program does not offer, so the pod never gets ready", "Point the probe at a path that the program answers.");
        }

        if (failure.NoSuchPort || ((failure.Refused || failure.TimedOut) && failure.Port is { } port && ports.Known && !ports.Serves(port)))
        {
            return Make(failure, Reasons.ReadinessProbeWrongPort, 0.94, $"asks port {failure.PortText}, and the container listens on {ports.Main}, so the pod never gets ready", $"Set the probe's port to {ports.Main}.", null, ports.Quote, Port(failure, ports.Main));
        }

        if (failure.TimedOut && Throttled(cluster, failure) is { } throttled)
        {
            return throttled;
        }

        return Trouble.Unready(cluster, failure.Pod) && Trouble.Age(cluster, failure.Pod) > Patience
            ? Make(failure, failure.TimedOut ? Reasons.DeadlockedApplication : Reasons.ApplicationPanic, 0.55, $"is not answered well ({Quote.Cut(failure.Event.Message)})", "Find out in its log what the program waits for.") with
            {
                Strength = Strength.Vague,
                DependsOn = [.. Hosts.ServicesNamedIn(cluster, failure.Pod.Workload).Select(service => service.Ref)],
            }
            : null;
    }

    /// <summary>So little processor time that no answer comes in time.</summary>
    private static Fact? Throttled(Cluster cluster, ProbeFailure failure)
    {
        var limit = failure.Container.Spec.Text("resources", "limits", "cpu");
        var said = cluster.Log(failure.Pod, failure.Container.Name, false)?.Text.Contains("throttl", StringComparison.OrdinalIgnoreCase) == true;
        return Quantity.Parse(limit) is { } cores && (cores <= 0.1m || said)
            ? Make(failure, Reasons.CpuThrottled, 0.85, $"fails since the container may use only {limit} CPU and is throttled", "Raise or remove the CPU limit.", null, Quote.Field(failure.Pod.Object, failure.Container.SpecPath + ".resources.limits.cpu", limit))
            : null;
    }

    /// <summary>The program ended by itself; the failing probe is only a witness.</summary>
    private static bool Crashed(Cluster cluster, ProbeFailure failure) =>
        failure.Container.ExitCode is not (null or 0 or 137 or 143)
        && LogReading.Of(cluster, failure.Pod, failure.Container)?.Decisive is { Sign: < Sign.Error };

    private static bool Stuck(Cluster cluster, ProbeFailure failure)
    {
        var log = cluster.Log(failure.Pod, failure.Container.Name, true) ?? cluster.Log(failure.Pod, failure.Container.Name, false);
        return log is not null && ((string[])["deadlock", "stuck", "blocked", "lock held", "waiting for lock", "not responding"]).Any(word => log.Text.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    private static bool Starting(Cluster cluster, ProbeFailure failure)
    {
        var log = (cluster.Log(failure.Pod, failure.Container.Name, true) ?? cluster.Log(failure.Pod, failure.Container.Name, false))?.Text ?? "";
        return ((string[])["warm", "starting", "loading", "initializ", "migrat", "booting", "preparing"]).Any(word => log.Contains(word, StringComparison.OrdinalIgnoreCase))
            && !log.Contains(" ready", StringComparison.OrdinalIgnoreCase);
    }

    private static long Budget(JsonObject probe) => (probe.Number("failureThreshold") ?? 3) * (probe.Number("periodSeconds") ?? 10);

    private static Fact Make(ProbeFailure failure, string reason, double confidence, string what, string fix, KubeEvent? kill = null, Evidence? ports = null, JsonObject? patch = null) =>
        new(failure.Pod.Workload.Ref, reason, confidence, $"The {failure.Type} probe of container {failure.Container.Name} in {failure.Pod.Workload.Ref.Kind} {failure.Pod.Workload.Ref.Name} {what}.")
        {
            Evidence =
            [
                Quote.Event(failure.Event),
                Quote.Field(failure.Pod.Object, failure.Path, failure.Probe.ToJsonString()),
                .. ports is null ? (Evidence[])[] : [ports],
                .. kill is null ? (Evidence[])[] : [Quote.Event(kill)],
            ],
            Fix = fix,
            Foreseen = reason is Reasons.LivenessProbeWrongPort or Reasons.ReadinessProbeWrongPort && ports is { Log: not null } ? $"The probe would ask the port that the program says it listens on: {ports.Quote}" : null,
            Patch = patch,
        };

    private static JsonObject? Port(ProbeFailure failure, long port)
    {
        var kind = ((string[])["httpGet", "tcpSocket", "grpc"]).FirstOrDefault(name => failure.Probe.Has(name));
        return kind is null || port == 0 ? null : Patches.Container(failure.Pod.Workload, failure.Container, new JsonObject { [$"{failure.Type}Probe"] = new JsonObject { [kind] = new JsonObject { ["port"] = port } } });
    }

    private static JsonObject? Threshold(ProbeFailure failure, long times) => Change(failure, "failureThreshold", Math.Min(1000, (failure.Probe.Number("failureThreshold") ?? 3) * times));

    private static JsonObject? Change(ProbeFailure failure, string field, long value) =>
        Patches.Container(failure.Pod.Workload, failure.Container, new JsonObject { [$"{failure.Type}Probe"] = new JsonObject { [field] = value } });
}
