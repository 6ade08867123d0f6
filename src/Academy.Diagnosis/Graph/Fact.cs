using System.Text.Json.Nodes;

namespace Academy.Diagnosis.Graph;

/// <summary>How firmly a fact names its cause. A firmer one on the same trouble silences the others.</summary>
internal enum Strength
{
    /// <summary>Something is wrong, and nothing says what.</summary>
    Vague = 1,

    /// <summary>The words of the program or of one component point there.</summary>
    Likely = 2,

    /// <summary>The objects themselves prove it.</summary>
    Certain = 3,
}

/// <summary>One possible root cause, before the graph has weighed it against the others.</summary>
/// <param name="Subject">The object whose change repairs it.</param>
internal sealed record Fact(ObjectRef Subject, string Reason, double Confidence, string Summary)
{
    public Strength Strength { get; init; } = Strength.Certain;

    public IReadOnlyList<Evidence> Evidence { get; init; } = [];

    /// <summary>Objects in trouble that this would explain.</summary>
    public IReadOnlyList<ObjectRef> Explains { get; init; } = [];

    /// <summary>What the subject depends on in this respect: where one of these has a cause of its own, this fact is only its consequence.</summary>
    public IReadOnlyList<ObjectRef> DependsOn { get; init; } = [];

    public string Fix { get; init; } = "";

    public JsonObject? Patch { get; init; }

    /// <summary>Why the patch of a pod template removes the cause, if nothing else stands against it; null where no object tells.</summary>
    public string? Foreseen { get; init; }

    /// <summary>Facts that only follow from this one, or that it outweighs.</summary>
    public IReadOnlyList<Fact> Outweighs { get; init; } = [];

    public string Rule { get; init; } = "";
}
