using System.Text.Json.Nodes;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.RoutingMesh;

/// <summary>Istio routes to hosts, subsets and gateways that are not there.</summary>
internal sealed class RoutingMesh : IAnalyzer
{
    private const string Istio = ".networking.istio.io";

    public Rule Rule { get; } = new("ACD901", "Mesh route leads nowhere", Severity.Error, nameof(RoutingMesh),
        [Reasons.VirtualserviceHostNotFound, Reasons.VirtualserviceSubsetNotFound, Reasons.DestinationruleHostNotFound, Reasons.GatewayNotFound, Reasons.GatewaySelectorMismatch]);

    public IEnumerable<Fact> Analyze(Cluster cluster) =>
        cluster.All("VirtualService" + Istio).SelectMany(route => Routes(cluster, route))
            .Concat(cluster.All("DestinationRule" + Istio).SelectMany(rule => Rules(cluster, rule)))
            .Concat(cluster.All("Gateway" + Istio).SelectMany(gateway => Gateways(cluster, gateway)))
            .Select(fact => fact with { Explains = [fact.Subject, .. fact.Explains] });

    private static IEnumerable<Fact> Routes(Cluster cluster, KubeObject route)
    {
        foreach (var (destination, path) in Destinations(route))
        {
            var host = destination.Text("host") ?? "";
            if (!Known(cluster, route.Namespace ?? "default", host))
            {
                var alike = Likeness.Closest(host.Split('.')[0], cluster.All("Service", route.Namespace).Select(item => item.Name));
                yield return new Fact(route.Ref, Reasons.VirtualserviceHostNotFound, 0.94, $"VirtualService {route.Name} sends to host {host}, and no Service or ServiceEntry has that name.{(alike is null ? "" : $" There is Service {alike}.")}")
                {
                    Evidence = [Quote.Field(route, path + ".host", host)],
                    Fix = alike is null ? "Send to a host that exists." : $"Send to {alike}.",
                };
                continue;
            }

            if (destination.Text("subset") is not { } subset)
            {
                continue;
            }

            var rules = cluster.All("DestinationRule" + Istio).Where(rule => SameHost(route, host, rule)).ToList();
            var subsets = rules.SelectMany(rule => rule.Spec.Items("subsets")).Select(item => item.Text("name")).OfType<string>().Distinct().ToList();
            if (!subsets.Contains(subset))
            {
                yield return new Fact(route.Ref, Reasons.VirtualserviceSubsetNotFound, 0.95, $"VirtualService {route.Name} sends to subset {subset} of {host}, and {(rules.Count == 0 ? "no DestinationRule defines subsets for it" : $"DestinationRule {rules[0].Name} defines only {string.Join(", ", subsets)}")}.")
                {
                    Evidence = [Quote.Field(route, path + ".subset", subset), .. rules.Take(1).Select(rule => Quote.Field(rule, "spec.subsets", string.Join(", ", subsets)))],
                    Fix = subsets.Count == 0 ? $"Define subset {subset} in a DestinationRule for {host}." : $"Send to a subset that is defined ({string.Join(", ", subsets)}), or define {subset} and deploy it.",
                };
            }
        }

        foreach (var gateway in route.Spec.Texts("gateways").Where(name => name != "mesh"))
        {
            var parts = gateway.Split('/');
            var (ns, name) = parts.Length == 2 ? (parts[0] == "." ? route.Namespace : parts[0], parts[1]) : (route.Namespace, parts[0]);
            if (!cluster.Exists("Gateway" + Istio, ns, name) && (ns == route.Namespace || cluster.All("Gateway" + Istio, ns).Count > 0))
            {
                yield return new Fact(route.Ref, Reasons.GatewayNotFound, 0.93, $"VirtualService {route.Name} is bound to Gateway {gateway}, which does not exist.")
                {
                    Evidence = [Quote.Field(route, "spec.gateways", gateway)],
                    Fix = "Name a Gateway that exists, or create it.",
                };
            }
        }
    }

