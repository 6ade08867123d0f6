using System.Globalization;
using System.Text.Json.Nodes;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Graph;

/// <summary>
/// A copy of a snapshot in which a workload's pods are made anew from its patched template: just created, without status, logs and events,
/// and not yet on a node. What is wrong with them then is wrong by the objects alone.
/// </summary>
internal static class NewPods
{
    /// <summary>Older than the patience of the scheduling rule, younger than that of rules about pods that do not get ready.</summary>
    private static readonly TimeSpan Age = TimeSpan.FromSeconds(40);

    public static ClusterSnapshot Of(ClusterSnapshot snapshot, RootCause cause, JsonObject patched)
    {
        var index = Cluster.Index(snapshot, default);
        var workload = index.WorkloadAt(new ObjectRef(cause.Kind, cause.Namespace, cause.Name));
        var old = (workload?.Pods ?? []).Where(pod => pod.Phase != "Succeeded").ToList();
        var gone = old.Select(pod => pod.Object.Json).ToHashSet<JsonObject>(ReferenceEqualityComparer.Instance);
        var names = old.Select(pod => pod.Ref).ToHashSet();
        var template = new Workload(new ObjectRef(cause.Kind, cause.Namespace, cause.Name), new KubeObject(patched));
        var objects = snapshot.Objects
            .Where(item => !gone.Contains(item) && !(item.Text("kind") == "Event" && names.Contains(new KubeEvent(item).About)))
            .Select(item => IsOf(item, cause) ? Fresh(patched) : item)
            .Concat(old.Select(pod => Pod(pod, template.Template, index.Now)));
        return ClusterSnapshot.Create(objects, snapshot.Logs.Where(log => !names.Contains(new ObjectRef("Pod", log.Namespace, log.Pod))), snapshot.TakenAt, snapshot.Unreadable);
    }

    private static JsonObject Pod(Pod old, JsonNode? template, DateTimeOffset now)
    {
        var metadata = new JsonObject
        {
            ["name"] = old.Name,
            ["namespace"] = old.Namespace,
            ["creationTimestamp"] = (now - Age).ToString("O", CultureInfo.InvariantCulture),
            ["labels"] = (template.At("metadata", "labels") ?? old.Object.Json.At("metadata", "labels"))?.DeepClone(),
            ["ownerReferences"] = old.Object.Json.At("metadata", "ownerReferences")?.DeepClone(),
        };
        var spec = (template.At("spec") ?? old.Spec)?.DeepClone() as JsonObject ?? [];
        spec.Remove("nodeName");
        return new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Pod", ["metadata"] = metadata, ["spec"] = spec, ["status"] = new JsonObject { ["phase"] = "Pending" } };
    }

    // What controllers wrote is about the pods that are gone.
    private static JsonObject Fresh(JsonObject workload)
    {
        var fresh = (JsonObject)workload.DeepClone();
        fresh.Remove("status");
        return fresh;
    }

    private static bool IsOf(JsonObject item, RootCause cause) =>
        item.Text("kind") == cause.Kind && item.Text("metadata", "name") == cause.Name && item.Text("metadata", "namespace") == cause.Namespace;
}
