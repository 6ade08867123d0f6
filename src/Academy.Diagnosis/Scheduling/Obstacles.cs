using System.Globalization;
using System.Text.Json.Nodes;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Scheduling;

/// <summary>Puts a barrier into words and names the object to change.</summary>
internal static class Obstacles
{
    private const string Placed = "Placed anew on the copy, its pods find a node that takes them.";

    public static Fact? Explain(Cluster cluster, NodeRoom room, Pod pod, Placement placement, string said)
    {
        var at = pod.Workload.Ref;
        var who = $"{at.Kind} {at.Name}";
        return placement.Obstacle switch
        {
            Obstacle.NodeSelector => new Fact(at, Reasons.NodeSelectorMismatch, 0.96, $"{who} may only run on nodes labelled {Selectors.Show(pod.Spec.Map("nodeSelector"))}, and no node is.{Label(placement, pod)}")
            {
                Evidence = [Quote.Field(pod.Object, "spec.nodeSelector", Selectors.Show(pod.Spec.Map("nodeSelector")))],
                Fix = "Correct nodeSelector in the pod template, or label a node accordingly.",
                Foreseen = Placed,
                Patch = Selector(placement, pod),
            },
            Obstacle.NodeAffinity => new Fact(at, Reasons.NodeAffinityUnsatisfiable, 0.95, $"No node satisfies the required node affinity of {who}.")
            {
                Evidence = [Quote.Field(pod.Object, "spec.affinity.nodeAffinity", pod.Spec.At("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution")?.ToJsonString())],
                Fix = "Correct the node affinity, or label a node accordingly.",
            },
            Obstacle.NoSuchResource => GpuShortage.Absent(cluster, pod, placement.Resource!, placement.Nodes),
            Obstacle.VolumeTopology => Topology(cluster, pod, placement),
            Obstacle.NodeState => State(pod, placement),
            Obstacle.Taint => Tainted(pod, placement),
            Obstacle.HostPort => Ports(room, pod, placement),
            Obstacle.PodAffinity => new Fact(at, Reasons.PodAffinityUnsatisfiable, 0.92, $"{who} must run beside pods that run nowhere it may go.")
            {
                Evidence = [Quote.Field(pod.Object, "spec.affinity.podAffinity", pod.Spec.At("affinity", "podAffinity", "requiredDuringSchedulingIgnoredDuringExecution")?.ToJsonString())],
                Fix = "Correct the pod affinity's labels or topology key, or make it preferred instead of required.",
            },
            Obstacle.AntiAffinity => new Fact(at, Reasons.AntiAffinityUnsatisfiable, 0.92, $"{who} may not share a {TopologyKey(pod)} with pods that already run on every node it may use.")
            {
                Evidence = [Quote.Field(pod.Object, "spec.affinity.podAntiAffinity", pod.Spec.At("affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution")?.ToJsonString())],
                Fix = "Run fewer replicas, add nodes, or make the anti-affinity preferred instead of required.",
            },
            Obstacle.Spread => new Fact(at, Reasons.TopologySpreadUnsatisfiable, 0.92, $"{who} must be spread over domains, and no node left keeps within maxSkew.")
            {
                Evidence = [Quote.Field(pod.Object, "spec.topologySpreadConstraints", pod.Spec.At("topologySpreadConstraints")?.ToJsonString())],
                Fix = "Add nodes in the other domains, correct the topology key, or set whenUnsatisfiable to ScheduleAnyway.",
            },
            Obstacle.Resource => Short(cluster, room, pod, placement),
            _ => Said(cluster, pod, said),
        };
    }

    private static Fact Short(Cluster cluster, NodeRoom room, Pod pod, Placement placement)
    {
        var resource = placement.Resource!;
        if (Requests.Extended(resource))
        {
            return GpuShortage.Explain(cluster, room, pod, resource, placement.Nodes);
        }

        var at = pod.Workload.Ref;
        var wanted = resource == "pods" ? 1 : Requests.Of(pod.Spec).GetValueOrDefault(resource);
        var largest = placement.Nodes.MaxBy(node => NodeRoom.Allocatable(node, resource))!;
        var most = NodeRoom.Allocatable(largest, resource);
        var tooLarge = wanted > most;
        return new Fact(at, ReasonOf(resource), tooLarge ? 0.96 : 0.88, tooLarge
            ? $"{at.Kind} {at.Name} asks for {Show(resource, wanted)} {resource} in one pod, and the largest node it may use has {Show(resource, most)}."
            : $"{at.Kind} {at.Name} finds no node with {Show(resource, wanted)} {resource} free.")
        {
            Evidence =
            [
                Quote.Field(pod.Object, "spec.containers[].resources.requests", $"{resource}: {Show(resource, wanted)}"),
                Quote.Field(largest, $"status.allocatable.{resource}", largest.Status.Text("allocatable", resource)),
            ],
            Fix = $"Lower the {resource} request to what the program needs, free room on the nodes, or add a larger node.",
        };
    }

