using System.Text.Json.Nodes;

namespace Academy.Curriculum.Checks;

/// <summary>A partial object with conditions: what an author writes below <c>assert:</c>. Depth is bounded when it is read.</summary>
internal abstract record Assertion
{
    /// <summary>How many things it demands; the basis of partial credit.</summary>
    public abstract int Demands { get; }
}

/// <summary>Equals a value; null demands that nothing is there.</summary>
internal sealed record EqualsValue(JsonNode? Value) : Assertion
{
    public override int Demands => 1;
}

/// <summary>An expression about the value itself, <c>@</c>, that must be true.</summary>
internal sealed record Holds(Expression Condition) : Assertion
{
    public override int Demands => 1;
}

/// <summary>Each field meets its assertion; fields that are not named are free.</summary>
internal sealed record Fields(IReadOnlyList<Field> Entries) : Assertion
{
    public override int Demands { get; } = Math.Max(1, Entries.Sum(e => e.Demand.Demands));
}

/// <param name="Key">As written by the author, for messages; for a computed one the author's words for it, or the expression in parentheses.</param>
/// <param name="Computed">For a key in parentheses: the expression whose result is looked at.</param>
/// <param name="Each">For a key after <c>~.</c>: every item of the list must meet the assertion.</param>
internal sealed record Field(string Key, Expression? Computed, bool Each, Assertion Demand);

/// <summary>For each entry some item of the list meets it; order and further items are free.</summary>
internal sealed record Contains(IReadOnlyList<Assertion> Entries) : Assertion
{
    public override int Demands { get; } = Math.Max(1, Entries.Sum(e => e.Demands));
}
