using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Scheduling;

internal enum Obstacle
{
    None,
    NodeSelector,
    NodeAffinity,
    NoSuchResource,
    VolumeTopology,
    NodeState,
    Taint,
    HostPort,
    PodAffinity,
    AntiAffinity,
    Spread,
    Resource,
}

/// <summary>Why a pod finds no node: the first barrier that leaves none, and the nodes that stood before it.</summary>
/// <param name="Resource">The resource that is lacking.</param>
internal sealed record Placement(Obstacle Obstacle, IReadOnlyList<KubeObject> Nodes, string? Resource = null)
{
    /// <summary>
    /// Narrows the nodes down from what the pod says it wants (labels, devices, its volume) to what stands in the way there.
    /// A node the pod never asked for does not speak.
    /// </summary>
    public static Placement Of(Cluster cluster, NodeRoom room, Pod pod)
    {
        var nodes = cluster.Nodes;
        var spec = pod.Spec;
        var selected = nodes.Where(node => Selectors.Matches(spec.Map("nodeSelector"), node.Labels)).ToList();
        if (selected.Count == 0)
        {
            return new Placement(Obstacle.NodeSelector, nodes);
        }

        var terms = spec.Items("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution", "nodeSelectorTerms");
        var fitting = terms.Count == 0 ? selected : [.. selected.Where(node => Selectors.FitsNode(terms, node))];
        if (fitting.Count == 0)
        {
            return new Placement(Obstacle.NodeAffinity, selected);
        }

        var wanted = Requests.Of(spec);
        var equipped = fitting;
        foreach (var resource in wanted.Where(pair => pair.Value > 0 && Requests.Extended(pair.Key)).Select(pair => pair.Key))
        {
            var before = equipped;
            equipped = [.. before.Where(node => NodeRoom.Allocatable(node, resource) > 0)];
            if (equipped.Count == 0)
            {
                return new Placement(Obstacle.NoSuchResource, before, resource);
            }
        }

        var volumes = Volumes.BoundTo(cluster, pod).ToList();
        var reachable = equipped.Where(node => volumes.All(volume => Volumes.ReachableFrom(volume, node))).ToList();
        if (reachable.Count == 0)
        {
            return new Placement(Obstacle.VolumeTopology, equipped);
        }

        var open = reachable.Where(node => Taints.Untolerated(node, spec).Count == 0).ToList();
        if (open.Count == 0)
        {
            var ailing = reachable.Where(node => Taints.Untolerated(node, spec).All(taint => taint.OfSystem)).ToList();
            return ailing.Count > 0 ? new Placement(Obstacle.NodeState, ailing) : new Placement(Obstacle.Taint, reachable);
        }

        return Among(cluster, room, pod, open, wanted);
    }

    private static Placement Among(Cluster cluster, NodeRoom room, Pod pod, List<KubeObject> open, IReadOnlyDictionary<string, decimal> wanted)
    {
        (Obstacle Obstacle, Func<KubeObject, bool> Passes)[] steps =
        [
            (Obstacle.HostPort, node => Neighbours.PortHolder(room, pod, node) is null),
            (Obstacle.PodAffinity, node => Neighbours.Affine(cluster, room, pod, node)),
            (Obstacle.AntiAffinity, node => !Neighbours.Averse(cluster, room, pod, node)),
            (Obstacle.Spread, node => Neighbours.Spreads(cluster, room, pod, node, open)),
        ];
        var left = open;
        foreach (var (barrier, passes) in steps)
        {
            var next = left.Where(passes).ToList();
            if (next.Count == 0)
            {
                return new Placement(barrier, left);
            }

            left = next;
        }

        var lacking = left.Select(node => (Node: node, Resource: room.Lacking(node, wanted))).ToList();
        return lacking.All(item => item.Resource is not null)
            ? new Placement(Obstacle.Resource, left, lacking.GroupBy(item => item.Resource!).OrderByDescending(group => group.Count()).ThenBy(group => group.Key, StringComparer.Ordinal).First().Key)
            : new Placement(Obstacle.None, left);
    }
}
