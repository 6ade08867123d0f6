using System.Globalization;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Scheduling;

/// <summary>Why there is no accelerator left: too large a wish, no plugin, someone else, or pieces that do not add up.</summary>
internal static class GpuShortage
{
    public static Fact Explain(Cluster cluster, NodeRoom room, Pod pod, string resource, IReadOnlyList<KubeObject> nodes)
    {
        var workload = pod.Workload;
        var who = $"{workload.Ref.Kind} {workload.Ref.Name}";
        var wanted = Requests.Of(pod.Spec).GetValueOrDefault(resource);
        var largest = nodes.Select(node => NodeRoom.Allocatable(node, resource)).DefaultIfEmpty(0).Max();
        var request = Quote.Field(pod.Object, "spec.containers[].resources.requests", $"{resource}: {Show(wanted)}");
        if (wanted > largest)
        {
            return new Fact(workload.Ref, Reasons.InsufficientGpu, 0.96, $"{who} asks for {Show(wanted)} {resource} in one pod, and no node has more than {Show(largest)}.")
            {
                Evidence = [request, .. nodes.Take(3).Select(node => Quote.Field(node, $"status.allocatable.{resource}", Show(NodeRoom.Allocatable(node, resource))))],
                Fix = $"Ask for at most {Show(largest)} {resource} in a pod and split the work over more pods, or add a larger node.",
            };
        }

        var holders = nodes.SelectMany(node => room.PodsOn(node.Name))
            .Select(other => (other.Workload, Amount: Requests.Of(other.Spec).GetValueOrDefault(resource)))
            .Where(item => item.Amount > 0)
            .GroupBy(item => item.Workload)
            .Select(group => (Workload: group.Key, Amount: group.Sum(item => item.Amount)))
            .OrderByDescending(item => item.Amount)
            .ThenBy(item => item.Workload.Ref.ToString(), StringComparer.Ordinal)
            .ToList();
        var free = nodes.Sum(node => room.Free(node, resource));
        var others = holders.Where(item => item.Workload != workload).ToList();
        var evidence = new List<Evidence> { request };
        evidence.AddRange(nodes.Take(3).Select(node => Quote.Field(node, $"status.allocatable.{resource}", Show(NodeRoom.Allocatable(node, resource)))));
        evidence.AddRange(others.Take(2).SelectMany(item => item.Workload.Pods.Where(held => held.Scheduled).Take(2)).Select(held => Quote.Field(held.Object, "spec.containers[].resources.requests", $"{resource}: {Show(Requests.Of(held.Spec).GetValueOrDefault(resource))} on {held.NodeName}")));
        if (Deadlocked(workload, holders.Select(item => item.Workload).ToList(), resource))
        {
            return new Fact(workload.Ref, Reasons.GangSchedulingDeadlock, 0.85, $"{who} and other training jobs each hold some of the {resource} and wait for the rest, so none can start.")
            {
                Evidence = evidence,
                Fix = "Stop one of the jobs so that the other gets all its workers, and schedule gangs as a whole (a PodGroup or a queue).",
            };
        }

        if (free >= wanted)
        {
            return new Fact(workload.Ref, Reasons.GpuFragmentation, 0.9, $"{Show(free)} {resource} are free in all, but no single node has the {Show(wanted)} that a pod of {who} asks for.")
            {
                Evidence = evidence,
                Fix = $"Ask for fewer {resource} in a pod, or move other pods so that one node has {Show(wanted)} free.",
            };
        }

        return others.Count > 0
            ? new Fact(others[0].Workload.Ref, Reasons.GpuExhaustedByOtherWorkload, 0.9, $"{others[0].Workload.Ref.Kind} {others[0].Workload.Ref.Name} in namespace {others[0].Workload.Namespace} holds {Show(others[0].Amount)} {resource}, so {who} finds none free.")
            {
                Evidence = evidence,
                Explains = [workload.Ref],
                Fix = $"Free some of the {resource} that {others[0].Workload.Ref.Name} holds (scale it down), or add nodes.",
            }
            : new Fact(workload.Ref, Reasons.InsufficientGpu, 0.85, $"{who} asks for more {resource} than the nodes have left.")
            {
                Evidence = evidence,
                Fix = $"Run fewer pods of it at a time, or add nodes with {resource}.",
            };
    }

    /// <summary>Nodes of the cluster that should offer a resource and do not, or none that could.</summary>
    public static Fact Absent(Cluster cluster, Pod pod, string resource, IReadOnlyList<KubeObject> candidates)
    {
        var who = $"{pod.Workload.Ref.Kind} {pod.Workload.Ref.Name}";
        var request = Quote.Field(pod.Object, "spec.containers[].resources.requests", $"{resource}: {Show(Requests.Of(pod.Spec).GetValueOrDefault(resource))}");
        var other = Likeness.Closest(resource, cluster.Nodes.SelectMany(node => node.Status.At("allocatable").Members()).Select(pair => pair.Key).Where(Requests.Extended).Distinct());
        if (other is not null)
        {
            return new Fact(pod.Workload.Ref, Reasons.InsufficientGpu, 0.85, $"{who} asks for {resource}, which no node offers; the nodes offer {other}.")
            {
                Evidence = [request],
                Fix = $"Ask for {other}.",
            };
        }

        var meant = candidates.Where(node => Quantity.Parse(node.Status.Text("capacity", resource)) > 0 || node.Labels.Any(label => Hints(label.Key) || Hints(label.Value)) || Hints(node.Name)).ToList();
        var plugin = cluster.All("DaemonSet").FirstOrDefault(set => set.Name.Contains("device-plugin", StringComparison.Ordinal) && set.Status.Number("numberReady") is null or 0);
        if (meant.Count == 0 && plugin is null)
        {
            return new Fact(pod.Workload.Ref, Reasons.InsufficientGpu, 0.85, $"{who} asks for {resource}, and no node of this cluster has any.")
            {
                Evidence = [request],
                Fix = $"Add a node that offers {resource}, or run without it.",
            };
        }

        var subject = plugin?.Ref ?? meant[0].Ref;
        return new Fact(subject, Reasons.GpuDevicePluginMissing, 0.88, $"{who} asks for {resource}; {(meant.Count > 0 ? $"node {meant[0].Name} is meant for it but" : "the nodes")} offers none, since no device plugin registers it.")
        {
            Evidence = [request, .. meant.Take(2).Select(node => Quote.Field(node, $"status.allocatable.{resource}", node.Status.Text("allocatable", resource) ?? "(absent)"))],
            Explains = [pod.Workload.Ref],
            Fix = "Install or repair the vendor's device plugin on the GPU nodes, then check that the node lists the resource as allocatable.",
        };
    }

    private static bool Deadlocked(Workload workload, List<Workload> holders, string resource) =>
        holders.Contains(workload)
        && holders.Count > 1
        && holders.All(holder => Gang(holder) && holder.Pods.Any(pod => !pod.Scheduled && !pod.Finished && Requests.Of(pod.Spec).GetValueOrDefault(resource) > 0));

    private static bool Gang(Workload workload) =>
        workload.Ref.Kind is not ("Deployment" or "DaemonSet" or "Pod") && workload.Pods.Count > 1;

    private static bool Hints(string text) =>
        ((string[])["gpu", "nvidia", "a100", "h100", "accelerator"]).Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string Show(decimal amount) => amount.ToString("0.###", CultureInfo.InvariantCulture);
}