    private static Fact Tainted(Pod pod, Placement placement)
    {
        var at = pod.Workload.Ref;
        var node = placement.Nodes[0];
        var taint = Taints.Untolerated(node, pod.Spec).First(item => !item.OfSystem);
        var toleration = new JsonObject { ["key"] = taint.Key, ["operator"] = taint.Value is { Length: > 0 } ? "Equal" : "Exists" };
        if (taint.Value is { Length: > 0 } value)
        {
            toleration["value"] = value;
        }

        toleration["effect"] = taint.Effect;
        var kept = pod.Spec.Items("tolerations").Where(item => item.Text("key")?.StartsWith("node.kubernetes.io/", StringComparison.Ordinal) != true).Select(item => item.DeepClone());
        return new Fact(at, Reasons.UntoleratedTaint, 0.95, $"The nodes that {at.Kind} {at.Name} may use carry taint {taint}, which its pods do not tolerate.")
        {
            Evidence = [Quote.Field(node, $"spec.taints[{taint.Index}]", taint.ToString()), Quote.Field(pod.Object, "spec.tolerations", pod.Spec.At("tolerations")?.ToJsonString() ?? "(none)")],
            Fix = $"Add a toleration for {taint} to the pod template, or send the pods to other nodes.",
            Foreseen = Placed,
            Patch = Patches.PodSpec(pod.Workload, new JsonObject { ["tolerations"] = new JsonArray([.. kept, toleration]) }),
        };
    }

    private static Fact State(Pod pod, Placement placement)
    {
        var node = placement.Nodes[0];
        var taints = Taints.Untolerated(node, pod.Spec);
        var (reason, words, fix) = NodeTrouble(taints.Select(taint => taint.Key));
        return new Fact(node.Ref, reason, 0.94, $"{pod.Workload.Ref.Kind} {pod.Workload.Ref.Name} can only run on node {node.Name}, which {words}.")
        {
            Evidence = [.. taints.Select(taint => Quote.Field(node, $"spec.taints[{taint.Index}]", taint.ToString()))],
            Explains = [pod.Workload.Ref],
            Fix = fix,
            Patch = reason == Reasons.NodeCordoned ? Patches.At(["spec"], new JsonObject { ["unschedulable"] = false }) : null,
        };
    }

    private static (string Reason, string Words, string Fix) NodeTrouble(IEnumerable<string> keys)
    {
        var all = keys.ToList();
        bool Any(string word) => all.Any(key => key.EndsWith(word, StringComparison.Ordinal));
        return 0 switch
        {
            _ when Any("/not-ready") || Any("/unreachable") => (Reasons.NodeNotReady, "is not ready", "Repair the node: its kubelet, its network, or the machine."),
            _ when Any("/disk-pressure") => (Reasons.NodeDiskPressure, "is short of disk", "Free disk space on the node (images, logs), or give it a larger disk."),
            _ when Any("/memory-pressure") => (Reasons.NodeMemoryPressure, "is short of memory", "Free memory on the node, or move pods away."),
            _ when Any("/pid-pressure") => (Reasons.NodePidPressure, "is short of process ids", "Find what starts so many processes on the node, or raise its limit."),
            _ when Any("/network-unavailable") => (Reasons.NodeNetworkUnavailable, "has no network", "Repair the network plugin on the node."),
            _ when Any("/unschedulable") => (Reasons.NodeCordoned, "is cordoned", "Uncordon the node when its maintenance is over (kubectl uncordon)."),
            _ => (Reasons.NodeNotReady, "is not ready", "Repair the node: its kubelet, its network, or the machine."),
        };
    }

    private static Fact Topology(Cluster cluster, Pod pod, Placement placement)
    {
        var volume = Volumes.BoundTo(cluster, pod).First(item => !placement.Nodes.Any(node => Volumes.ReachableFrom(item, node)) || item.Spec.Has("nodeAffinity"));
        return Bound(cluster, pod, volume);
    }

    private static Fact Bound(Cluster cluster, Pod pod, KubeObject volume)
    {
        var terms = volume.Spec.At("nodeAffinity", "required", "nodeSelectorTerms")?.ToJsonString();
        return new Fact(volume.Ref, Reasons.VolumeNodeAffinityConflict, 0.95, $"PersistentVolume {volume.Name} can only be used on nodes that {pod.Workload.Ref.Kind} {pod.Workload.Ref.Name} cannot run on, or that are not in the cluster.")
        {
            Evidence = [Quote.Field(volume, "spec.nodeAffinity.required.nodeSelectorTerms", terms)],
            Explains = [pod.Workload.Ref, .. Volumes.Claims(cluster, pod).Select(item => item.Claim?.Ref).OfType<ObjectRef>()],
            Fix = "Bring back the node the volume lies on, or give the claim a volume on a node that exists.",
        };
    }

