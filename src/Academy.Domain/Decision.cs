namespace Academy.Domain;

/// <summary>What a decision came to: facts to record, or a refusal. Nothing has happened yet.</summary>
public sealed record Decision
{
    private Decision(IReadOnlyList<object> events, Refusal? refusal) => (Events, Refusal) = (events, refusal);

    /// <summary>Empty where the wish was already met.</summary>
    public IReadOnlyList<object> Events { get; }

    public Refusal? Refusal { get; }

    /// <summary>The wish was already met; there is nothing to record.</summary>
    public static Decision Nothing { get; } = new([], null);

    public static Decision Record(params IReadOnlyList<object> events) => new(events, null);

    public static Decision Refuse(RefusalKind kind, string code, string message) => new([], new Refusal(kind, code, message));
}
