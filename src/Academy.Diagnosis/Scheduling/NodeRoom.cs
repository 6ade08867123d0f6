using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Scheduling;

/// <summary>What is left on the nodes, as far as the snapshot shows the pods that run there.</summary>
internal sealed class NodeRoom
{
    private static readonly IReadOnlyList<Pod> None = [];
    private readonly Dictionary<string, List<Pod>> pods = [];
    private readonly Dictionary<string, Dictionary<string, decimal>> used = [];

    public NodeRoom(Cluster cluster)
    {
        foreach (var pod in cluster.Pods.Where(pod => pod.NodeName is not null && !pod.Finished))
        {
            var node = pod.NodeName!;
            if (!pods.TryGetValue(node, out var list))
            {
                pods[node] = list = [];
                used[node] = [];
            }

            list.Add(pod);
            var sum = used[node];
            foreach (var (resource, amount) in Requests.Of(pod.Spec))
            {
                sum[resource] = sum.GetValueOrDefault(resource) + amount;
            }
        }
    }

    public IReadOnlyList<Pod> PodsOn(string node) => pods.TryGetValue(node, out var found) ? found : None;

    public static decimal Allocatable(KubeObject node, string resource) =>
        Quantity.Parse(node.Status.Text("allocatable", resource) ?? node.Status.Text("capacity", resource)) ?? 0;

    public decimal Free(KubeObject node, string resource) =>
        resource == "pods"
            ? Allocatable(node, "pods") - PodsOn(node.Name).Count
            : Allocatable(node, resource) - (used.TryGetValue(node.Name, out var sum) ? sum.GetValueOrDefault(resource) : 0);

    /// <summary>The resource a pod lacks most clearly on this node, or null where it fits.</summary>
    public string? Lacking(KubeObject node, IReadOnlyDictionary<string, decimal> wanted)
    {
        if (Allocatable(node, "pods") > 0 && Free(node, "pods") < 1)
        {
            return "pods";
        }

        // Hollow and virtual nodes report no ephemeral storage at all; the scheduler then does not count it.
        return wanted
            .Where(pair => pair.Value > 0 && Free(node, pair.Key) < pair.Value && (pair.Key != "ephemeral-storage" || Allocatable(node, pair.Key) > 0))
            .OrderByDescending(pair => Requests.Extended(pair.Key))
            .ThenByDescending(pair => Allocatable(node, pair.Key) < pair.Value)
            .Select(pair => pair.Key)
            .FirstOrDefault();
    }
}
