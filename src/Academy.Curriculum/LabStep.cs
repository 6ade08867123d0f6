namespace Academy.Curriculum;

/// <param name="Needs">Ids of the steps that come before.</param>
/// <param name="Hints">Five rungs in order: question, where to look, concept, command, solution. Markdown.</param>
public sealed record LabStep(string Id, string Title, string Instructions, IReadOnlyList<string> Needs, IReadOnlyList<LabCheck> Checks, IReadOnlyList<string> Hints)
{
    /// <summary>Its own, or those of the lab where it names none.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    public int Points => Checks.Sum(c => c.Points);
}

/// <summary>One assertion about what the student made; what it looks at is in the step's file.</summary>
public abstract record LabCheck(string Id, string Title, int Points)
{
    /// <summary>A sentence of the author, added to what was observed.</summary>
    public string? OnFailure { get; init; }

    /// <summary>Its own, or those of its step or lab where it names none.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>The cluster it looks at; null for the main one.</summary>
    public string? Cluster { get; init; }

    /// <summary>For live clusters: how often to look again before it counts as failed.</summary>
    public CheckRetry? Retry { get; init; }

    /// <summary>False where it looks at an artefact only.</summary>
    public virtual bool NeedsCluster => true;
}

/// <param name="Times">Looks after the first one.</param>
/// <param name="Seconds">Pause before each.</param>
public sealed record CheckRetry(int Times, int Seconds);

/// <summary>
/// A fault that can be injected on purpose, with a server-side apply of its manifest, which names only what the fault changes. Its
/// description is for authors and mentors, never for the student before the repair.
/// </summary>
/// <param name="Reason">The reason a diagnosis must give.</param>
public sealed record LabFault(string Id, string Title, string Reason, string ObjectKind, string ObjectName, string Manifest);
