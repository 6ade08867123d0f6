namespace Academy.Curriculum;

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

    /// <summary>Id of a further cluster → what the student begins with there.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<LabManifest>> ClusterStart { get; init; } = new Dictionary<string, IReadOnlyList<LabManifest>>();

    /// <summary>Id of a further cluster → the worked solution there.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<LabManifest>> ClusterSolution { get; init; } = new Dictionary<string, IReadOnlyList<LabManifest>>();

    /// <summary>Solutions gone wrong, for the quality gate of the lab.</summary>
    public IReadOnlyList<LabMutation> Mutations { get; init; } = [];

    /// <summary>Recordings of a real cluster in the two states, for the quality gate of the lab.</summary>
    public required LabRecordings Recordings { get; init; }

    /// <summary>Changes with every file that a student sees or is graded by: 16 hexadecimal digits. Kept with every attempt, beside the version.</summary>
    public required string ContentHash { get; init; }

    /// <summary>Skills of the checks that name none themselves.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>Percent of the points, 1 to 100, that pass the lab; 100 asks for every step.</summary>
    public int PassingScore { get; init; } = 100;

    /// <summary>How often it may be begun; null for as often as one likes.</summary>
    public int? Attempts { get; init; }

    public LabPolicy Policy { get; init; } = new(Assistant: true, Exam: false);

    /// <summary>What a classroom cluster prepares for an attempt.</summary>
    public LabEnvironment Environment { get; init; } = LabEnvironment.Usual;

    /// <summary>Empty for a lab on one cluster; otherwise the first is the main one.</summary>
    public IReadOnlyList<LabCluster> Clusters { get; init; } = [];

    /// <summary>Files that the student hands in.</summary>
    public IReadOnlyList<LabArtefact> Artefacts { get; init; } = [];

    /// <summary>False for a lab that is checked by its artefacts alone.</summary>
    public bool NeedsCluster => Steps.SelectMany(s => s.Checks).Any(c => c.NeedsCluster);

    public LabArtefact? FindArtefact(string id) => Artefacts.FirstOrDefault(a => a.Id == id);

    public LabStep? FindStep(string id) => Steps.FirstOrDefault(s => s.Id == id);

    public LabCheck? FindCheck(string id) => Steps.SelectMany(s => s.Checks).FirstOrDefault(c => c.Id == id);

    public LabFault? FindFault(string id) => Faults.FirstOrDefault(f => f.Id == id);
}

/// <param name="Name">File name, e.g. <c>10-deployment.yaml</c>.</param>
/// <param name="Text">YAML, one or more documents, without a namespace.</param>
public sealed record LabManifest(string Name, string Text);
