using System.Text.Json;
using Academy.Domain;

namespace Academy.Tests.Domain;

/// <summary>What happened before, and what is expected now. Tests of decisions need nothing else.</summary>
internal static class Past
{
    public static readonly Guid Ann = Guid.Parse("0193a1b2-0000-7000-8000-00000000a001");
    public static readonly Guid Ben = Guid.Parse("0193a1b2-0000-7000-8000-00000000b002");
    public static readonly Guid Thing = Guid.Parse("0193a1b2-0000-7000-8000-00000000c003");
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Later = Noon.AddMinutes(5);

    public static Sealed Secret(string text) => new(Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(text)));

    /// <summary>The state after some events.</summary>
    public static TState Given<TState>(params IEnumerable<object> events)
        where TState : class, IState<TState> =>
        events.Aggregate((TState?)null, TState.Fold) ?? throw new InvalidOperationException("Nothing has begun.");

    public static TState And<TState>(this TState state, params IEnumerable<object> events)
        where TState : class, IState<TState> =>
        events.Aggregate(state, (s, e) => TState.Fold(s, e)!);

    /// <summary>The state after what was decided.</summary>
    public static TState Then<TState>(this TState state, Decision decision)
        where TState : class, IState<TState>
    {
        decision.Refusal.ShouldBeNull();
        return state.And(decision.Events);
    }

    public static void ShouldRecord(this Decision decision, params object[] events)
    {
        decision.Refusal.ShouldBeNull();
        decision.Events.Select(Text).ShouldBe(events.Select(Text));
    }

    public static void ShouldChangeNothing(this Decision decision) => decision.ShouldRecord();

    public static void ShouldBeRefused(this Decision decision, RefusalKind kind, string code)
    {
        decision.Refusal.ShouldNotBeNull();
        (decision.Refusal.Kind, decision.Refusal.Code).ShouldBe((kind, code));
        decision.Events.ShouldBeEmpty();
    }

    // Lists in records are compared by what is in them.
    private static string Text(object @event) => $"{@event.GetType().Name} {JsonSerializer.Serialize(@event)}";
}
