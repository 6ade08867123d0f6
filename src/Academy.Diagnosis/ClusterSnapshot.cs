using System.Text.Json.Nodes;

namespace Academy.Diagnosis;

/// <summary>The state of a cluster at one moment: every object that was read, and the logs that were collected. Never changes.</summary>
public sealed class ClusterSnapshot
{
    private ClusterSnapshot(IReadOnlyList<JsonObject> objects, IReadOnlyList<ContainerLog> logs, DateTimeOffset takenAt, IReadOnlyList<string> unreadable)
    {
        Objects = objects;
        Logs = logs;
        TakenAt = takenAt;
        Unreadable = unreadable;
    }

    /// <summary>The objects as the API server wrote them, each with <c>apiVersion</c>, <c>kind</c> and <c>metadata</c>. To be read only.</summary>
    public IReadOnlyList<JsonObject> Objects { get; }

    public IReadOnlyList<ContainerLog> Logs { get; }

    /// <summary>When the cluster was read; ages are counted from here, never from the wall clock.</summary>
    public DateTimeOffset TakenAt { get; }

    /// <summary>Kinds, such as <c>Secret</c>, that could not be read (RBAC forbids them, or a limit was reached): that one is absent here means nothing.</summary>
    public IReadOnlyList<string> Unreadable { get; }

    public static ClusterSnapshot Create(
        IEnumerable<JsonObject> objects, IEnumerable<ContainerLog> logs, DateTimeOffset takenAt, IEnumerable<string>? unreadable = null) =>
        new([.. objects], [.. logs], takenAt, [.. unreadable ?? []]);
}
