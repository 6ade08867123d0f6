using Academy.Domain;
using Academy.Features.Door;

namespace Academy.Agent.Tools;

/// <summary>What a tool brought back.</summary>
/// <param name="Declared">The type of <paramref name="Value"/> to read it as.</param>
/// <param name="Summary">For the student, in a few words.</param>
/// <param name="IsOurs">Whether authors of the curriculum wrote it; everything else is data that may try anything.</param>
public sealed record Looked(object? Value, Type Declared, string Summary, bool IsOurs = false, Refusal? Refusal = null)
{
    /// <summary>What came through the door, with a summary where there is a value.</summary>
    public static Looked Of<T>(Result<T> result, Func<T, string> summary, bool isOurs = false) => result.Refusal is { } refusal
        ? Not(refusal)
        : new Looked(result.Value, typeof(T), summary(result.Value!), isOurs);

    public static Looked Not(Refusal refusal) => new(null, typeof(object), refusal.Message, Refusal: refusal);
}

/// <summary>A tool call of this answer, as it was kept.</summary>
/// <param name="Text">For a model: fenced, without secrets, bounded.</param>
public sealed record Noted(string Tool, object? Value, Refusal? Refusal, string Text);
