namespace Academy.Domain.Classrooms;

/// <param name="ClusterUid">The UID of the cluster's namespace kube-system, by which a cluster is known again after its address has changed.</param>
/// <param name="MaxEnvironments">How many environments it may hold at a time.</param>
public sealed record ClassroomRegistered(Guid ClassroomId, string Name, string ClusterUid, int MaxEnvironments, Guid By, DateTimeOffset At);
/// <summary>Its credentials were replaced.</summary>
public sealed record ClassroomRenewed(Guid By, DateTimeOffset At);
public sealed record ClassroomRemoved(Guid By, DateTimeOffset At);

/// <summary>A cluster that an administrator lends out: Academy makes environments for attempts on it. Its credentials are kept elsewhere, enciphered.</summary>
public sealed record Classroom(Guid Id, string Name, string ClusterUid, int MaxEnvironments, DateTimeOffset RegisteredAt, bool Removed = false) : IState<Classroom>
{
    public static Classroom? Fold(Classroom? state, object @event) => (state, @event) switch
    {
        (null, ClassroomRegistered e) => new(e.ClassroomId, e.Name, e.ClusterUid, e.MaxEnvironments, e.At),
        ({ } s, ClassroomRemoved) => s with { Removed = true },
        _ => state,
    };

    /// <param name="clusterUid">Of the cluster that the new credentials lead to.</param>
    public Decision Renew(string clusterUid, Guid by, DateTimeOffset at) => this switch
    {
        { Removed: true } => Decision.Refuse(RefusalKind.NotFound, "classroom.not-found", "This classroom was removed."),
        _ when clusterUid != ClusterUid => Decision.Refuse(
            RefusalKind.Conflict, "classroom.other-cluster", "These credentials lead to another cluster. Register that one as a classroom of its own."),
        _ => Decision.Record(new ClassroomRenewed(by, at)),
    };

    /// <param name="remaining">Environments that are still there, or may be.</param>
    public Decision Remove(int remaining, Guid by, DateTimeOffset at) => this switch
    {
        { Removed: true } => Decision.Nothing,
        _ when remaining > 0 => Decision.Refuse(
            RefusalKind.Conflict, "classroom.in-use", $"{remaining} environments are still on it. End them first; without the credentials nobody could clean up."),
        _ => Decision.Record(new ClassroomRemoved(by, at)),
    };
}
