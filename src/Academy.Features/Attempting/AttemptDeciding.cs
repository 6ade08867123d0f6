using Academy.Domain.Attempts;

namespace Academy.Features.Attempting;

internal static class AttemptDeciding
{
    /// <summary>Decides, and gives the view as it is afterwards.</summary>
    public static async Task<Result<AttemptView>> DecideView(
        this IDocumentSession session, Guid id, IActor actor, AttemptView view, Func<Attempt, Decision> decide, CancellationToken ct)
    {
        IReadOnlyList<object> events = [];
        var reply = await session.Decide<Attempt, Done>(
            id, actor,
            attempt =>
            {
                var decision = decide(attempt);
                events = decision.Events;
                return decision;
            },
            _ => Done.Instance, ct);
        return reply.Refusal is { } refusal ? refusal : events.Aggregate(view, (v, e) => AttemptView.Fold(v, e)!);
    }
}
