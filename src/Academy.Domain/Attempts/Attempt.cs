using System.Collections.Immutable;

namespace Academy.Domain.Attempts;

/// <summary>One student's go at one lab on one cluster, or on several.</summary>
public sealed record Attempt(Guid Id, Guid StudentId, string LabId, Guid? ClusterId, string Namespace, int MaxRung, AttemptStatus Status, DateTimeOffset LastActivity)
    : IState<Attempt>
{
    public ImmutableArray<string> Steps { get; init; } = [];

    public ImmutableHashSet<string> Completed { get; init; } = [];

    /// <summary>Step → highest rung taken.</summary>
    public ImmutableDictionary<string, int> Rungs { get; init; } = ImmutableDictionary<string, int>.Empty;

    /// <summary>Step → most points seen at once: what was earned is not lost by a later change of the cluster.</summary>
    public ImmutableDictionary<string, int> Earned { get; init; } = ImmutableDictionary<string, int>.Empty;

    public AttemptPolicy Policy { get; init; } = AttemptPolicy.Free;

    public string? LabHash { get; init; }

    public bool Passed { get; init; }

    /// <summary>Artefact → hash of what is uploaded now.</summary>
    public ImmutableDictionary<string, string> Artefacts { get; init; } = ImmutableDictionary<string, string>.Empty;

    public static Attempt? Fold(Attempt? state, object @event) => (state, @event) switch
    {
        (null, AttemptStarted e) => new(e.AttemptId, e.StudentId, e.LabId, e.ClusterId, e.Namespace, e.MaxRung, AttemptStatus.Active, e.At)
        {
            Steps = [.. e.Steps],
            Policy = e.Policy ?? AttemptPolicy.Free,
            LabHash = e.LabHash,
        },
        ({ } s, WorkChecked e) => s with { LastActivity = e.At, Earned = s.Earned.SetItems(s.Seen(e.Steps)) },
        ({ } s, StepCompleted e) => s with { Completed = s.Completed.Add(e.StepId) },
        ({ } s, HintTaken e) => s with { Rungs = s.Rungs.SetItem(e.StepId, e.Rung), LastActivity = e.At },
        ({ } s, ArtefactUploaded e) => s with { Artefacts = s.Artefacts.SetItem(e.ArtefactId, e.Sha256), LastActivity = e.At },
        ({ } s, ArtefactRemoved e) => s with { Artefacts = s.Artefacts.Remove(e.ArtefactId), LastActivity = e.At },
        ({ } s, LabPassed) => s with { Passed = true },
        ({ } s, LabCompleted) => s with { Status = AttemptStatus.Completed, Passed = true },
        ({ } s, AttemptAbandoned) => s with { Status = AttemptStatus.Abandoned },
        ({ } s, AttemptExpired) => s with { Status = AttemptStatus.Expired },
        _ => state,
    };

    /// <param name="earlier">How often the student has begun this lab before.</param>
    /// <param name="most">How often the lab may be begun; null: as often as one likes.</param>
    public static Decision Start(AttemptStarted started, int earlier, int? most) => earlier >= most
        ? Decision.Refuse(RefusalKind.Conflict, "attempt.limit", $"This lab may be begun {most} times, and you have begun it {earlier} times.")
        : Decision.Record(started);

    /// <summary>
    /// A step counts once it has passed: a later change of the cluster does not take it back. The lab is passed with its passing score,
    /// which looks at what works on the cluster; what hints cost lowers the score, not that.
    /// </summary>
    public Decision Check(IReadOnlyList<StepObservation> steps, DateTimeOffset at)
    {
        if (Closed is { } refusal)
        {
            return refusal;
        }

        var newly = steps.Where(s => s.Passed && Steps.Contains(s.StepId) && !Completed.Contains(s.StepId)).Select(s => s.StepId).ToList();
        var all = Steps.All(s => Completed.Contains(s) || newly.Contains(s));
        object[] end = all ? [new LabCompleted(at)] : !Passed && IsEnough(steps) ? [new LabPassed(at)] : [];
        return Decision.Record([new WorkChecked(steps, at), .. newly.Select(s => new StepCompleted(s, at)), .. end]);
    }

    /// <summary>The next rung of a step, one at a time.</summary>
    /// <param name="written">How many hints the author wrote for the step; the lab may allow more.</param>
    /// <param name="prices">Percent of the step's points for rung 1, 2, …; none: hints are free.</param>
    public Decision TakeHint(string step, int written, DateTimeOffset at, IReadOnlyList<int>? prices = null) => (Closed, NextRung(step)) switch
    {
        ({ } refusal, _) => refusal,
        _ when Policy.Exam => Decision.Refuse(RefusalKind.Conflict, "attempt.exam", "This is an exam: there are no hints."),
        _ when !Steps.Contains(step) => Decision.Refuse(RefusalKind.NotFound, "attempt.no-such-step", $"This lab has no step '{step}'."),
        _ when Completed.Contains(step) => Decision.Refuse(RefusalKind.Conflict, "attempt.step-completed", "This step is done; it needs no hint."),
        (_, var rung) when rung > Math.Min(MaxRung, written) => Decision.Refuse(RefusalKind.Conflict, "attempt.no-more-hints", "There are no more hints for this step."),
        (_, var rung) => Decision.Record(new HintTaken(step, rung, at, rung <= prices?.Count ? prices[rung - 1] : null)),
    };

    public int NextRung(string step) => Rungs.GetValueOrDefault(step) + 1;

    /// <summary>The same content again changes nothing.</summary>
    public Decision Upload(string artefact, string sha256, long bytes, string type, DateTimeOffset at) =>
        Closed ?? (Artefacts.GetValueOrDefault(artefact) == sha256 ? Decision.Nothing : Decision.Record(new ArtefactUploaded(artefact, sha256, bytes, type, at)));

    public Decision Remove(string artefact, DateTimeOffset at) => Closed ?? (Artefacts.ContainsKey(artefact)
        ? Decision.Record(new ArtefactRemoved(artefact, at))
        : Decision.Refuse(RefusalKind.NotFound, "artefact.not-found", $"Nothing is uploaded for '{artefact}'."));

    public Decision Abandon(DateTimeOffset at) => Closed ?? Decision.Record(new AttemptAbandoned(at));

    /// <param name="idle">How long an attempt may lie untouched.</param>
    public Decision Expire(TimeSpan idle, DateTimeOffset at) =>
        Status == AttemptStatus.Active && at - LastActivity >= idle ? Decision.Record(new AttemptExpired(at)) : Decision.Nothing;

    private bool IsEnough(IReadOnlyList<StepObservation> steps)
    {
        var worth = steps.Where(s => Steps.Contains(s.StepId)).Sum(s => s.Checks.Sum(c => c.MaxPoints));
        return worth > 0 && Earned.SetItems(Seen(steps)).Values.Sum() * 100L >= (long)Policy.PassingScore * worth && Policy.PassingScore < 100;
    }

    private IEnumerable<KeyValuePair<string, int>> Seen(IReadOnlyList<StepObservation> steps) =>
        from step in steps
        where Steps.Contains(step.StepId)
        select KeyValuePair.Create(step.StepId, Math.Max(Earned.GetValueOrDefault(step.StepId), step.Checks.Sum(c => c.Points)));

    private Decision? Closed => Status == AttemptStatus.Active
        ? null
        : Decision.Refuse(RefusalKind.Conflict, "attempt.closed", $"This attempt is {Status.ToString().ToLowerInvariant()}. Start the lab anew to go on.");
}

public enum AttemptStatus
{
    Active,
    Completed,
    Abandoned,
    Expired,
}
