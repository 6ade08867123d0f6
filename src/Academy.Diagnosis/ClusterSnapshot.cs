using System.Text.Json.Nodes;

namespace Academy.Diagnosis;

/// <summary>The state of a cluster at one moment: every object that was read, and the logs that were collected. Never changes.</summary>
public sealed class ClusterSnapshot
{
    private ClusterSnapshot(IReadOnlyList<JsonObject> objects, IReadOnlyList<ContainerLog> logs, DateTimeOffset takenAt)
    {
        Objects = objects;
        Logs = logs;
        TakenAt = takenAt;
    }

    /// <summary>The objects as the API server wrote them, each with <c>apiVersion</c>, <c>kind</c> and <c>metadata</c>. To be read only.</summary>
    public IReadOnlyList<JsonObject> Objects { get; }

    public IReadOnlyList<ContainerLog> Logs { get; }

    /// <summary>When the cluster was read; ages are counted from here, never from the wall clock.</summary>
    public DateTimeOffset TakenAt { get; }

    public static ClusterSnapshot Create(IEnumerable<JsonObject> objects, IEnumerable<ContainerLog> logs, DateTimeOffset takenAt) =>
        new([.. objects], [.. logs], takenAt);
}
