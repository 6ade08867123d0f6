namespace Academy.Curriculum;

/// <summary>The two states of a lab that its quality gate holds the checks against.</summary>
/// <param name="StartPath">Folder with objects.json and logs/ of the main cluster.</param>
public sealed record LabRecordings(string StartPath, string SolutionPath)
{
    public LabState Start { get; init; } = new(StartPath);

    public LabState Solution { get; init; } = new(SolutionPath);
}

/// <summary>One state of a lab, as files.</summary>
/// <param name="RecordingPath">Folder with objects.json and logs/ of the main cluster.</param>
public sealed record LabState(string RecordingPath)
{
    /// <summary>Id of a further cluster → folder with its objects.json and logs/.</summary>
    public IReadOnlyDictionary<string, string> Clusters { get; init; } = new Dictionary<string, string>();

    /// <summary>Id of an artefact → its file; what was not handed in is missing.</summary>
    public IReadOnlyDictionary<string, string> Artefacts { get; init; } = new Dictionary<string, string>();

    /// <summary>What services answered.</summary>
    public IReadOnlyList<RecordedAnswer> Answers { get; init; } = [];
}

/// <summary>What a service of the lab's namespace answered to one request.</summary>
public sealed record RecordedAnswer(HttpQuestion Question, HttpAnswer Answer);
