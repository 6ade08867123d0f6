using System.Collections.Immutable;

namespace Academy.Domain.Attempts;

/// <summary>One student's go at one lab on one cluster.</summary>
public sealed record Attempt(Guid Id, Guid StudentId, string LabId, Guid ClusterId, string Namespace, int MaxRung, AttemptStatus Status, DateTimeOffset LastActivity)
    : IState<Attempt>
{
    public ImmutableArray<string> Steps { get; init; } = [];

    public ImmutableHashSet<string> Completed { get; init; } = [];

    /// <summary>Step → highest rung taken.</summary>
    public ImmutableDictionary<string, int> Rungs { get; init; } = ImmutableDictionary<string, int>.Empty;

    public static Attempt? Fold(Attempt? state, object @event) => (state, @event) switch
    {
        (null, AttemptStarted e) => new(e.AttemptId, e.StudentId, e.LabId, e.ClusterId, e.Namespace, e.MaxRung, AttemptStatus.Active, e.At) { Steps = [.. e.Steps] },
        ({ } s, WorkChecked e) => s with { LastActivity = e.At },
        ({ } s, StepCompleted e) => s with { Completed = s.Completed.Add(e.StepId) },
        ({ } s, HintTaken e) => s with { Rungs = s.Rungs.SetItem(e.StepId, e.Rung), LastActivity = e.At },
        ({ } s, LabCompleted) => s with { Status = AttemptStatus.Completed },
        ({ } s, AttemptAbandoned) => s with { Status = AttemptStatus.Abandoned },
        ({ } s, AttemptExpired) => s with { Status = AttemptStatus.Expired },
        _ => state,
    };

    /// <summary>A step counts once it has passed: a later change of the cluster does not take it back.</summary>
    public Decision Check(IReadOnlyList<StepObservation> steps, DateTimeOffset at)
    {
        if (Closed is { } refusal)
        {
            return refusal;
        }

        var newly = steps.Where(s => s.Passed && Steps.Contains(s.StepId) && !Completed.Contains(s.StepId)).Select(s => s.StepId).ToList();
        var all = Steps.All(s => Completed.Contains(s) || newly.Contains(s));
        return Decision.Record(
            [new WorkChecked(steps, at), .. newly.Select(s => new StepCompleted(s, at)), .. all ? new object[] { new LabCompleted(at) } : []]);
    }

    /// <summary>The next rung of a step, one at a time.</summary>
    /// <param name="written">How many hints the author wrote for the step; the lab may allow more.</param>
    public Decision TakeHint(string step, int written, DateTimeOffset at) => (Closed, NextRung(step)) switch
    {
        ({ } refusal, _) => refusal,
        _ when !Steps.Contains(step) => Decision.Refuse(RefusalKind.NotFound, "attempt.no-such-step", $"This lab has no step '{step}'."),
        _ when Completed.Contains(step) => Decision.Refuse(RefusalKind.Conflict, "attempt.step-completed", "This step is done; it needs no hint."),
        (_, var rung) when rung > Math.Min(MaxRung, written) => Decision.Refuse(RefusalKind.Conflict, "attempt.no-more-hints", "There are no more hints for this step."),
        (_, var rung) => Decision.Record(new HintTaken(step, rung, at)),
    };

    public int NextRung(string step) => Rungs.GetValueOrDefault(step) + 1;

    public Decision Abandon(DateTimeOffset at) => Closed ?? Decision.Record(new AttemptAbandoned(at));

    /// <param name="idle">How long an attempt may lie untouched.</param>
    public Decision Expire(TimeSpan idle, DateTimeOffset at) =>
        Status == AttemptStatus.Active && at - LastActivity >= idle ? Decision.Record(new AttemptExpired(at)) : Decision.Nothing;

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
