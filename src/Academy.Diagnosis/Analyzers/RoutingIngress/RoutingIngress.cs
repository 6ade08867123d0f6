using System.Text.Json.Nodes;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.RoutingIngress;

/// <summary>Ingresses that send to nowhere, belong to no controller, or lack their certificate.</summary>
internal sealed class RoutingIngress : IAnalyzer
{
    public Rule Rule { get; } = new("ACD410", "Ingress leads nowhere", Severity.Error, nameof(RoutingIngress),
        [Reasons.IngressBackendServiceNotFound, Reasons.IngressBackendPortMismatch, Reasons.IngressClassNotFound, Reasons.IngressTlsSecretNotFound]);

    public IEnumerable<Fact> Analyze(Cluster cluster) =>
        cluster.All("Ingress").Where(ingress => ingress.Deleting is null).SelectMany(ingress => Explain(cluster, ingress)).Select(fact => fact with { Explains = [fact.Subject] });

    /// <summary>The rules with some backends changed: the list has no merge key and is replaced as a whole.</summary>
    private static JsonObject? Rules(KubeObject ingress, Func<JsonNode?, bool> meant, Action<JsonObject> change)
    {
        var rules = new JsonArray([.. ingress.Spec.Items("rules").Select(rule => rule.DeepClone())]);
        var services = rules.SelectMany(rule => rule.Items("http", "paths")).Where(path => meant(path.At("backend"))).Select(path => path.At("backend", "service")).OfType<JsonObject>().ToList();
        services.ForEach(change);
        return services.Count == 0 ? null : Patches.At(["spec"], new JsonObject { ["rules"] = rules });
    }

    private static IEnumerable<Fact> Explain(Cluster cluster, KubeObject ingress)
    {
        foreach (var (name, port, path) in Backing.Backends(ingress).DistinctBy(backend => (backend.Service, backend.Port)))
        {
            var service = cluster.Find("Service", ingress.Namespace, name);
            if (service is null && !cluster.Readable("Service"))
            {
                continue;
            }

            if (service is null)
            {
                var alike = Likeness.Closest(name, cluster.All("Service", ingress.Namespace).Select(item => item.Name));
                yield return new Fact(ingress.Ref, Reasons.IngressBackendServiceNotFound, 0.96, $"Ingress {ingress.Name} sends to Service {name}, which does not exist.{(alike is null ? "" : $" There is {alike}.")}")
                {
                    Evidence = [Quote.Field(ingress, path, name)],
                    Fix = alike is null ? $"Create Service {name}, or name one that exists." : $"Send to Service {alike}.",
                    Patch = alike is null ? null : Rules(ingress, backend => backend.Text("service", "name") == name, service => service["name"] = alike),
                };
            }
            else if (port is not null && service.Spec.Items("ports").All(item => item.Text("port") != port && item.Text("name") != port))
            {
                var offered = string.Join(", ", service.Spec.Items("ports").Select(item => item.Text("port")));
                yield return new Fact(ingress.Ref, Reasons.IngressBackendPortMismatch, 0.95, $"Ingress {ingress.Name} sends to port {port} of Service {name}, which offers {offered}.")
                {
                    Evidence = [Quote.Field(ingress, path + ".port", port), Quote.Field(service, "spec.ports", offered)],
                    Fix = $"Send to port {offered}.",
                    Patch = service.Spec.Items("ports") is [var only] && only.Number("port") is { } own
                        ? Rules(ingress, backend => backend.Text("service", "name") == name && (backend.Text("service", "port", "number") ?? backend.Text("service", "port", "name")) == port, target => target["port"] = new JsonObject { ["number"] = own })
                        : null,
                };
            }
        }

        var known = cluster.All("IngressClass");
        var wanted = ingress.Spec.Text("ingressClassName") ?? ingress.Annotations.GetValueOrDefault("kubernetes.io/ingress.class");
        if (wanted is not null && known.Count > 0 && known.All(item => item.Name != wanted) && ingress.Status.Items("loadBalancer", "ingress").Count == 0)
        {
            yield return new Fact(ingress.Ref, Reasons.IngressClassNotFound, 0.94, $"Ingress {ingress.Name} belongs to class {wanted}, which does not exist, so no controller serves it.")
            {
                Evidence = [Quote.Field(ingress, "spec.ingressClassName", wanted), Quote.Field(known[0], "metadata.name", string.Join(", ", known.Select(item => item.Name)))],
                Fix = $"Use class {known[0].Name}, or install a controller for {wanted}.",
                Patch = Patches.At(["spec"], new System.Text.Json.Nodes.JsonObject { ["ingressClassName"] = known[0].Name }),
            };
        }

        foreach (var secret in ingress.Spec.Items("tls").Select(item => item.Text("secretName")).OfType<string>().Where(name => name.Length > 0).Distinct())
        {
            var seen = cluster.All("Secret", ingress.Namespace).Count > 0 || cluster.EventsOf(ingress.Ref).Any(e => e.Message.Contains(secret, StringComparison.Ordinal) && e.Warning);
            if (seen && cluster.Readable("Secret") && !cluster.Exists("Secret", ingress.Namespace, secret))
            {
                var alike = Likeness.Closest(secret, cluster.All("Secret", ingress.Namespace).Where(item => item.Json.Text("type") == "kubernetes.io/tls").Select(item => item.Name));
                var certificate = cluster.All("Certificate.cert-manager.io", ingress.Namespace).FirstOrDefault(item => item.Spec.Text("secretName") == secret);
                yield return new Fact(ingress.Ref, Reasons.IngressTlsSecretNotFound, 0.94, $"Ingress {ingress.Name} takes its certificate from Secret {secret}, which does not exist.{(alike is null ? "" : $" There is {alike}.")}")
                {
                    Evidence = [Quote.Field(ingress, "spec.tls[].secretName", secret)],
                    DependsOn = certificate is null ? [] : [certificate.Ref],
                    Fix = $"Create the TLS Secret {secret}, or name one that exists.",
                };
            }
        }
    }
}
