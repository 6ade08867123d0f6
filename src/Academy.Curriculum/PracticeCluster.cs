namespace Academy.Curriculum;

/// <summary>A recorded cluster with something broken, and the recording of the same cluster after the repair.</summary>
/// <param name="LabId">The lab it can be used for, where there is one.</param>
/// <param name="BrokenPath">Folder with objects.json and logs/.</param>
/// <param name="RepairedPath">The same after the repair; with a lab, after all of its steps.</param>
public sealed record PracticeCluster(string Id, string Title, string Story, string Namespace, string? LabId, string BrokenPath, string? RepairedPath)
{
    /// <summary>The fault of the lab that was injected into its start. Never shown to the student.</summary>
    public string? FaultId { get; init; }

    /// <summary>What is wrong. Never shown to the student before the repair.</summary>
    public required PracticeCause Cause { get; init; }

    /// <summary>The worked repair, YAML for a server-side apply; empty where the practice cluster cannot be repaired, or belongs to a lab.</summary>
    public string Repair { get; init; } = "";
}

/// <summary>The object whose change repairs a practice cluster, and the reason that a diagnosis gives.</summary>
public sealed record PracticeCause(string Kind, string Name, string Reason);
