using Academy.Domain.Attempts;
using Academy.Features.Publishing;

namespace Academy.Features.Attempting;

/// <summary>The next rung of the hints of a step; it is recorded that it was taken.</summary>
[Audience(Roles.Student)]
public sealed record TakeHint(Guid AttemptId, string StepId) : IAcademyCommand<HintView>;

/// <param name="Rung">1 question, 2 where to look, 3 concept, 4 command, 5 solution.</param>
/// <param name="Text">Markdown.</param>
/// <param name="Left">How many more rungs may be asked for.</param>
public sealed record HintView(string StepId, int Rung, string Text, int Left)
{
    /// <summary>Percent of the step's points that this rung costs.</summary>
    public int Price { get; init; }

    /// <summary>What the next rung would cost; null where there is none.</summary>
    public int? NextPrice { get; init; }
}

internal sealed class TakeHintHandler(IDocumentSession session, IActor actor, Contents contents, TimeProvider clock) : IRequestHandler<TakeHint, Result<HintView>>
{
    public async Task<Result<HintView>> Handle(TakeHint request, CancellationToken cancellationToken)
    {
        var mine = await session.LoadAsync<Attempt>(request.AttemptId, cancellationToken);
        if (mine is null || mine.StudentId != actor.Id)
        {
            return Refusals.NotFound<Attempt>(request.AttemptId);
        }

        var lab = await contents.Lab(mine.LabId, mine.LabHash, cancellationToken);
        var hints = lab?.FindStep(request.StepId)?.Hints ?? [];
        return await session.Decide<Attempt, HintView>(
            request.AttemptId, actor,
            a => a.TakeHint(request.StepId, hints.Count, clock.GetUtcNow(), lab?.Hints.Prices),
            a => Hint(request.StepId, a.Rungs[request.StepId], Math.Min(a.MaxRung, hints.Count), hints, lab!.Hints.Prices), cancellationToken);
    }

    internal static HintView Hint(string step, int rung, int last, IReadOnlyList<string> hints, IReadOnlyList<int> prices) => new(step, rung, hints[rung - 1], last - rung)
    {
        Price = prices.ElementAtOrDefault(rung - 1),
        NextPrice = rung < last ? prices.ElementAtOrDefault(rung) : null,
    };
}

internal sealed class TakeHintEndpoint(IDoor door) : DoorEndpoint<TakeHint, HintView>(door)
{
    public override void Configure() => Describe("POST", "attempts/{attemptId}/steps/{stepId}/hints", "The next hint for a step, one rung at a time");
}

/// <summary>The hints that were taken before, to read again; nothing is recorded.</summary>
[Audience]
public sealed record ListHints(Guid AttemptId) : IAcademyQuery<IReadOnlyList<HintView>>;

internal sealed class ListHintsHandler(IQuerySession session, IActor actor, Contents contents) : IRequestHandler<ListHints, Result<IReadOnlyList<HintView>>>
{
    public async Task<Result<IReadOnlyList<HintView>>> Handle(ListHints request, CancellationToken cancellationToken)
    {
        var seen = await session.See<Attempt>(actor, request.AttemptId, a => a.StudentId, cancellationToken);
        if (seen.Value is not { } attempt)
        {
            return seen.Refusal!;
        }

        var lab = await contents.Lab(attempt.LabId, attempt.LabHash, cancellationToken);
        return (from step in lab?.Steps ?? []
                from rung in Enumerable.Range(1, Math.Min(attempt.Rungs.GetValueOrDefault(step.Id), step.Hints.Count))
                select TakeHintHandler.Hint(step.Id, rung, Math.Min(attempt.MaxRung, step.Hints.Count), step.Hints, lab!.Hints.Prices)).ToList();
    }
}

internal sealed class ListHintsEndpoint(IDoor door) : DoorEndpoint<ListHints, IReadOnlyList<HintView>>(door)
{
    public override void Configure() => Describe("GET", "attempts/{attemptId}/hints", "The hints taken so far");
}
