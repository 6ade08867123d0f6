namespace Academy.Domain.Environments;

/// <summary>How far an environment may be prolonged.</summary>
/// <param name="MaxExtensions">How often.</param>
/// <param name="MaxHours">By how many hours at once.</param>
public sealed record ExtensionPolicy(int MaxExtensions, int MaxHours);

/// <summary>
/// What may happen to an environment. What the jobs did is recorded only while it is still wanted; what came in between, such as an end,
/// stands, and the next run acts on that.
/// </summary>
public static class EnvironmentDecisions
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(30);

    /// <param name="state">Null where the attempt never had one.</param>
    public static Decision Request(AttemptEnvironment? state, EnvironmentRequested requested) => state is { Remains: true }
        ? Decision.Refuse(RefusalKind.Conflict, "environment.exists", "This attempt has an environment already, or its last one is still being removed.")
        : Decision.Record(requested);

    public static Decision Provisioned(this AttemptEnvironment e, IReadOnlyList<string> made, DateTimeOffset markedExpiry, DateTimeOffset at) =>
        e.Status == EnvironmentStatus.Requested ? Decision.Record(new EnvironmentProvisioned(made, markedExpiry, at)) : Decision.Nothing;

    /// <summary>Work failed for a reason that may pass. The waits double, from 5 seconds to half an hour.</summary>
    /// <param name="maxTries">After so many failures in a row an environment is not made any more; removal and the rest never give up.</param>
    public static Decision Delay(this AttemptEnvironment e, string code, string reason, int maxTries, DateTimeOffset at) => e switch
    {
        { Remains: false } => Decision.Nothing,
        { Status: EnvironmentStatus.Requested } when e.Tries + 1 >= maxTries => Decision.Record(new EnvironmentFailed(code, reason, at)),
        _ => Decision.Record(new EnvironmentDelayed(code, reason, at + Wait(e.Tries), at)),
    };

    /// <summary>Trying again would not help.</summary>
    public static Decision Fail(this AttemptEnvironment e, string code, string reason, DateTimeOffset at) =>
        e.Status == EnvironmentStatus.Requested ? Decision.Record(new EnvironmentFailed(code, reason, at)) : Decision.Nothing;

    public static Decision Extend(this AttemptEnvironment e, int hours, ExtensionPolicy policy, Guid by, DateTimeOffset at) => e switch
    {
        _ when NotThere(e, at) is { } refusal => refusal,
        { Extensions: var times } when times >= policy.MaxExtensions => Decision.Refuse(
            RefusalKind.Conflict, "environment.extensions-used-up", $"It was extended {times} times, which is as often as is allowed. Request a new one when it has ended."),
        _ when hours < 1 || hours > policy.MaxHours => Decision.Refuse(
            RefusalKind.Invalid, "environment.extension-too-long", $"It may be extended by 1 to {policy.MaxHours} hours at a time."),
        _ => Decision.Record(new EnvironmentExtended(hours, e.ExpiresAt.AddHours(hours), by, at)),
    };

    public static Decision Marked(this AttemptEnvironment e, DateTimeOffset expiry, DateTimeOffset at) =>
        e.Remains && e.MarkedExpiry != expiry ? Decision.Record(new EnvironmentExpiryMarked(expiry, at)) : Decision.Nothing;

    public static Decision Sleep(this AttemptEnvironment e, Guid by, DateTimeOffset at) => e.Status switch
    {
        _ when NotThere(e, at) is { } refusal => refusal,
        EnvironmentStatus.FallingAsleep or EnvironmentStatus.Asleep => Decision.Nothing,
        EnvironmentStatus.Requested => NotReady,
        _ => Decision.Record(new EnvironmentSleepAsked(by, at)),
    };

    public static Decision Slept(this AttemptEnvironment e, IReadOnlyList<string> workloads, DateTimeOffset at) =>
        e.Status == EnvironmentStatus.FallingAsleep ? Decision.Record(new EnvironmentSlept(workloads, at)) : Decision.Nothing;

    public static Decision Wake(this AttemptEnvironment e, Guid by, DateTimeOffset at) => e.Status switch
    {
        _ when NotThere(e, at) is { } refusal => refusal,
        EnvironmentStatus.Ready or EnvironmentStatus.Waking => Decision.Nothing,
        EnvironmentStatus.Requested => NotReady,
        _ => Decision.Record(new EnvironmentWakeAsked(by, at)),
    };

    public static Decision Woken(this AttemptEnvironment e, IReadOnlyList<string> workloads, DateTimeOffset at) =>
        e.Status == EnvironmentStatus.Waking ? Decision.Record(new EnvironmentWoken(workloads, at)) : Decision.Nothing;

    public static Decision Issue(this AttemptEnvironment e, DateTimeOffset expiresAt, DateTimeOffset at) =>
        Usable(e, at) ?? Decision.Record(new EnvironmentKubeconfigIssued(expiresAt, at));

    /// <summary>Null where it can be worked in.</summary>
    public static Decision? Usable(this AttemptEnvironment e, DateTimeOffset at) => NotThere(e, at) ?? (e.Status == EnvironmentStatus.Requested ? NotReady : null);

    public static Decision Warn(this AttemptEnvironment e, TimeSpan before, DateTimeOffset at) =>
        NotThere(e, at) is null && !e.Warned && e.ExpiresAt - before <= at ? Decision.Record(new EnvironmentExpiryWarned(at)) : Decision.Nothing;

    public static Decision Expire(this AttemptEnvironment e, DateTimeOffset at) =>
        Lives(e) && e.ExpiresAt <= at ? Decision.Record(new EnvironmentExpired(at)) : Decision.Nothing;

    /// <summary>Ends it early; again is nothing new.</summary>
    public static Decision End(this AttemptEnvironment e, string reason, Guid by, DateTimeOffset at) =>
        Lives(e) ? Decision.Record(new EnvironmentEnded(reason, by, at)) : Decision.Nothing;

    public static Decision Gone(this AttemptEnvironment e, DateTimeOffset at) =>
        e is { Remains: true, Status: EnvironmentStatus.Ending or EnvironmentStatus.Failed } ? Decision.Record(new EnvironmentRemoved(at)) : Decision.Nothing;

    private static bool Lives(AttemptEnvironment e) => e.Remains && e.Status is not (EnvironmentStatus.Failed or EnvironmentStatus.Ending);

    private static Decision? NotThere(AttemptEnvironment e, DateTimeOffset at) => Lives(e) && e.ExpiresAt > at
        ? null
        : Decision.Refuse(RefusalKind.Conflict, "environment.ended", e.Trouble is { } trouble ? $"This environment failed: {trouble.Reason}" : "This environment has ended. Request a new one.");

    private static Decision NotReady =>
        Decision.Refuse(RefusalKind.Conflict, "environment.not-ready", "The environment is still being made. Look again in some seconds.");

    private static TimeSpan Wait(int tries) => TimeSpan.FromTicks(Math.Min(LongestWait.Ticks, FirstWait.Ticks << Math.Min(tries, 12)));
}
