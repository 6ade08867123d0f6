using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.ScrapingMetrics;

/// <summary>Prometheus operator: monitors that find nothing to scrape, or that no Prometheus picks up.</summary>
internal sealed class ScrapingMetrics : IAnalyzer
{
    private const string Group = ".monitoring.coreos.com";

    public Rule Rule { get; } = new("ACD908", "Metrics are not scraped", Severity.Error, nameof(ScrapingMetrics),
        [Reasons.ServicemonitorSelectsNothing, Reasons.ServicemonitorPortNotFound, Reasons.ServicemonitorNotSelected]);

    public IEnumerable<Fact> Analyze(Cluster cluster) =>
        cluster.All("ServiceMonitor" + Group).Select(monitor => OfServices(cluster, monitor))
            .Concat(cluster.All("PodMonitor" + Group).Select(monitor => OfPods(cluster, monitor)))
            .Concat(cluster.All("ServiceMonitor" + Group).Select(monitor => Unselected(cluster, monitor)))
            .OfType<Fact>()
            .Select(fact => fact with { Explains = [fact.Subject] });

    private static Fact? OfServices(Cluster cluster, KubeObject monitor)
    {
        if (Home(cluster, monitor) is not { } ns || !cluster.Readable("Service"))
        {
            return null;
        }

        var selector = monitor.Spec.At("selector");
        var services = cluster.All("Service", ns);
        var found = services.Where(service => Selectors.Matches(selector, service.Labels)).ToList();
        if (found.Count == 0)
        {
            return services.Count == 0 ? null : Nothing(monitor, "Service", services);
        }

        foreach (var (endpoint, index) in monitor.Spec.Items("endpoints").Select((endpoint, index) => (endpoint, index)))
        {
            if (endpoint.Text("port") is { Length: > 0 } port && found.All(service => service.Spec.Items("ports").All(item => item.Text("name") != port)))
            {
                var offered = string.Join(", ", found[0].Spec.Items("ports").Select(item => item.Text("name") ?? $"{item.Text("port")} without a name"));
                return new Fact(monitor.Ref, Reasons.ServicemonitorPortNotFound, 0.93, $"ServiceMonitor {monitor.Name} scrapes port {port}, and Service {found[0].Name} offers {offered}.")
                {
                    Evidence = [Quote.Field(monitor, $"spec.endpoints[{index}].port", port), Quote.Field(found[0], "spec.ports", found[0].Spec.At("ports")?.ToJsonString())],
                    Fix = "Name a port of the Service, by its name.",
                };
            }
        }

        return null;
    }

    private static Fact? OfPods(Cluster cluster, KubeObject monitor)
    {
        if (Home(cluster, monitor) is not { } ns)
        {
            return null;
        }

        var pods = cluster.PodsIn(ns).Where(pod => !pod.Finished).Select(pod => pod.Object).ToList();
        return pods.Count == 0 || pods.Any(pod => Selectors.Matches(monitor.Spec.At("selector"), pod.Labels)) ? null : Nothing(monitor, "Pod", pods);
    }

    private static Fact Nothing(KubeObject monitor, string kind, IReadOnlyList<KubeObject> candidates)
    {
        var labels = monitor.Spec.Map("selector", "matchLabels");
        var near = candidates.OrderByDescending(item => labels.Sum(pair => item.Labels.TryGetValue(pair.Key, out var value) ? Likeness.Score(value, pair.Value) : 0)).ThenBy(item => item.Name, StringComparer.Ordinal).First();
        return new Fact(monitor.Ref, Reasons.ServicemonitorSelectsNothing, 0.92, $"{monitor.Kind} {monitor.Name} selects {Selectors.Show(labels)}, which no {kind} carries, so nothing is scraped; {kind} {near.Name} carries {Selectors.Show(near.Labels)}.")
        {
            Evidence = [Quote.Field(monitor, "spec.selector", monitor.Spec.At("selector")?.ToJsonString()), Quote.Field(near, "metadata.labels", Selectors.Show(near.Labels))],
            Fix = $"Set the selector to labels that the {kind} itself carries.",
        };
    }

    /// <summary>Every Prometheus that was read asks for labels that the monitor does not carry.</summary>
    private static Fact? Unselected(Cluster cluster, KubeObject monitor)
    {
        var servers = cluster.All("Prometheus" + Group);
        return servers.Count == 0 || servers.Any(server => server.Spec.At("serviceMonitorSelector") is not { } selector || Selectors.Matches(selector, monitor.Labels)) ? null
            : new Fact(monitor.Ref, Reasons.ServicemonitorNotSelected, 0.9, $"Prometheus {servers[0].Name} takes only monitors labelled {Selectors.Show(servers[0].Spec.Map("serviceMonitorSelector", "matchLabels"))}, and ServiceMonitor {monitor.Name} is not.")
            {
                Evidence = [Quote.Field(servers[0], "spec.serviceMonitorSelector", servers[0].Spec.At("serviceMonitorSelector")?.ToJsonString()), Quote.Field(monitor, "metadata.labels", Selectors.Show(monitor.Labels))],
                Fix = "Give the monitor the labels that Prometheus asks for.",
                Patch = Patches.At(["metadata", "labels"], new System.Text.Json.Nodes.JsonObject(servers[0].Spec.Map("serviceMonitorSelector", "matchLabels").Select(pair => KeyValuePair.Create(pair.Key, (System.Text.Json.Nodes.JsonNode?)pair.Value)))),
            };
    }

    /// <summary>The one namespace a monitor looks into; null where it looks into several.</summary>
    private static string? Home(Cluster cluster, KubeObject monitor) => (monitor.Spec.Flag("namespaceSelector", "any"), monitor.Spec.Texts("namespaceSelector", "matchNames")) switch
    {
        (true, _) => null,
        (_, []) => monitor.Namespace,
        (_, [var one]) when one == monitor.Namespace || cluster.All("Service", one).Count > 0 => one,
        _ => null,
    };
}
