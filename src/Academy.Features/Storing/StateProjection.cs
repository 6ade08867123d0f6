using Academy.Domain;
using JasperFx.Events;
using Marten.Events.Aggregation;

namespace Academy.Features.Storing;

/// <summary>Keeps a state or a view as a document, by its own pure <c>Fold</c>.</summary>
internal sealed partial class StateProjection<TState> : SingleStreamProjection<TState, Guid>
    where TState : class, IState<TState>
{
    public override TState? Evolve(TState? snapshot, Guid id, IEvent e) => TState.Fold(snapshot, e.Data);
}
