using System.Text.Json.Nodes;

namespace Academy.Diagnosis.Model;

/// <summary>
/// A small part of a large snapshot for the first look: the namespaces of the first pods that are not well, and what is cluster-wide. Enough
/// for rules that look no further than a pod's own namespace.
/// </summary>
internal static class Near
{
    /// <summary>A snapshot below this size is looked at as a whole just as fast.</summary>
    private const int Large = 4_000;

    private const int MostPods = 20;

    /// <returns>Null where the snapshot is small, or every pod is well.</returns>
    public static ClusterSnapshot? Of(ClusterSnapshot snapshot)
    {
        if (snapshot.Objects.Count < Large)
        {
            return null;
        }

        var troubled = snapshot.Objects.Where(Unwell).Take(MostPods).Select(Namespace).OfType<string>().Distinct().Take(4).ToHashSet();
        return troubled.Count == 0 ? null : ClusterSnapshot.Create(
            snapshot.Objects.Where(item => Namespace(item) is not { } ns || troubled.Contains(ns)), [], snapshot.TakenAt, snapshot.Unreadable);
    }

    private static bool Unwell(JsonObject item) =>
        item.Text("kind") == "Pod" && item.Text("status", "phase") != "Succeeded"
        && item.Status().Any(status => status.Has("state", "waiting") || status.Has("lastState", "terminated"));

    private static IEnumerable<JsonObject> Status(this JsonObject item) => item.Items("status", "containerStatuses").Concat(item.Items("status", "initContainerStatuses"));

    private static string? Namespace(JsonObject item) => item.Text("metadata", "namespace");
}
