namespace Academy.Domain;

/// <summary>The state of one stream: what its decisions need, and no more. Screens read projections.</summary>
public interface IState<TSelf>
    where TSelf : class, IState<TSelf>
{
    Guid Id { get; }

    /// <summary>Total and pure: an event that does not fit leaves the state as it is. (Not named Evolve, which Marten would take for its own.)</summary>
    static abstract TSelf? Fold(TSelf? state, object @event);
}
