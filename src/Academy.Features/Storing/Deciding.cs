using Academy.Domain;
using Academy.Features.Door;
using Marten;

namespace Academy.Features.Storing;

/// <summary>Runs the decisions of a stream against its present state and appends what they record; the door saves.</summary>
internal static class Deciding
{
    private static Refusal Moved { get; } = new(RefusalKind.Stale, "stream.version", "This has changed since you read it. Read it again and repeat if it still makes sense.");

    /// <summary>Decides on a stream that must exist.</summary>
    /// <param name="reply">Made from the state after the decision.</param>
    public static async Task<Result<TReply>> Decide<TState, TReply>(
        this IDocumentSession session, Guid id, IActor actor, Func<TState, Decision> decide, Func<TState, TReply> reply, CancellationToken ct)
        where TState : class, IState<TState>
    {
        var stream = await session.Events.FetchForWriting<TState>(id, ct);
        if (stream.Aggregate is not { } state)
        {
            return Refusals.NotFound<TState>(id);
        }

        if (actor.ExpectedVersion is { } expected && expected != stream.CurrentVersion)
        {
            return Moved;
        }

        var decision = decide(state);
        if (decision.Refusal is { } refusal)
        {
            return refusal;
        }

        stream.AppendMany(decision.Events);
        return reply(decision.Events.Aggregate(state, (s, e) => TState.Fold(s, e) ?? s));
    }

    /// <summary>Decides on a stream that must exist, with nothing to tell afterwards.</summary>
    public static Task<Result<Done>> Decide<TState>(
        this IDocumentSession session, Guid id, IActor actor, Func<TState, Decision> decide, CancellationToken ct)
        where TState : class, IState<TState> =>
        session.Decide(id, actor, decide, _ => Done.Instance, ct);

    /// <summary>Decides on a stream that may not be there yet.</summary>
    public static async Task<Result<TReply>> DecideFresh<TState, TReply>(
        this IDocumentSession session, Guid id, Func<TState?, Decision> decide, TReply reply, CancellationToken ct)
        where TState : class, IState<TState>
    {
        var stream = await session.Events.FetchForWriting<TState>(id, ct);
        var decision = decide(stream.Aggregate);
        if (decision.Refusal is { } refusal)
        {
            return refusal;
        }

        stream.AppendMany(decision.Events);
        return reply;
    }
}

internal static class Refusals
{
    public static Refusal NotFound<T>(object id) => NotFound(typeof(T).Name, id);

    public static Refusal NotFound(string thing, object id) =>
        new(RefusalKind.NotFound, $"{thing.ToLowerInvariant()}.not-found", $"There is no {thing.ToLowerInvariant()} '{id}', or none that you may see.");
}
