using System.Text.Json.Nodes;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Network;

/// <summary>NetworkPolicies evaluated as the standard says: whoever is selected by one may only do what one of them allows.</summary>
internal static class PolicyCheck
{
    /// <summary>The policies that together refuse the traffic; empty where it may pass.</summary>
    public static IReadOnlyList<KubeObject> IngressBlockers(Cluster cluster, Pod from, Pod to, long? port)
    {
        var selecting = Selecting(cluster, to, "Ingress");
        return selecting.Any(policy => policy.Spec.Items("ingress").Any(rule => PortFits(rule, port, to) && PeerFits(cluster, policy, rule.Items("from"), from))) ? [] : selecting;
    }

    public static IReadOnlyList<KubeObject> EgressBlockers(Cluster cluster, Pod from, Pod to, long? port)
    {
        var selecting = Selecting(cluster, from, "Egress");
        return selecting.Any(policy => policy.Spec.Items("egress").Any(rule => PortFits(rule, port, to) && PeerFits(cluster, policy, rule.Items("to"), to))) ? [] : selecting;
    }

    /// <summary>Policies that keep a pod from asking the cluster's DNS.</summary>
    public static IReadOnlyList<KubeObject> DnsBlockers(Cluster cluster, Pod from)
    {
        var selecting = Selecting(cluster, from, "Egress");
        return selecting.Any(policy => policy.Spec.Items("egress").Any(rule => DnsPort(rule) && DnsPeer(cluster, rule.Items("to")))) ? [] : selecting;
    }

    /// <summary>Policies that keep a pod from reaching anything outside of the cluster on a port.</summary>
    public static IReadOnlyList<KubeObject> OutsideBlockers(Cluster cluster, Pod from, long? port)
    {
        var selecting = Selecting(cluster, from, "Egress");
        return selecting.Any(policy => policy.Spec.Items("egress").Any(rule =>
            PortFits(rule, port, null) && (rule.Items("to").Count == 0 || rule.Items("to").Any(peer => peer.Has("ipBlock"))))) ? [] : selecting;
    }

    public static IReadOnlyList<KubeObject> Selecting(Cluster cluster, Pod pod, string direction) =>
    [
        .. cluster.All("NetworkPolicy", pod.Namespace).Where(policy => Applies(policy, direction) && Selectors.Matches(policy.Spec.At("podSelector"), pod.Object.Labels)),
    ];

    public static bool Applies(KubeObject policy, string direction)
    {
        var types = policy.Spec.Texts("policyTypes");
        return types.Count > 0 ? types.Contains(direction) : direction == "Ingress" || policy.Spec.Has("egress");
    }

    public static bool PeerFits(Cluster cluster, KubeObject policy, IReadOnlyList<JsonObject> peers, Pod other) =>
        peers.Count == 0 || peers.Any(peer => Fits(cluster, policy, peer, other));

    public static bool PortFits(JsonObject rule, long? port, Pod? to)
    {
        var ports = rule.Items("ports");
        return ports.Count == 0 || port is null || ports.Any(item =>
            item.Text("protocol") is null or "TCP" && (item.Number("port") is { } number
                ? port >= number && port <= (item.Number("endPort") ?? number)
                : item.Text("port") is not { } name || (to is not null && to.Containers.SelectMany(container => container.Spec.Items("ports")).Any(named => named.Text("name") == name && named.Number("containerPort") == port))));
    }

    private static bool Fits(Cluster cluster, KubeObject policy, JsonObject peer, Pod other)
    {
        if (peer.At("ipBlock") is { } block)
        {
            return Covers(block, other.Object.Status.Text("podIP"));
        }

        var pods = peer.At("podSelector");
        var namespaces = peer.At("namespaceSelector");
        var inNamespace = namespaces is null ? other.Namespace == policy.Namespace : Selectors.Matches(namespaces, NamespaceLabels(cluster, other.Namespace));
        return inNamespace && (pods is null || Selectors.Matches(pods, other.Object.Labels));
    }

    private static Dictionary<string, string> NamespaceLabels(Cluster cluster, string ns)
    {
        var labels = new Dictionary<string, string>(cluster.Find("Namespace", null, ns)?.Labels ?? new Dictionary<string, string>());
        labels.TryAdd("kubernetes.io/metadata.name", ns);
        return labels;
    }

    private static bool Covers(JsonNode block, string? ip) =>
        ip is not null && System.Net.IPAddress.TryParse(ip, out var address)
        && System.Net.IPNetwork.TryParse(block.Text("cidr"), out var network) && network.Contains(address)
        && !block.Texts("except").Any(except => System.Net.IPNetwork.TryParse(except, out var hole) && hole.Contains(address));

    private static bool DnsPort(JsonObject rule)
    {
        var ports = rule.Items("ports");
        return ports.Count == 0 || ports.Any(item => item.Text("port") is null or "53" or "dns" or "dns-tcp" || (item.Number("port") <= 53 && item.Number("endPort") >= 53));
    }

    private static bool DnsPeer(Cluster cluster, IReadOnlyList<JsonObject> peers) =>
        peers.Count == 0 || peers.Any(peer =>
            peer.Has("ipBlock")
            || (peer.At("namespaceSelector") is { } namespaces && Selectors.Matches(namespaces, NamespaceLabels(cluster, "kube-system"))
                && (peer.At("podSelector") is not { } pods || Selectors.Matches(pods, new Dictionary<string, string> { ["k8s-app"] = "kube-dns" }) || Selectors.Matches(pods, new Dictionary<string, string> { ["k8s-app"] = "coredns" }))));
}
