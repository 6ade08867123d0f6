using System.Text;
using System.Text.Json.Nodes;
using Academy.Diagnosis;

namespace Academy.Clusters.Normalising;

/// <summary>
/// Makes a snapshot of what a source gave. Live clusters and recordings both come through here, so that the same state
/// gives the same snapshot: same order, same part of the cluster, same logs.
/// </summary>
internal static class SnapshotNormal
{
    /// <param name="objects">Normal objects, in any order.</param>
    public static ClusterSnapshot Of(
        IEnumerable<JsonObject> objects, IEnumerable<ContainerLog> logs, DateTimeOffset takenAt, IEnumerable<string> unreadable, ClustersOptions options)
    {
        var sorted = Sorted(objects);
        var chosen = LogChoice.Of(sorted, options).ToHashSet();
        return ClusterSnapshot.Create(
            sorted,
            logs.Where(l => chosen.Contains(new LogName(l.Namespace, l.Pod, l.Container, l.Previous)))
                .Select(l => l with { Text = Tail(l.Text, options) })
                .DistinctBy(l => (l.Namespace, l.Pod, l.Container, l.Previous))
                .OrderBy(l => l.Namespace, StringComparer.Ordinal)
                .ThenBy(l => l.Pod, StringComparer.Ordinal)
                .ThenBy(l => l.Container, StringComparer.Ordinal)
                .ThenBy(l => l.Previous),
            takenAt,
            unreadable.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    /// <summary>The part that belongs to a namespace: its own objects and the cluster-wide ones.</summary>
    public static ClusterSnapshot Within(ClusterSnapshot snapshot, string? ns, ClustersOptions options) => Of(
        snapshot.Objects.Where(o => ns is null || o.Namespace() is null || o.Namespace() == ns),
        snapshot.Logs.Where(l => ns is null || l.Namespace == ns),
        snapshot.TakenAt,
        snapshot.Unreadable,
        options);

    /// <summary>The end of a log, cut where a live cluster is asked to cut it.</summary>
    private static string Tail(string text, ClustersOptions options)
    {
        var end = text.Length;
        var start = text.EndsWith('\n') ? end - 1 : end;
        for (var lines = 0; lines < options.LogTailLines && start > 0; lines++)
        {
            start = text.LastIndexOf('\n', start - 1);
            if (start < 0)
            {
                break;
            }
        }

        var tail = text[(start <= 0 ? 0 : start + 1)..];
        return Encoding.UTF8.GetByteCount(tail) <= options.MaxLogBytes
            ? tail
            : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(tail).AsSpan(0, options.MaxLogBytes)).TrimEnd('\uFFFD');
    }

    // Of two readings of one object the one with the greater apiVersion stays: v1 rather than events.k8s.io/v1, v2 rather than v1.
    private static List<JsonObject> Sorted(IEnumerable<JsonObject> objects) =>
    [
        .. objects
            .OrderByDescending(o => o.ApiVersion(), StringComparer.Ordinal)
            .DistinctBy(o => o.Key())
            .OrderBy(o => o.Kind(), StringComparer.Ordinal)
            .ThenBy(o => o.Namespace(), StringComparer.Ordinal)
            .ThenBy(o => o.Name(), StringComparer.Ordinal)
            .ThenBy(o => o.ApiVersion(), StringComparer.Ordinal),
    ];
}
