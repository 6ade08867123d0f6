using Academy.Domain.Attempts;
using Academy.Features.Publishing;

namespace Academy.Features.Attempting;

/// <summary>An attempt as its page shows it: every step, what was last seen, the hints taken and the files handed in.</summary>
/// <param name="ClusterId">Null for a lab that is checked by its artefacts alone.</param>
/// <param name="Version">Of the stream; sent as ETag.</param>
public sealed record AttemptView(
    Guid Id,
    Guid StudentId,
    string LabId,
    int LabVersion,
    Guid? ClusterId,
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

    /// <summary>Percent of the points: the most that each step has earned, less what its hints cost. Rounded down.</summary>
    public int Score => MaxPoints == 0 ? 0 : (int)(Steps.Sum(s => (long)s.Earned * (100 - s.HintPrice)) / MaxPoints);

    /// <summary>How often a check was asked for.</summary>
    public int Checks { get; init; }

    /// <summary>Whether the passing score of the lab was reached; with every step done it always is.</summary>
    public bool Passed { get; init; }

    /// <summary>Hash of the content that the attempt is held to; null in attempts from before contents were kept.</summary>
    public string? Content { get; init; }

    /// <summary>Whether the lab has changed since; the attempt is still checked by what it began with.</summary>
    public bool ContentChanged { get; init; }

    public AttemptPolicy Policy { get; init; } = AttemptPolicy.Free;

    /// <summary>For a lab on several clusters: those beside the main one.</summary>
    public IReadOnlyDictionary<string, Guid> OtherClusters { get; init; } = new Dictionary<string, Guid>();

    public IReadOnlyList<ArtefactView> Artefacts { get; init; } = [];

    public static AttemptView? Fold(AttemptView? state, object @event) => Next(state, @event) is { } next ? next with { Version = next.Version + 1 } : null;

    private static AttemptView? Next(AttemptView? state, object @event) => (state, @event) switch
    {
        (null, AttemptStarted e) => new(
            e.AttemptId, e.StudentId, e.LabId, e.LabVersion, e.ClusterId, e.Namespace, AttemptStatus.Active, e.At, e.At, null,
            [.. e.Steps.Select(s => new StepView(s, null, 0, []))], 0)
        {
            Content = e.LabHash,
            Policy = e.Policy ?? AttemptPolicy.Free,
            OtherClusters = e.OtherClusters ?? new Dictionary<string, Guid>(),
        },
        ({ } s, WorkChecked e) => s with { LastActivity = e.At, Checks = s.Checks + 1, Steps = [.. s.Steps.Select(step => Seen(step, e))] },
        ({ } s, StepCompleted e) => s.WithStep(e.StepId, step => step with { CompletedAt = e.At }),
        ({ } s, HintTaken e) => s.WithStep(e.StepId, step => step with { HintsTaken = e.Rung, HintPrice = Math.Min(100, step.HintPrice + (e.Price ?? 0)) }) with { LastActivity = e.At },
        ({ } s, ArtefactUploaded e) => s with { LastActivity = e.At, Artefacts = [.. s.Without(e.ArtefactId), ArtefactView.Newer(s.FindArtefact(e.ArtefactId), e)] },
        ({ } s, ArtefactRemoved e) => s with { LastActivity = e.At, Artefacts = [.. s.Without(e.ArtefactId)] },
        ({ } s, LabPassed) => s with { Passed = true },
        ({ } s, LabCompleted e) => s with { Status = AttemptStatus.Completed, EndedAt = e.At, Passed = true },
        ({ } s, AttemptAbandoned e) => s with { Status = AttemptStatus.Abandoned, EndedAt = e.At },
        ({ } s, AttemptExpired e) => s with { Status = AttemptStatus.Expired, EndedAt = e.At },
        _ => state,
    };

    public ArtefactView? FindArtefact(string id) => Artefacts.FirstOrDefault(a => a.ArtefactId == id);

    private IEnumerable<ArtefactView> Without(string artefact) => Artefacts.Where(a => a.ArtefactId != artefact);

    private static StepView Seen(StepView step, WorkChecked seen) => seen.Steps.FirstOrDefault(s => s.StepId == step.StepId) is { } now
        ? step with
        {
            Checks = now.Checks,
            Most = Math.Max(step.Earned, now.Checks.Sum(c => c.Points)),
            Passes = [.. step.Passes, .. from check in now.Checks
                                         where check.Passed && step.Passes.All(p => p.CheckId != check.CheckId)
                                         select new CheckPass(check.CheckId, step.HintsTaken, check.Skills ?? [], seen.At)],
        }
        : step;

    internal AttemptView Against(Contents contents) => this with { ContentChanged = contents.HasChanged(Part.Lab, LabId, Content) };

    private AttemptView WithStep(string id, Func<StepView, StepView> change) =>
        this with { Steps = [.. Steps.Select(s => s.StepId == id ? change(s) : s)] };
}

/// <param name="CompletedAt">Null while the step is open.</param>
/// <param name="HintsTaken">Highest rung, 0 to 5.</param>
/// <param name="Checks">As last seen; empty before the first check.</param>
public sealed record StepView(string StepId, DateTimeOffset? CompletedAt, int HintsTaken, IReadOnlyList<CheckObservation> Checks)
{
    /// <summary>Percent of the step's points that its hints cost, 0 to 100.</summary>
    public int HintPrice { get; init; }

    /// <summary>Most points seen at once; what was earned is not lost by a later change of the cluster.</summary>
    public int Earned => Most ?? Checks.Sum(c => c.Points);

    /// <summary>Checks that have passed, each the first time it did.</summary>
    public IReadOnlyList<CheckPass> Passes { get; init; } = [];

    /// <summary>As kept; null in views from before it was.</summary>
    public int? Most { get; init; }
}

/// <param name="Rung">Of the hints that were taken for its step before.</param>
public sealed record CheckPass(string CheckId, int Rung, IReadOnlyList<string> Skills, DateTimeOffset PassedAt);

/// <summary>A file that is handed in.</summary>
/// <param name="History">What it was before, oldest first.</param>
public sealed record ArtefactView(string ArtefactId, string Sha256, long Bytes, string Type, DateTimeOffset UploadedAt, IReadOnlyList<ArtefactVersion> History)
{
    internal static ArtefactView Newer(ArtefactView? before, ArtefactUploaded e) => new(
        e.ArtefactId, e.Sha256, e.Bytes, e.Type, e.At, before is null ? [] : [.. before.History, new(before.Sha256, before.Bytes, before.UploadedAt)]);
}

public sealed record ArtefactVersion(string Sha256, long Bytes, DateTimeOffset UploadedAt);
