using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Logs;
using Academy.Diagnosis.Model;
using Academy.Diagnosis.Network;

namespace Academy.Diagnosis.Analyzers.SecuringMesh;

/// <summary>Istio's own refusals: mutual TLS that one side does not speak, a missing sidecar, an authorization policy.</summary>
internal sealed class SecuringMesh : IAnalyzer
{
    private const string Security = ".security.istio.io";

    public Rule Rule { get; } = new("ACD902", "Mesh refuses traffic", Severity.Error, nameof(SecuringMesh),
        [Reasons.MissingIstioSidecar, Reasons.MtlsModeConflict, Reasons.AuthorizationPolicyDenies]);

    public bool WaitsForLogs => true;

    public IEnumerable<Fact> Analyze(Cluster cluster) => Modes(cluster).Concat(Denials(cluster)).Concat(Sidecars(cluster));

    private static IEnumerable<Fact> Modes(Cluster cluster)
    {
        foreach (var rule in cluster.All("DestinationRule.networking.istio.io"))
        {
            var mode = rule.Spec.Text("trafficPolicy", "tls", "mode");
            var service = Hosts.Service(cluster, rule.Namespace ?? "default", rule.Spec.Text("host") ?? "");
            if (service is null || mode is null)
            {
                continue;
            }

            if (mode == "ISTIO_MUTUAL")
            {
                if (InForce(cluster, service) is { } open && open.Spec.Text("mtls", "mode") == "DISABLE")
                {
                    yield return new Fact(rule.Ref, Reasons.MtlsModeConflict, 0.92, $"DestinationRule {rule.Name} tells callers of {service.Name} to use mutual TLS, and PeerAuthentication {open.Name} turns it off there.")
                    {
                        Evidence = [Quote.Field(rule, "spec.trafficPolicy.tls.mode", mode), Quote.Field(open, "spec.mtls.mode", "DISABLE")],
                        Explains = [rule.Ref, service.Ref],
                        Fix = "Set the PeerAuthentication to PERMISSIVE or STRICT, or take the mode out of the DestinationRule.",
                    };
                }

                continue;
            }

            if (Strict(cluster, service) is { } strict && mode is "DISABLE" or "SIMPLE")
            {
                yield return new Fact(rule.Ref, Reasons.MtlsModeConflict, 0.93, $"DestinationRule {rule.Name} tells callers of {service.Name} not to use mutual TLS, and PeerAuthentication {strict?.Name} demands it.")
                {
                    Evidence = [Quote.Field(rule, "spec.trafficPolicy.tls.mode", mode), .. strict is null ? (Evidence[])[] : [Quote.Field(strict, "spec.mtls.mode", "STRICT")]],
                    Explains = [rule.Ref, service.Ref],
                    Fix = "Set the mode of the DestinationRule to ISTIO_MUTUAL, or the PeerAuthentication to PERMISSIVE.",
                };
            }
        }
    }

    private static IEnumerable<Fact> Denials(Cluster cluster)
    {
        var policies = cluster.All("AuthorizationPolicy" + Security);
        if (policies.Count == 0)
        {
            yield break;
        }

        foreach (var pod in cluster.Pods.Where(pod => !pod.Finished))
        {
            foreach (var container in pod.Containers)
            {
                var line = cluster.Log(pod, container.Name, false)?.Text.Split('\n').TakeLast(200).FirstOrDefault(text => text.Contains("RBAC: access denied", StringComparison.OrdinalIgnoreCase) || text.Contains("rbac_access_denied", StringComparison.OrdinalIgnoreCase));
                if (line is null || Denier(cluster, policies, pod) is not { } policy)
                {
                    continue;
                }

                yield return new Fact(policy.Ref, Reasons.AuthorizationPolicyDenies, 0.9, $"AuthorizationPolicy {policy.Name} refuses requests that are needed.")
                {
                    Evidence = [Graph.Quote.Log(pod, container.Name, false, line), Quote.Field(policy, "spec", policy.Spec?.ToJsonString() ?? "{}")],
                    Explains = [pod.Workload.Ref],
                    Fix = "Add a rule that allows the caller (its service account, namespace, method or path).",
                };
            }
        }
    }

