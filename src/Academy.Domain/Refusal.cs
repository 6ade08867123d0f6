namespace Academy.Domain;

/// <summary>Why something was not done. A value, not an exception: whoever asked can mend it.</summary>
/// <param name="Code">Stable and dotted, e.g. <c>mentorship.taken</c>; clients may depend on it.</param>
/// <param name="Message">What was wrong and what to do, in plain words; may change.</param>
public sealed record Refusal(RefusalKind Kind, string Code, string Message)
{
    /// <summary>The input fields that are at fault, where there are any.</summary>
    public IReadOnlyList<FieldError> Fields { get; init; } = [];

    /// <summary>When trying again makes sense, where that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }
}

/// <param name="Field">As the caller wrote it: a JSON path or the name of a parameter.</param>
public sealed record FieldError(string Field, string Message);

public enum RefusalKind
{
    /// <summary>The input is not acceptable.</summary>
    Invalid,

    /// <summary>Nobody is signed in.</summary>
    Unauthenticated,

    /// <summary>This caller may not do it.</summary>
    Forbidden,

    /// <summary>There is no such thing, or none that this caller may know of.</summary>
    NotFound,

    /// <summary>It does not fit the present state.</summary>
    Conflict,

    /// <summary>The state has moved on since the caller read it.</summary>
    Stale,

    /// <summary>Larger than the limit.</summary>
    TooLarge,

    /// <summary>Something that Academy depends on, such as a student's cluster, does not answer.</summary>
    Unavailable,
}