    private static IEnumerable<Fact> Rules(Cluster cluster, KubeObject rule)
    {
        var host = rule.Spec.Text("host") ?? "";
        var ns = rule.Namespace ?? "default";
        if (!host.Contains('*', StringComparison.Ordinal) && !Known(cluster, ns, host))
        {
            var alike = Likeness.Closest(host.Split('.')[0], cluster.All("Service", ns).Select(item => item.Name));
            yield return new Fact(rule.Ref, Reasons.DestinationruleHostNotFound, 0.93, $"DestinationRule {rule.Name} is for host {host}, and no Service has that name.{(alike is null ? "" : $" There is {alike}.")}")
            {
                Evidence = [Quote.Field(rule, "spec.host", host)],
                Fix = alike is null ? "Correct the host." : $"Set the host to {alike}.",
            };
        }
        else if (Hosts.Service(cluster, ns, host) is { } service && service.Spec.Map("selector") is { Count: > 0 } selector && cluster.PodsWith(service.Namespace ?? ns, selector) is { Count: > 0 } pods)
        {
            foreach (var subset in rule.Spec.Items("subsets").Where(item => item.Map("labels").Count > 0 && !pods.Any(pod => Selectors.Matches(item.Map("labels"), pod.Object.Labels)) && !Backing.Workloads(cluster, service).Any(workload => Selectors.Matches(item.Map("labels"), workload.PodLabels))))
            {
                var used = cluster.All("VirtualService" + Istio).Any(route => Destinations(route).Any(item => item.Destination.Text("subset") == subset.Text("name") && SameHost(route, item.Destination.Text("host") ?? "", rule)));
                if (used)
                {
                    yield return new Fact(rule.Ref, Reasons.VirtualserviceSubsetNotFound, 0.85, $"Subset {subset.Text("name")} of DestinationRule {rule.Name} selects {Selectors.Show(subset.Map("labels"))}, which no pod of {host} carries.")
                    {
                        Evidence = [Quote.Field(rule, "spec.subsets", subset.ToJsonString())],
                        Fix = "Correct the subset's labels, or deploy pods that carry them.",
                    };
                }
            }
        }
    }

    private static IEnumerable<Fact> Gateways(Cluster cluster, KubeObject gateway)
    {
        var selector = gateway.Spec.Map("selector");
        if (selector.Count == 0 || cluster.Pods.Any(pod => Selectors.Matches(selector, pod.Object.Labels)))
        {
            yield break;
        }

        var alike = cluster.Pods.FirstOrDefault(pod => selector.Any(pair => pod.Object.Labels.ContainsKey(pair.Key)) && (pod.Name.Contains("gateway", StringComparison.Ordinal) || pod.Containers.Any(container => container.Image.Contains("proxyv2", StringComparison.Ordinal))))
            ?? cluster.Pods.FirstOrDefault(pod => pod.Name.Contains("ingressgateway", StringComparison.Ordinal) || selector.Any(pair => pod.Object.Labels.TryGetValue(pair.Key, out var value) && Likeness.Score(value, pair.Value) >= 0.6));
        if (alike is not null)
        {
            yield return new Fact(gateway.Ref, Reasons.GatewaySelectorMismatch, 0.92, $"Gateway {gateway.Name} is for pods labelled {Selectors.Show(selector)}, and none is; {alike.Name} carries {Selectors.Show(alike.Object.Labels)}.")
            {
                Evidence = [Quote.Field(gateway, "spec.selector", Selectors.Show(selector)), Quote.Field(alike.Object, "metadata.labels", Selectors.Show(alike.Object.Labels))],
                Fix = "Set the selector to labels of the gateway's pods.",
            };
        }
    }

    internal static IEnumerable<(JsonNode Destination, string Path)> Destinations(KubeObject route)
    {
        foreach (var kind in (string[])["http", "tcp", "tls"])
        {
            var rules = route.Spec.Items(kind);
            for (var i = 0; i < rules.Count; i++)
            {
                var targets = rules[i].Items("route");
                for (var j = 0; j < targets.Count; j++)
                {
                    if (targets[j].At("destination") is { } destination)
                    {
                        yield return (destination, $"spec.{kind}[{i}].route[{j}].destination");
                    }
                }

                if (rules[i].At("mirror") is { } mirror)
                {
                    yield return (mirror, $"spec.{kind}[{i}].mirror");
                }
            }
        }
    }

    /// <summary>A host outside of the snapshot's reach (another namespace that was not read, or a domain) counts as known.</summary>
    private static bool Known(Cluster cluster, string ns, string host)
    {
        if (!cluster.Readable("Service") || Hosts.Service(cluster, ns, host) is not null || cluster.All("ServiceEntry" + Istio).Any(entry => entry.Spec.Texts("hosts").Any(known => known == host || (known.StartsWith("*.", StringComparison.Ordinal) && host.EndsWith(known[1..], StringComparison.Ordinal)))))
        {
            return true;
        }

        return Hosts.Name(host, ns) is not var (_, at) || (at != ns && cluster.All("Service", at).Count == 0) || (host.Contains('.', StringComparison.Ordinal) && !host.Contains(".svc", StringComparison.Ordinal) && !cluster.Exists("Namespace", null, at));
    }

    private static bool SameHost(KubeObject route, string host, KubeObject rule)
    {
        var other = rule.Spec.Text("host") ?? "";
        return other == host || Hosts.Name(other, rule.Namespace ?? "default") == Hosts.Name(host, route.Namespace ?? "default");
    }
}