    /// <summary>The policy over the pod that denied, or over one of the workloads the pod calls.</summary>
    private static KubeObject? Denier(Cluster cluster, IReadOnlyList<KubeObject> policies, Pod pod)
    {
        var targets = Hosts.ServicesNamedIn(cluster, pod.Workload).SelectMany(service => cluster.PodsWith(service.Namespace ?? "default", service.Spec.Map("selector"))).Append(pod).ToList();
        return policies.Where(policy => targets.Any(target => Applies(policy, target)))
            .OrderByDescending(policy => policy.Spec.Text("action") == "DENY")
            .ThenByDescending(policy => policy.Spec.Items("rules").Count > 0)
            .ThenByDescending(policy => policy.Spec.Has("selector"))
            .FirstOrDefault();
    }

    private static IEnumerable<Fact> Sidecars(Cluster cluster)
    {
        foreach (var complaint in Complaints.Of(cluster).Where(complaint => complaint.Sign is { Sign: Sign.Refused or Sign.Unreachable } && !HasProxy(complaint.Pod)))
        {
            if (Target.Of(cluster, complaint).Service is { } service && Strict(cluster, service) is { } strict)
            {
                yield return new Fact(complaint.Workload.Ref, Reasons.MissingIstioSidecar, 0.9, $"{complaint.Workload.Ref.Kind} {complaint.Workload.Ref.Name} has no sidecar and calls {service.Name}, where PeerAuthentication {strict.Name} demands mutual TLS.")
                {
                    Evidence = [.. complaint.Quotes, Quote.Field(strict, "spec.mtls.mode", "STRICT")],
                    Explains = [complaint.Workload.Ref],
                    Fix = "Enable injection for its namespace (label istio-injection=enabled) and restart its pods.",
                };
            }
        }

        foreach (var workload in cluster.Workloads.Where(workload => workload.Ref.Kind is "Deployment" or "StatefulSet" or "DaemonSet" && workload.Pods.Count > 0))
        {
            var injected = cluster.Find("Namespace", null, workload.Namespace)?.Labels is { } labels && (labels.GetValueOrDefault("istio-injection") == "enabled" || labels.ContainsKey("istio.io/rev"));
            var refused = workload.Template.Text("metadata", "annotations", "sidecar.istio.io/inject") == "false" || workload.PodLabels.GetValueOrDefault("sidecar.istio.io/inject") == "false";
            if (!injected || workload.Pods.Any(HasProxy) || !(cluster.PodsIn(workload.Namespace).Any(HasProxy) || cluster.CustomResources.Any(item => item.Namespace == workload.Namespace && item.Group.EndsWith("istio.io", StringComparison.Ordinal))) || workload.Pods.All(pod => pod.Terminating))
            {
                continue;
            }

            yield return new Fact(workload.Ref, Reasons.MissingIstioSidecar, refused ? 0.35 : 0.8, $"Namespace {workload.Namespace} injects sidecars, and the pods of {workload.Ref.Kind} {workload.Ref.Name} have none{(refused ? ", as they ask" : "")}.")
            {
                Strength = Strength.Likely,
                Evidence = [Quote.Field(workload.Pods[0].Object, "spec.containers[].name", string.Join(", ", workload.Pods[0].Containers.Select(container => container.Name)))],
                Explains = [workload.Ref],
                Fix = "Restart its pods (kubectl rollout restart) so that the sidecar is injected.",
            };
        }
    }

    private static bool HasProxy(Pod pod) => pod.Containers.Any(container => container.Name == "istio-proxy");

    private static KubeObject? Strict(Cluster cluster, KubeObject service) => InForce(cluster, service) is { } inForce && inForce.Spec.Text("mtls", "mode") == "STRICT" ? inForce : null;

    private static KubeObject? InForce(Cluster cluster, KubeObject service)
    {
        var pods = cluster.PodsWith(service.Namespace ?? "default", service.Spec.Map("selector"));
        return cluster.All("PeerAuthentication" + Security)
            .Where(item => item.Namespace == service.Namespace ? item.Spec.At("selector") is not { } selector || pods.Any(pod => Selectors.Matches(selector, pod.Object.Labels)) : item.Namespace == "istio-system" && !item.Spec.Has("selector"))
            .OrderByDescending(item => item.Spec.Has("selector"))
            .ThenByDescending(item => item.Namespace == service.Namespace)
            .FirstOrDefault();
    }

    private static bool Applies(KubeObject policy, Pod pod) =>
        (policy.Namespace == pod.Namespace || policy.Namespace == "istio-system")
        && policy.Spec.Text("action") is null or "ALLOW" or "DENY"
        && (policy.Spec.At("selector") is not { } selector || Selectors.Matches(selector, pod.Object.Labels));
}
