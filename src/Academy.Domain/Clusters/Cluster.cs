namespace Academy.Domain.Clusters;

/// <summary>How a cluster's state comes to Academy.</summary>
public enum ClusterKind
{
    /// <summary>An API server that is asked now.</summary>
    Live,

    /// <summary>A recording that the student uploads.</summary>
    Snapshot,

    /// <summary>A recording that ships with the curriculum.</summary>
    Practice,

    /// <summary>A namespace that is made for one attempt on a cluster of the organisation.</summary>
    Classroom,
}

/// <param name="PracticeId">For a practice cluster: which one.</param>
public sealed record ClusterRegistered(Guid ClusterId, Guid OwnerId, ClusterKind Kind, string Name, string? PracticeId, DateTimeOffset At);
/// <param name="Sha256">Of the upload as sent, in hexadecimal.</param>
public sealed record SnapshotUploaded(string Sha256, int Objects, DateTimeOffset At);
/// <summary>From here on a practice cluster shows the recording made after the repair.</summary>
public sealed record PracticeRepaired(DateTimeOffset At);
public sealed record ClusterRemoved(DateTimeOffset At);

/// <summary>A cluster that a student works on. Credentials and recordings are kept elsewhere, enciphered.</summary>
public sealed record Cluster(
    Guid Id, Guid OwnerId, ClusterKind Kind, string Name, string? PracticeId, DateTimeOffset RegisteredAt, bool Repaired = false, bool Removed = false)
    : IState<Cluster>
{
    public static Cluster? Fold(Cluster? state, object @event) => (state, @event) switch
    {
        (null, ClusterRegistered e) => new(e.ClusterId, e.OwnerId, e.Kind, e.Name, e.PracticeId, e.At),
        ({ } s, PracticeRepaired) => s with { Repaired = true },
        ({ } s, ClusterRemoved) => s with { Removed = true },
        _ => state,
    };

    public Decision Upload(string sha256, int objects, DateTimeOffset at) => this switch
    {
        { Removed: true } => Gone,
        { Kind: not ClusterKind.Snapshot } => Decision.Refuse(RefusalKind.Conflict, "cluster.not-a-snapshot", "Only a cluster of kind snapshot takes uploads."),
        _ => Decision.Record(new SnapshotUploaded(sha256, objects, at)),
    };

    public Decision Repair(DateTimeOffset at) => this switch
    {
        { Removed: true } => Gone,
        { Kind: not ClusterKind.Practice } => Decision.Refuse(
            RefusalKind.Conflict, "cluster.not-practice", "Only a practice cluster can be repaired from here; repair your own with kubectl."),
        { Repaired: true } => Decision.Nothing,
        _ => Decision.Record(new PracticeRepaired(at)),
    };

    public Decision Remove(DateTimeOffset at) => Removed ? Decision.Nothing : Decision.Record(new ClusterRemoved(at));

    private static Decision Gone => Decision.Refuse(RefusalKind.NotFound, "cluster.not-found", "This cluster was removed.");
}
