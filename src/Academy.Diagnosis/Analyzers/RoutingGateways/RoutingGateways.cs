using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.RoutingGateways;

/// <summary>Gateway API routes without a gateway, not accepted by it, or without a backend.</summary>
internal sealed class RoutingGateways : IAnalyzer
{
    private const string Group = ".gateway.networking.k8s.io";

    public Rule Rule { get; } = new("ACD411", "Gateway route is not in effect", Severity.Error, nameof(RoutingGateways),
        [Reasons.GatewayNotFound, Reasons.RouteNotAccepted, Reasons.IngressBackendServiceNotFound, Reasons.IngressBackendPortMismatch, Reasons.GatewayclassNotFound]);

    public IEnumerable<Fact> Analyze(Cluster cluster) =>
        ((string[])["HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "UDPRoute"]).SelectMany(kind => cluster.All(kind + Group)).SelectMany(route => Explain(cluster, route)).Concat(cluster.All("Gateway" + Group).Select(gateway => Class(cluster, gateway)).OfType<Fact>()).Select(fact => fact with { Explains = [fact.Subject] });

    private static IEnumerable<Fact> Explain(Cluster cluster, KubeObject route)
    {
        var missing = false;
        foreach (var parent in route.Spec.Items("parentRefs").Where(parent => parent.Text("kind") is null or "Gateway"))
        {
            var ns = parent.Text("namespace") ?? route.Namespace;
            if (!cluster.Exists("Gateway" + Group, ns, parent.Text("name")) && (ns == route.Namespace || cluster.All("Gateway" + Group, ns).Count > 0 || Says(route, "NoMatchingParent") || cluster.All("Gateway" + Group).Count > 0))
            {
                missing = true;
                yield return new Fact(route.Ref, Reasons.GatewayNotFound, 0.94, $"{route.Kind} {route.Name} belongs to Gateway {ns}/{parent.Text("name")}, which does not exist.")
                {
                    Evidence = [Quote.Field(route, "spec.parentRefs", route.Spec.At("parentRefs")?.ToJsonString())],
                    Fix = "Name a Gateway that exists, with its namespace, or create it.",
                };
            }
        }

        foreach (var (backend, i) in route.Spec.Items("rules").SelectMany(rule => rule.Items("backendRefs")).Select((backend, i) => (backend, i)).Where(item => item.backend.Text("kind") is null or "Service"))
        {
            var service = cluster.Find("Service", backend.Text("namespace") ?? route.Namespace, backend.Text("name"));
            if (service is null && (backend.Text("namespace") is null || Says(route, "BackendNotFound")))
            {
                yield return new Fact(route.Ref, Reasons.IngressBackendServiceNotFound, 0.93, $"{route.Kind} {route.Name} sends to Service {backend.Text("name")}, which does not exist.")
                {
                    Evidence = [Quote.Field(route, $"spec.rules[].backendRefs[{i}].name", backend.Text("name"))],
                    Fix = "Send to a Service that exists, or create it.",
                };
            }
            else if (service is not null && backend.Number("port") is { } port && service.Spec.Items("ports").All(item => item.Number("port") != port))
            {
                yield return new Fact(route.Ref, Reasons.IngressBackendPortMismatch, 0.93, $"{route.Kind} {route.Name} sends to port {port} of Service {service.Name}, which does not offer it.")
                {
                    Evidence = [Quote.Field(route, $"spec.rules[].backendRefs[{i}].port", backend.Text("port"))],
                    Fix = "Send to a port that the Service offers.",
                };
            }
        }

        foreach (var condition in route.Status.Items("parents").SelectMany(parent => parent.Items("conditions")).Where(condition => condition.Text("type") is "Accepted" or "ResolvedRefs" && condition.Text("status") == "False" && condition.Text("reason") != "BackendNotFound").Take(1))
        {
            if (!missing)
            {
                yield return new Fact(route.Ref, Reasons.RouteNotAccepted, 0.93, $"{route.Kind} {route.Name} is not accepted by its Gateway: {condition.Text("message") ?? condition.Text("reason")}")
                {
                    Evidence = [Quote.Field(route, $"status.parents[].conditions[{condition.Text("type")}]", $"{condition.Text("reason")}: {condition.Text("message")}")],
                    Fix = "Bring the route in line with a listener of the Gateway (host name, namespace, protocol).",
                };
            }
        }
    }

    /// <summary>A Gateway of a class that no controller has: nothing ever accepts it.</summary>
    private static Fact? Class(Cluster cluster, KubeObject gateway)
    {
        var wanted = gateway.Spec.Text("gatewayClassName") ?? "";
        var known = cluster.All("GatewayClass" + Group);
        return gateway.Condition("Accepted").Text("status") == "True" || gateway.Condition("Programmed").Text("status") == "True" || known.Count == 0 || known.Any(item => item.Name == wanted) ? null
            : new Fact(gateway.Ref, Reasons.GatewayclassNotFound, 0.93, $"Gateway {gateway.Name} is of class {wanted}, which does not exist, so no controller serves it.")
            {
                Evidence = [Quote.Field(gateway, "spec.gatewayClassName", wanted), Quote.Field(known[0], "metadata.name", string.Join(", ", known.Select(item => item.Name)))],
                Fix = $"Use class {known[0].Name}, or install a controller for {wanted}.",
                Patch = known.Count == 1 ? Patches.At(["spec"], new System.Text.Json.Nodes.JsonObject { ["gatewayClassName"] = known[0].Name }) : null,
            };
    }

    private static bool Says(KubeObject route, string reason) =>
        route.Status.Items("parents").SelectMany(parent => parent.Items("conditions")).Any(condition => condition.Text("reason") == reason);
}
