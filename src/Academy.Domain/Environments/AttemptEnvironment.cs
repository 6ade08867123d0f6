namespace Academy.Domain.Environments;

/// <summary>A namespace with its limits and rights on a classroom's cluster, for one attempt.</summary>
public sealed record AttemptEnvironment(
    Guid Id, Guid AttemptId, Guid StudentId, Guid ClassroomId, string LabId, int LabVersion, string Namespace, EnvironmentStatus Status, DateTimeOffset RequestedAt, DateTimeOffset ExpiresAt)
    : IState<AttemptEnvironment>
{
    /// <summary>Whether anything of it is in the cluster, or may be.</summary>
    public bool Remains { get; init; } = true;

    /// <summary>The expiry as it stands on the namespace; null before there is one.</summary>
    public DateTimeOffset? MarkedExpiry { get; init; }

    /// <summary>How often it was extended.</summary>
    public int Extensions { get; init; }

    /// <summary>Whether it was said that the end is near.</summary>
    public bool Warned { get; init; }

    /// <summary>How often in a row work on it has failed.</summary>
    public int Tries { get; init; }

    /// <summary>Not before then; null: at once.</summary>
    public DateTimeOffset? NextTry { get; init; }

    /// <summary>Why it failed, or why it is late.</summary>
    public EnvironmentTrouble? Trouble { get; init; }

    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Of the stream.</summary>
    public long Version { get; init; }

    public static AttemptEnvironment? Fold(AttemptEnvironment? state, object @event) =>
        Next(state, @event) is { } next ? next with { Version = (state?.Version ?? 0) + 1 } : null;

    private static AttemptEnvironment? Next(AttemptEnvironment? state, object @event) => (state, @event) switch
    {
        (null or { Remains: false }, EnvironmentRequested e) => new(
            e.EnvironmentId, e.AttemptId, e.StudentId, e.ClassroomId, e.LabId, e.LabVersion, e.Namespace, EnvironmentStatus.Requested, e.At, e.ExpiresAt),
        ({ } s, EnvironmentProvisioned e) => s.Well(EnvironmentStatus.Ready) with { MarkedExpiry = e.MarkedExpiry },
        ({ } s, EnvironmentDelayed e) => s with { Tries = s.Tries + 1, NextTry = e.NextTry, Trouble = new(e.Code, e.Reason) },
        ({ } s, EnvironmentFailed e) => s.Well(EnvironmentStatus.Failed) with { Trouble = new(e.Code, e.Reason), EndedAt = e.At },
        ({ } s, EnvironmentExtended e) => s with { Extensions = s.Extensions + 1, ExpiresAt = e.ExpiresAt, Warned = false },
        ({ } s, EnvironmentExpiryMarked e) => s.Well(s.Status) with { MarkedExpiry = e.MarkedExpiry },
        ({ } s, EnvironmentExpiryWarned) => s with { Warned = true },
        ({ } s, EnvironmentSleepAsked) => s.Well(EnvironmentStatus.FallingAsleep),
        ({ } s, EnvironmentSlept) => s.Well(EnvironmentStatus.Asleep),
        ({ } s, EnvironmentWakeAsked) => s.Well(EnvironmentStatus.Waking),
        ({ } s, EnvironmentWoken) => s.Well(EnvironmentStatus.Ready),
        ({ } s, EnvironmentExpired e) => s.Well(EnvironmentStatus.Ending) with { EndedAt = e.At },
        ({ } s, EnvironmentEnded e) => s.Well(EnvironmentStatus.Ending) with { EndedAt = e.At },
        ({ } s, EnvironmentRemoved) => s with { Remains = false, Status = s.Status == EnvironmentStatus.Failed ? EnvironmentStatus.Failed : EnvironmentStatus.Removed, Tries = 0, NextTry = null },
        _ => state,
    };

    // What went wrong before is over.
    private AttemptEnvironment Well(EnvironmentStatus status) => this with { Status = status, Tries = 0, NextTry = null, Trouble = null };
}

public enum EnvironmentStatus
{
    /// <summary>To be made.</summary>
    Requested,

    Ready,

    /// <summary>To be scaled to nothing.</summary>
    FallingAsleep,

    Asleep,

    /// <summary>To be scaled up again.</summary>
    Waking,

    /// <summary>Could not be made.</summary>
    Failed,

    /// <summary>To be removed.</summary>
    Ending,

    /// <summary>Gone from the cluster.</summary>
    Removed,
}

/// <param name="Code">Stable, e.g. <c>environment.crds-missing</c>.</param>
public sealed record EnvironmentTrouble(string Code, string Reason);
