namespace Academy.Domain.Environments;

/// <param name="LabVersion">The version of the lab whose start state is applied.</param>
/// <param name="Namespace">In the classroom's cluster; no other environment ever has it.</param>
public sealed record EnvironmentRequested(
    Guid EnvironmentId, Guid AttemptId, Guid StudentId, Guid ClassroomId, string LabId, int LabVersion, string Namespace, DateTimeOffset ExpiresAt, DateTimeOffset At);

/// <param name="Made">What was made, as <c>Kind/name</c>, in order.</param>
/// <param name="MarkedExpiry">The expiry as it stands on the namespace.</param>
public sealed record EnvironmentProvisioned(IReadOnlyList<string> Made, DateTimeOffset MarkedExpiry, DateTimeOffset At);

/// <summary>Work on it did not succeed and will be tried again.</summary>
public sealed record EnvironmentDelayed(string Code, string Reason, DateTimeOffset NextTry, DateTimeOffset At);

/// <summary>It will not be made. What was made of it is removed.</summary>
public sealed record EnvironmentFailed(string Code, string Reason, DateTimeOffset At);

/// <param name="By">Who asked.</param>
public sealed record EnvironmentExtended(int Hours, DateTimeOffset ExpiresAt, Guid By, DateTimeOffset At);

/// <summary>The namespace tells the new expiry.</summary>
public sealed record EnvironmentExpiryMarked(DateTimeOffset MarkedExpiry, DateTimeOffset At);
public sealed record EnvironmentExpiryWarned(DateTimeOffset At);

public sealed record EnvironmentSleepAsked(Guid By, DateTimeOffset At);
/// <param name="Workloads">Those that were scaled to nothing, as <c>Kind/name</c>.</param>
public sealed record EnvironmentSlept(IReadOnlyList<string> Workloads, DateTimeOffset At);
public sealed record EnvironmentWakeAsked(Guid By, DateTimeOffset At);
/// <param name="Workloads">Those that were scaled up again, as <c>Kind/name</c>.</param>
public sealed record EnvironmentWoken(IReadOnlyList<string> Workloads, DateTimeOffset At);

/// <summary>Credentials were handed out; they themselves are kept nowhere.</summary>
public sealed record EnvironmentKubeconfigIssued(DateTimeOffset ExpiresAt, DateTimeOffset At);

public sealed record EnvironmentExpired(DateTimeOffset At);
/// <param name="By">Who asked; empty where Academy itself did.</param>
public sealed record EnvironmentEnded(string Reason, Guid By, DateTimeOffset At);

/// <summary>Nothing of it is left in the cluster.</summary>
public sealed record EnvironmentRemoved(DateTimeOffset At);
