using System.Text.Json.Nodes;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Logs;
using Academy.Diagnosis.Model;
using Academy.Diagnosis.Network;

namespace Academy.Diagnosis.Analyzers.ListeningPorts;

/// <summary>Services that send to a port on which nobody behind them listens.</summary>
internal sealed class ListeningPorts : IAnalyzer
{
    public Rule Rule { get; } = new("ACD404", "Service sends to a port that nobody serves", Severity.Error, nameof(ListeningPorts), [Reasons.ServiceTargetPortMismatch]);

    public bool WaitsForLogs => true;

    public IEnumerable<Fact> Analyze(Cluster cluster)
    {
        var complained = Complaints.Of(cluster)
            .Where(complaint => complaint.Sign is { Sign: Sign.Refused or Sign.Unreachable or Sign.UnknownHost })
            .Select(complaint => (Service: Target.Of(cluster, complaint).Service?.Ref, complaint))
            .Where(item => item.Service is not null)
            .ToLookup(item => item.Service!, item => item.complaint);
        foreach (var service in cluster.All("Service").Where(service => service.Spec.Text("type") != "ExternalName" && service.Spec.Text("clusterIP") != "None"))
        {
            var pods = cluster.PodsWith(service.Namespace ?? "default", service.Spec.Map("selector")).Where(pod => !pod.Finished && !pod.Terminating).Take(3).ToList();
            foreach (var (port, index) in service.Spec.Items("ports").Select((port, index) => (port, index)))
            {
                if (pods.Count > 0 && Explain(cluster, service, port, index, pods, complained[service.Ref].ToList()) is { } fact)
                {
                    yield return fact;
                }
            }
        }
    }

    private static Fact? Explain(Cluster cluster, KubeObject service, JsonObject port, int index, List<Pod> pods, List<Complaint> clients)
    {
        if (port.Text("protocol") is not (null or "TCP"))
        {
            return null;
        }

        var wanted = port.Text("targetPort") ?? port.Text("port") ?? "";
        var named = !long.TryParse(wanted, out var number);
        if (!named && clients.Count == 0 && pods.Any(pod => pod.Containers.Any(container => container.Ports.Contains(number))))
        {
            // Declared, and nobody complains: the logs need not be read.
            return null;
        }

        var serving = pods.SelectMany(pod => pod.Containers.Where(container => !container.Init || container.Sidecar).Select(container => Ports.Of(cluster, pod, container))).Where(ports => ports.Container.Name != "istio-proxy").ToList();
        if (named)
        {
            var names = serving.SelectMany(ports => ports.Container.Spec.Items("ports")).Select(item => item.Text("name")).OfType<string>().ToList();
            return names.Contains(wanted) ? null : Make(service, index, wanted, serving, clients, 0.93);
        }

        if (serving.Any(ports => ports.Serves(number)) || !serving.Any(ports => ports.Known))
        {
            return null;
        }

        // Declaring a port is optional: without a log or a client that is refused, a port not declared proves little.
        var heard = serving.Any(ports => ports.Heard.Count > 0) && serving.All(ports => !ports.Declared.Contains(number));
        var ready = pods.Any(pod => pod.Ready);
        return clients.Count > 0 && ready ? Make(service, index, wanted, serving, clients, 0.95)
            : heard && ready ? Make(service, index, wanted, serving, clients, 0.88)
            : ready && serving.All(ports => ports.Heard.Count == 0) ? Make(service, index, wanted, serving, clients, 0.35) with { Strength = Strength.Vague }
            : null;
    }

    private static Fact Make(KubeObject service, int index, string wanted, List<Ports> serving, List<Complaint> clients, double confidence)
    {
        var ports = serving.Where(item => item.Known).OrderByDescending(item => item.Heard.Count > 0).FirstOrDefault();
        var actual = ports?.Main ?? 0;
        return new Fact(service.Ref, Reasons.ServiceTargetPortMismatch, confidence, actual == 0
            ? $"Service {service.Name} sends to port {wanted}, and no container behind it has such a port."
            : $"Service {service.Name} sends to port {wanted}, and its pods listen on {actual}.")
        {
            Evidence = [Quote.Field(service, $"spec.ports[{index}].targetPort", wanted), .. ports?.Quote is { } quote ? (Evidence[])[quote] : [], .. clients.Take(1).SelectMany(client => client.Quotes)],
            Explains = [service.Ref, .. clients.Select(client => client.Workload.Ref).Distinct()],
            Fix = actual == 0 ? $"Set targetPort of Service {service.Name} to a port of its pods." : $"Set targetPort of Service {service.Name} to {actual}.",
            Patch = actual == 0 || service.Spec.Items("ports")[index].Number("port") is not { } own ? null : Patches.At(["spec"], new JsonObject { ["ports"] = new JsonArray(new JsonObject { ["port"] = own, ["targetPort"] = actual }) }),
        };
    }
}
