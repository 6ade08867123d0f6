using Academy.Domain;
using Academy.Domain.Attempts;
using Academy.Features.Http;

namespace Academy.Features.Attempting;

/// <summary>An attempt as its page shows it: every step, what was last seen, and the hints taken.</summary>
/// <param name="Version">Of the stream; sent as ETag.</param>
public sealed record AttemptView(
    Guid Id,
    Guid StudentId,
    string LabId,
    int LabVersion,
    Guid ClusterId,
    string Namespace,
    AttemptStatus Status,
    DateTimeOffset StartedAt,
    DateTimeOffset LastActivity,
    DateTimeOffset? EndedAt,
    IReadOnlyList<StepView> Steps,
    long Version) : IState<AttemptView>, IVersioned
{
    /// <summary>Of the last check.</summary>
    public int Points => Steps.Sum(s => s.Checks.Sum(c => c.Points));

    public int MaxPoints => Steps.Sum(s => s.Checks.Sum(c => c.MaxPoints));

    /// <summary>How often a check was asked for.</summary>
    public int Checks { get; init; }

    public static AttemptView? Fold(AttemptView? state, object @event) => Next(state, @event) is { } next ? next with { Version = next.Version + 1 } : null;

    private static AttemptView? Next(AttemptView? state, object @event) => (state, @event) switch
    {
        (null, AttemptStarted e) => new(
            e.AttemptId, e.StudentId, e.LabId, e.LabVersion, e.ClusterId, e.Namespace, AttemptStatus.Active, e.At, e.At, null,
            [.. e.Steps.Select(s => new StepView(s, null, 0, []))], 0),
        ({ } s, WorkChecked e) => s with { LastActivity = e.At, Checks = s.Checks + 1, Steps = [.. s.Steps.Select(step => Seen(step, e))] },
        ({ } s, StepCompleted e) => s.WithStep(e.StepId, step => step with { CompletedAt = e.At }),
        ({ } s, HintTaken e) => s.WithStep(e.StepId, step => step with { HintsTaken = e.Rung }) with { LastActivity = e.At },
        ({ } s, LabCompleted e) => s with { Status = AttemptStatus.Completed, EndedAt = e.At },
        ({ } s, AttemptAbandoned e) => s with { Status = AttemptStatus.Abandoned, EndedAt = e.At },
        ({ } s, AttemptExpired e) => s with { Status = AttemptStatus.Expired, EndedAt = e.At },
        _ => state,
    };

    private static StepView Seen(StepView step, WorkChecked seen) =>
        seen.Steps.FirstOrDefault(s => s.StepId == step.StepId) is { } now ? step with { Checks = now.Checks } : step;

    private AttemptView WithStep(string id, Func<StepView, StepView> change) =>
        this with { Steps = [.. Steps.Select(s => s.StepId == id ? change(s) : s)] };
}

/// <param name="CompletedAt">Null while the step is open.</param>
/// <param name="HintsTaken">Highest rung, 0 to 5.</param>
/// <param name="Checks">As last seen; empty before the first check.</param>
public sealed record StepView(string StepId, DateTimeOffset? CompletedAt, int HintsTaken, IReadOnlyList<CheckObservation> Checks);
