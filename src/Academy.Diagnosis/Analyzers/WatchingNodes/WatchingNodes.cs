using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.WatchingNodes;

/// <summary>Nodes that are not ready or under pressure, and whom that hurts.</summary>
internal sealed class WatchingNodes : IAnalyzer
{
    private static readonly (string Condition, string Reason, string Words, string Fix)[] Pressures =
    [
        ("DiskPressure", Reasons.NodeDiskPressure, "is short of disk", "Free disk space on the node (images, logs), or give it a larger disk."),
        ("MemoryPressure", Reasons.NodeMemoryPressure, "is short of memory", "Move pods away or set memory requests, so that the node is not overfilled."),
        ("PIDPressure", Reasons.NodePidPressure, "is short of process ids", "Find what starts so many processes on the node, or raise its limit."),
        ("NetworkUnavailable", Reasons.NodeNetworkUnavailable, "has no network", "Repair the network plugin on the node."),
    ];

    public Rule Rule { get; } = new("ACD801", "Node is not well", Severity.Error, nameof(WatchingNodes),
        [Reasons.NodeNotReady, Reasons.NodeDiskPressure, Reasons.NodeMemoryPressure, Reasons.NodePidPressure, Reasons.NodeNetworkUnavailable, Reasons.KubeletVersionSkew]);

    public IEnumerable<Fact> Analyze(Cluster cluster)
    {
        var victims = cluster.Pods.Where(pod => pod.NodeName is not null).ToLookup(pod => pod.NodeName!);
        var newest = cluster.Nodes.Select(Minor).Max();
        foreach (var node in cluster.Nodes)
        {
            var hurt = victims[node.Name].Where(pod => pod.Phase != "Succeeded" && (!pod.Ready || pod.Terminating)).Select(pod => pod.Workload.Ref).Distinct().ToList();
            var ready = node.Condition("Ready");
            if (ready is not null && ready.Text("status") != "True")
            {
                yield return new Fact(node.Ref, Reasons.NodeNotReady, 0.95, $"Node {node.Name} is not ready: {ready.Text("message") ?? ready.Text("reason")}")
                {
                    Evidence = [Quote.Field(node, "status.conditions[Ready]", $"{ready.Text("status")}: {ready.Text("message")}")],
                    Explains = hurt,
                    Fix = "Repair the node: its kubelet, its network, or the machine; or remove it so that its pods are replaced.",
                };
                continue;
            }

            foreach (var (type, reason, words, fix) in Pressures.Where(pressure => node.Condition(pressure.Condition).Text("status") == "True"))
            {
                yield return new Fact(node.Ref, reason, 0.92, $"Node {node.Name} {words}: {node.Condition(type).Text("message")}")
                {
                    Evidence = [Quote.Field(node, $"status.conditions[{type}]", $"True: {node.Condition(type).Text("message")}")],
                    Explains = [.. hurt.Concat(victims[node.Name].Where(pod => pod.Object.Status.Text("reason") == "Evicted").Select(pod => pod.Workload.Ref)).Distinct()],
                    Fix = fix,
                };
            }

            if (newest - Minor(node) > 3)
            {
                yield return new Fact(node.Ref, Reasons.KubeletVersionSkew, 0.7, $"The kubelet of node {node.Name} is more than three minor versions older than the newest of the cluster.")
                {
                    Strength = Strength.Likely,
                    Evidence = [Quote.Field(node, "status.nodeInfo.kubeletVersion", node.Status.Text("nodeInfo", "kubeletVersion"))],
                    Explains = hurt,
                    Fix = "Upgrade the kubelet of the node.",
                };
            }
        }
    }

    private static long? Minor(KubeObject node) =>
        node.Status.Text("nodeInfo", "kubeletVersion")?.Split('.') is [_, var minor, ..] && long.TryParse(minor, out var number) ? number : null;
}
