namespace Academy.Curriculum;

/// <summary>Everything that authors wrote below <c>curriculum/</c>, validated.</summary>
public sealed record Catalog(
    IReadOnlyList<Course> Courses,
    IReadOnlyList<Lab> Labs,
    IReadOnlyList<PracticeCluster> PracticeClusters)
{
    public Course? FindCourse(string id) => Courses.FirstOrDefault(c => c.Id == id);

    public Lab? FindLab(string id) => Labs.FirstOrDefault(l => l.Id == id);

    public PracticeCluster? FindPracticeCluster(string id) => PracticeClusters.FirstOrDefault(p => p.Id == id);
}

/// <summary>A course in modules; each topic has a lesson and may have a lab.</summary>
public sealed record Course(string Id, string Title, string Summary, string Audience, IReadOnlyList<CourseModule> Modules);

public sealed record CourseModule(string Id, string Title, IReadOnlyList<Topic> Topics);

/// <param name="Number">As printed, e.g. <c>1.1</c>.</param>
/// <param name="Lesson">The lesson's Markdown; null while it is not written yet.</param>
/// <param name="LabId">The lab that goes with the topic, where there is one.</param>
public sealed record Topic(string Id, string Number, string Title, string Summary, string? Lesson, string? LabId);

/// <summary>A hands-on lab: data only, one folder.</summary>
/// <param name="Version">Raised by the author when steps or checks change; kept with every attempt.</param>
/// <param name="Namespace">Where the lab lives in the student's cluster unless the student chooses another.</param>
/// <param name="Instructions">Markdown.</param>
/// <param name="Minutes">An honest duration.</param>
public sealed record Lab(
    string Id,
    int Version,
    string Title,
    string Summary,
    string Namespace,
    int Minutes,
    string Level,
    IReadOnlyList<string> Objectives,
    string Instructions,
    string CleanUp,
    string Cost,
    HintPolicy Hints,
    IReadOnlyList<LabStep> Steps,
    IReadOnlyList<LabFault> Faults)
{
    /// <summary>What the student begins with, applied into the namespace of the lab.</summary>
    public IReadOnlyList<LabManifest> Start { get; init; } = [];

    /// <summary>The worked solution, complete: applied to an empty namespace it passes every check.</summary>
    public IReadOnlyList<LabManifest> Solution { get; init; } = [];

    /// <summary>Solutions gone wrong, for the quality gate of the lab.</summary>
    public IReadOnlyList<LabMutation> Mutations { get; init; } = [];

    /// <summary>Recordings of a real cluster in the two states, for the quality gate of the lab.</summary>
    public required LabRecordings Recordings { get; init; }

    /// <summary>Changes with every file that a student sees or is graded by: 16 hexadecimal digits. Kept with every attempt, beside the version.</summary>
    public required string ContentHash { get; init; }

    public LabStep? FindStep(string id) => Steps.FirstOrDefault(s => s.Id == id);

    public LabCheck? FindCheck(string id) => Steps.SelectMany(s => s.Checks).FirstOrDefault(c => c.Id == id);

    public LabFault? FindFault(string id) => Faults.FirstOrDefault(f => f.Id == id);
}

/// <param name="Name">File name, e.g. <c>10-deployment.yaml</c>.</param>
/// <param name="Text">YAML, one or more documents, without a namespace.</param>
public sealed record LabManifest(string Name, string Text);

/// <summary>Folders, each with objects.json and logs/.</summary>
public sealed record LabRecordings(string StartPath, string SolutionPath);

/// <param name="MaxRung">Highest rung that may be asked for: 1 question, 2 where to look, 3 concept, 4 command, 5 solution.</param>
public sealed record HintPolicy(int MaxRung);

/// <param name="Needs">Ids of the steps that come before.</param>
/// <param name="Hints">Five rungs in order: question, where to look, concept, command, solution. Markdown.</param>
public sealed record LabStep(string Id, string Title, string Instructions, IReadOnlyList<string> Needs, IReadOnlyList<LabCheck> Checks, IReadOnlyList<string> Hints);

/// <summary>One assertion about the cluster; what it looks at is in <c>lab.yaml</c>.</summary>
public abstract record LabCheck(string Id, string Title, int Points);

/// <summary>
/// A fault that can be injected on purpose, with a server-side apply of its manifest, which names only what the fault changes. Its
/// description is for authors and mentors, never for the student before the repair.
/// </summary>
/// <param name="Reason">The reason a diagnosis must give.</param>
public sealed record LabFault(string Id, string Title, string Reason, string ObjectKind, string ObjectName, string Manifest);

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
