using System.Globalization;
using System.Text.Json.Nodes;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Logs;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Network;

/// <summary>Traffic that a NetworkPolicy refuses, and which policy was meant to let it through.</summary>
internal static class PolicyTrouble
{
    public static Fact? Explain(Cluster cluster, Complaint complaint, KubeObject service, long? servicePort)
    {
        var from = complaint.Pod;
        foreach (var to in cluster.PodsWith(service.Namespace ?? "default", service.Spec.Map("selector")).Where(pod => !pod.Finished && !pod.Terminating).Take(3))
        {
            var port = TargetPort(service, servicePort, to);
            if (PolicyCheck.IngressBlockers(cluster, from, to, port) is { Count: > 0 } ingress)
            {
                return Blame(cluster, ingress, "Ingress", from, to, port);
            }

            if (PolicyCheck.EgressBlockers(cluster, from, to, port) is { Count: > 0 } egress)
            {
                return Blame(cluster, egress, "Egress", from, to, port);
            }
        }

        return null;
    }

    public static long? TargetPort(KubeObject service, long? servicePort, Pod to)
    {
        var ports = service.Spec.Items("ports");
        var port = ports.FirstOrDefault(item => item.Number("port") == servicePort) ?? (ports.Count == 1 ? ports[0] : null);
        return port is null ? servicePort : port.Number("targetPort")
            ?? (port.Text("targetPort") is { } name ? to.Containers.SelectMany(container => container.Spec.Items("ports")).FirstOrDefault(item => item.Text("name") == name).Number("containerPort") : port.Number("port"));
    }

    private static Fact Blame(Cluster cluster, IReadOnlyList<KubeObject> blockers, string direction, Pod from, Pod to, long? port)
    {
        var (rules, peers) = direction == "Ingress" ? ("ingress", "from") : ("egress", "to");
        var (self, other) = direction == "Ingress" ? (to, from) : (from, to);
        var story = $"traffic from {from.Workload.Ref.Kind} {from.Workload.Ref.Name} to {to.Workload.Ref.Kind} {to.Workload.Ref.Name}";
        foreach (var policy in blockers.OrderBy(policy => policy.Name, StringComparer.Ordinal))
        {
            foreach (var (rule, index) in policy.Spec.Items(rules).Select((rule, index) => (rule, index)))
            {
                if (PolicyCheck.PeerFits(cluster, policy, rule.Items(peers), other) && !PolicyCheck.PortFits(rule, port, to))
                {
                    return Make(policy, Reasons.NetworkPolicyDeniesTraffic, 0.93, $"NetworkPolicy {policy.Name} lets {story} pass, but not on port {port}.", $"Add port {port} to the rule.", Quote.Field(policy, $"spec.{rules}[{index}].ports", rule.At("ports")?.ToJsonString()));
                }
            }
        }

        // A rule that finds nobody was meant for somebody.
        foreach (var policy in blockers.OrderBy(policy => policy.Name, StringComparer.Ordinal))
        {
            foreach (var (rule, index) in policy.Spec.Items(rules).Select((rule, index) => (rule, index)).Where(item => item.rule.Items(peers).Count > 0 && PolicyCheck.PortFits(item.rule, port, to)))
            {
                if (Meant(cluster, policy, rule.Items(peers), other))
                {
                    return Make(policy, Reasons.NetworkPolicySelectorMismatch, 0.93, $"NetworkPolicy {policy.Name} should let {story} pass, but its selector does not match those pods ({Selectors.Show(Plain(other))}).", $"Set the selector in the rule to labels that the pods of {other.Workload.Ref.Name} carry.",
                        Quote.Field(policy, $"spec.{rules}[{index}].{peers}", rule.At(peers)?.ToJsonString()), Quote.Field(other.Object, "metadata.labels", Selectors.Show(other.Object.Labels)));
                }
            }
        }

        // A policy of the namespace that would allow it and selects nobody.
        var astray = cluster.All("NetworkPolicy", self.Namespace).FirstOrDefault(policy =>
            PolicyCheck.Applies(policy, direction) && !blockers.Contains(policy)
            && cluster.PodsIn(self.Namespace).All(pod => !Selectors.Matches(policy.Spec.At("podSelector"), pod.Object.Labels))
            && policy.Spec.Items(rules).Any(rule => PolicyCheck.PortFits(rule, port, to) && PolicyCheck.PeerFits(cluster, policy, rule.Items(peers), other)));
        if (astray is not null)
        {
            return Make(astray, Reasons.NetworkPolicySelectorMismatch, 0.92, $"NetworkPolicy {astray.Name} should let {story} pass, but it selects no pod.", $"Set podSelector to labels that the pods of {self.Workload.Ref.Name} carry.", Quote.Field(astray, "spec.podSelector", astray.Spec.At("podSelector")?.ToJsonString()), Quote.Field(self.Object, "metadata.labels", Selectors.Show(self.Object.Labels)));
        }

        var denies = blockers.OrderBy(policy => policy.Spec.Items(rules).Count).ThenBy(policy => policy.Name, StringComparer.Ordinal).First();
        return Make(denies, Reasons.NetworkPolicyDeniesTraffic, 0.9, $"NetworkPolicy {denies.Name} does not let {story} pass{(port is null ? "" : string.Create(CultureInfo.InvariantCulture, $" on port {port}"))}.", $"Allow the traffic in an {direction.ToLowerInvariant()} rule.", Quote.Field(denies, "spec", denies.Spec?.ToJsonString()));
    }

    /// <summary>The rule's selectors find no pod at all, or differ from the other's labels by a slip, or its namespace only.</summary>
    private static bool Meant(Cluster cluster, KubeObject policy, IReadOnlyList<JsonObject> peers, Pod other)
    {
        var wanted = peers.Select(peer => peer.At("podSelector").Map("matchLabels")).Where(labels => labels.Count > 0).ToList();
        var finds = cluster.PodsIn(policy.Namespace ?? "default").Concat(cluster.PodsIn(other.Namespace)).Any(pod => PolicyCheck.PeerFits(cluster, policy, peers, pod));
        var slip = wanted.Any(labels => labels.Any(pair => other.Object.Labels.TryGetValue(pair.Key, out var value) ? Likeness.Score(value, pair.Value) >= 0.6 : other.Object.Labels.Any(label => label.Value == pair.Value)));
        return (!finds && peers.All(peer => !peer.Has("ipBlock"))) || slip;
    }

    private static SortedDictionary<string, string> Plain(Pod pod) =>
        new SortedDictionary<string, string>(pod.Object.Labels.Where(label => label.Key is not ("pod-template-hash" or "controller-revision-hash")).ToDictionary(), StringComparer.Ordinal);

    private static Fact Make(KubeObject policy, string reason, double confidence, string summary, string fix, params Evidence[] evidence) =>
        new(policy.Ref, reason, confidence, summary) { Evidence = evidence, Fix = fix };
}