    private static Fact Ports(NodeRoom room, Pod pod, Placement placement)
    {
        var holder = Neighbours.PortHolder(room, pod, placement.Nodes[0])!;
        var port = Neighbours.HostPorts(pod).Intersect(Neighbours.HostPorts(holder)).First().Port;
        return new Fact(pod.Workload.Ref, Reasons.HostPortConflict, 0.93, $"{pod.Workload.Ref.Kind} {pod.Workload.Ref.Name} wants port {port} of the node itself, which pod {holder.Name} already holds on every node it may use.")
        {
            Evidence = [Quote.Field(pod.Object, "spec.containers[].ports[].hostPort", port.ToString(CultureInfo.InvariantCulture)), Quote.Field(holder.Object, "spec.containers[].ports[].hostPort", port.ToString(CultureInfo.InvariantCulture))],
            Fix = "Drop hostPort and use a Service, take another port, or run at most one such pod on a node.",
        };
    }

    private static Fact? Said(Cluster cluster, Pod pod, string said)
    {
        if (cluster.Nodes.Count == 0 && Away(pod, said) is { } away)
        {
            return away;
        }

        if (SchedulerWords.Main(said) is not var (reason, resource))
        {
            return null;
        }

        if (reason == Reasons.NodeAffinityUnsatisfiable && pod.Spec.Map("nodeSelector").Count > 0 && !pod.Spec.Has("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution"))
        {
            // Older versions say affinity for both.
            reason = Reasons.NodeSelectorMismatch;
        }

        if (reason == Reasons.VolumeNodeAffinityConflict && Volumes.BoundTo(cluster, pod).FirstOrDefault(volume => volume.Spec.Has("nodeAffinity")) is { } volume)
        {
            return Bound(cluster, pod, volume);
        }

        var at = pod.Workload.Ref;
        return new Fact(at, reason, 0.75, resource.Length > 0
            ? $"{at.Kind} {at.Name} finds no node with enough {resource} free."
            : $"The scheduler finds no node for {at.Kind} {at.Name}: {Quote.Cut(said)}")
        {
            Fix = "Compare what the pod asks for with what the nodes offer: kubectl describe nodes.",
        };
    }

    /// <summary>The nodes were not read, and the scheduler says that some are away: the one that earlier pods of the workload were on.</summary>
    private static Fact? Away(Pod pod, string said)
    {
        var left = pod.Workload.Pods.FirstOrDefault(other => other.Scheduled && (other.Terminating || !other.Ready));
        return left is null || !(said.Contains("node.kubernetes.io/unreachable", StringComparison.Ordinal) || said.Contains("node.kubernetes.io/not-ready", StringComparison.Ordinal)) ? null
            : new Fact(new ObjectRef("Node", null, left.NodeName!), Reasons.NodeNotReady, 0.8, $"Node {left.NodeName}, where {pod.Workload.Ref.Kind} {pod.Workload.Ref.Name} ran, is not ready, and no other takes its pods.")
            {
                Strength = Strength.Likely,
                Evidence = [Quote.Field(left.Object, "spec.nodeName", left.NodeName)],
                Explains = [pod.Workload.Ref],
                Fix = "Repair the node: its kubelet, its network, or the machine; or remove it so that its pods are replaced.",
            };
    }

    private static string Label(Placement placement, Pod pod)
    {
        var key = pod.Spec.Map("nodeSelector").Keys.FirstOrDefault(key => placement.Nodes.Any(node => node.Labels.ContainsKey(key)));
        return key is null ? "" : $" Nodes have {key} = {string.Join(", ", placement.Nodes.Select(node => node.Labels.GetValueOrDefault(key)).OfType<string>().Distinct().Order(StringComparer.Ordinal).Take(4))}.";
    }

    /// <summary>Values that nodes have, where they are so alike that a slip is likely.</summary>
    private static JsonObject? Selector(Placement placement, Pod pod)
    {
        var change = new JsonObject();
        foreach (var (key, value) in pod.Spec.Map("nodeSelector").Where(pair => placement.Nodes.All(node => node.Labels.GetValueOrDefault(pair.Key) != pair.Value)))
        {
            if (Likeness.Closest(value, placement.Nodes.Select(node => node.Labels.GetValueOrDefault(key)).OfType<string>().Distinct()) is not { } meant)
            {
                return null;
            }

            change[key] = meant;
        }

        return change.Count == 0 ? null : Patches.PodSpec(pod.Workload, new JsonObject { ["nodeSelector"] = change });
    }

    private static string TopologyKey(Pod pod) =>
        pod.Spec.Items("affinity", "podAntiAffinity", "requiredDuringSchedulingIgnoredDuringExecution").Head().Text("topologyKey") ?? "node";

    private static string ReasonOf(string resource) => resource switch
    {
        "cpu" => Reasons.InsufficientCpu,
        "memory" => Reasons.InsufficientMemory,
        "pods" => Reasons.InsufficientPods,
        "ephemeral-storage" => Reasons.EphemeralStorageExceeded,
        _ => Reasons.InsufficientMemory,
    };

    private static string Show(string resource, decimal amount) => resource == "memory" || resource == "ephemeral-storage"
        ? string.Create(CultureInfo.InvariantCulture, $"{amount / 1048576m:0}Mi")
        : amount.ToString("0.###", CultureInfo.InvariantCulture);
}
