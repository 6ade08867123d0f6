using System.Text.Json.Nodes;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Scheduling;

/// <summary>Rules about the other pods on a node or in its zone: affinity, anti-affinity, spreading, host ports.</summary>
internal static class Neighbours
{
    public static bool Affine(Cluster cluster, NodeRoom room, Pod pod, KubeObject node) =>
        pod.Spec.Items("affinity", "podAffinity", "requiredDuringSchedulingIgnoredDuringExecution").All(term =>
            InDomain(cluster, room, node, term).Any(other => Selected(cluster, term, pod, other))
            // The first of a group that is affine to itself may go anywhere.
            || (Selects(term, pod, pod) && !cluster.Nodes.Any(any => room.PodsOn(any.Name).Any(other => Selected(cluster, term, pod, other)))));

    public static bool Averse(Cluster cluster, NodeRoom room, Pod pod, KubeObject node) =>
        pod.Spec.Items("affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution")
            .Any(term => InDomain(cluster, room, node, term).Any(other => Selected(cluster, term, pod, other)));

    public static bool Spreads(Cluster cluster, NodeRoom room, Pod pod, KubeObject node, IReadOnlyList<KubeObject> eligible)
    {
        foreach (var constraint in pod.Spec.Items("topologySpreadConstraints").Where(item => item.Text("whenUnsatisfiable") is null or "DoNotSchedule"))
        {
            var key = constraint.Text("topologyKey") ?? "";
            if (!node.Labels.TryGetValue(key, out var domain))
            {
                return false;
            }

            var counts = eligible.Where(item => item.Labels.ContainsKey(key)).GroupBy(item => item.Labels[key]).ToDictionary(
                group => group.Key,
                group => group.Sum(item => room.PodsOn(item.Name).Count(other => other.Namespace == pod.Namespace && Selectors.Matches(constraint.At("labelSelector"), other.Object.Labels))));
            var self = Selectors.Matches(constraint.At("labelSelector"), pod.Object.Labels) ? 1 : 0;
            if (counts.GetValueOrDefault(domain) + self - counts.Values.DefaultIfEmpty(0).Min() > (constraint.Number("maxSkew") ?? 1))
            {
                return false;
            }
        }

        return true;
    }

    public static Pod? PortHolder(NodeRoom room, Pod pod, KubeObject node)
    {
        var wanted = HostPorts(pod).ToHashSet();
        return wanted.Count == 0 ? null : room.PodsOn(node.Name).FirstOrDefault(other => other.Ref != pod.Ref && HostPorts(other).Any(wanted.Contains));
    }

    public static IEnumerable<(long Port, string Protocol)> HostPorts(Pod pod) =>
        pod.Containers.SelectMany(container => container.Spec.Items("ports"))
            .Where(port => port.Number("hostPort") is > 0)
            .Select(port => (port.Number("hostPort") ?? 0, port.Text("protocol") ?? "TCP"));

    private static IEnumerable<Pod> InDomain(Cluster cluster, NodeRoom room, KubeObject node, JsonObject term)
    {
        var key = term.Text("topologyKey") ?? "";
        if (!node.Labels.TryGetValue(key, out var domain))
        {
            return [];
        }

        return key == "kubernetes.io/hostname"
            ? room.PodsOn(node.Name)
            : cluster.Nodes.Where(other => other.Labels.TryGetValue(key, out var value) && value == domain).SelectMany(other => room.PodsOn(other.Name));
    }

    private static bool Selected(Cluster cluster, JsonObject term, Pod pod, Pod other)
    {
        var named = term.Texts("namespaces");
        var selector = term.At("namespaceSelector");
        var inScope = named.Count == 0 && selector is null
            ? other.Namespace == pod.Namespace
            : named.Contains(other.Namespace) || (selector is not null && Selectors.Matches(selector, cluster.Find("Namespace", null, other.Namespace)?.Labels ?? other.Object.Labels));
        return inScope && Selectors.Matches(term.At("labelSelector"), other.Object.Labels);
    }

    private static bool Selects(JsonObject term, Pod pod, Pod other) =>
        pod.Namespace == other.Namespace && Selectors.Matches(term.At("labelSelector"), other.Object.Labels);
}
