using System.Text.Json.Nodes;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.ProbingContainers;

/// <summary>A probe that fails now, with what the kubelet last said about it.</summary>
/// <param name="Type">liveness, readiness or startup.</param>
internal sealed record ProbeFailure(Pod Pod, Container Container, string Type, JsonObject Probe, KubeEvent Event)
{
    public string Path => $"{Container.SpecPath}.{Type}Probe";

    /// <summary>It asks a port by a name that the container gives to none: newer and older kubelets word that in many ways.</summary>
    public bool NoSuchPort => PortText is not null && Port is null;

    public bool Refused => Event.Says("connection refused") || Event.Says("connection reset");

    public bool TimedOut => Event.Says("timeout") || Event.Says("deadline exceeded") || Event.Says("timed out");

    public bool NotFound => Event.Says("statuscode: 404") || Event.Says("statuscode: 405") || Event.Says("status code: 404") || Event.Says("statuscode: 400");

    public bool NoCommand => Event.Says("executable file not found") || Event.Says("no such file or directory") || (Event.Says("not found") && Probe.Has("exec"));

    public bool ServerError => Event.Says("statuscode: 5");

    public string? PortText => Probe.Text("httpGet", "port") ?? Probe.Text("tcpSocket", "port") ?? Probe.Text("grpc", "port");

    /// <summary>The port asked, a name resolved through the container's own ports; null where the name is none of them.</summary>
    public long? Port => long.TryParse(PortText, out var number) ? number
        : Container.Spec.Items("ports").FirstOrDefault(port => port.Text("name") == PortText).Number("containerPort");

    public static IEnumerable<ProbeFailure> Of(Cluster cluster)
    {
        foreach (var pod in cluster.Pods.Where(pod => !pod.Finished && !pod.Terminating && pod.Scheduled))
        {
            var unhealthy = cluster.EventsOf(pod.Ref).Where(e => e.Reason is "Unhealthy" or "ProbeError" && e.Warning).ToList();
            if (unhealthy.Count == 0)
            {
                continue;
            }

            foreach (var container in pod.Containers)
            {
                foreach (var type in (string[])["startup", "liveness", "readiness"])
                {
                    if (container.Spec.At($"{type}Probe") is JsonObject probe && Last(unhealthy, container, type) is { } e)
                    {
                        yield return new ProbeFailure(pod, container, type, probe, e);
                    }
                }
            }
        }
    }

    private static KubeEvent? Last(List<KubeEvent> events, Container container, string type) =>
        events.LastOrDefault(e => e.Message.StartsWith(type, StringComparison.OrdinalIgnoreCase) && (e.FieldPath.Length == 0 || e.FieldPath.Contains($"{{{container.Name}}}", StringComparison.Ordinal)));
}
