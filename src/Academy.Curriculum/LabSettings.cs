namespace Academy.Curriculum;

/// <param name="MaxRung">Highest rung that may be asked for: 1 question, 2 where to look, 3 concept, 4 command, 5 solution.</param>
public sealed record HintPolicy(int MaxRung)
{
    public static IReadOnlyList<int> UsualPrices { get; } = [0, 5, 10, 20, 40];

    /// <summary>Percent of a step's points that asking for rung 1 to 5 costs; what several rungs cost together is capped at 100.</summary>
    public IReadOnlyList<int> Prices { get; init; } = UsualPrices;

    /// <summary>Percent of a step's points that the rungs asked for cost together, 0 to 100.</summary>
    /// <param name="rungs">1 to 5, each counted once.</param>
    public int PriceOf(IEnumerable<int> rungs) => Math.Min(100, rungs.Distinct().Where(r => r >= 1 && r <= Prices.Count).Sum(r => Prices[r - 1]));
}

/// <param name="Assistant">Whether the assistant may help.</param>
/// <param name="Exam">No hints and no assistant.</param>
public sealed record LabPolicy(bool Assistant, bool Exam);

/// <summary>A cluster of a lab that needs several.</summary>
public sealed record LabCluster(string Id, string Title);

/// <summary>A file that the student hands in.</summary>
/// <param name="File">Its name, e.g. <c>plan.json</c>.</param>
/// <param name="Type">One of <see cref="ArtefactTypes.All"/>.</param>
/// <param name="MaxKiB">Largest size in KiB.</param>
public sealed record LabArtefact(string Id, string Title, string File, string Type, int MaxKiB);

/// <summary>The namespace that a classroom cluster makes for an attempt.</summary>
/// <param name="Quota">The <c>hard</c> of its ResourceQuota.</param>
/// <param name="Default">Limits of a container that names none, for its LimitRange.</param>
/// <param name="DefaultRequest">Requests of a container that names none.</param>
/// <param name="Network"><c>isolated</c>: nothing in or out but DNS and within the namespace; <c>open</c>: no policy.</param>
/// <param name="Crds">Names of CustomResourceDefinitions that the cluster must have.</param>
/// <param name="Hours">Life before it expires.</param>
public sealed record LabEnvironment(
    IReadOnlyDictionary<string, string> Quota,
    IReadOnlyDictionary<string, string> Default,
    IReadOnlyDictionary<string, string> DefaultRequest,
    string Network,
    IReadOnlyList<string> Crds,
    int Hours)
{
    public const string Isolated = "isolated";
    public const string Open = "open";

    /// <summary>What a lab gets whose author says nothing.</summary>
    public static LabEnvironment Usual { get; } = new(
        new Dictionary<string, string> { ["requests.cpu"] = "2", ["requests.memory"] = "4Gi", ["limits.memory"] = "4Gi", ["pods"] = "20" },
        new Dictionary<string, string> { ["cpu"] = "500m", ["memory"] = "512Mi" },
        new Dictionary<string, string> { ["cpu"] = "50m", ["memory"] = "64Mi" },
        Isolated,
        [],
        8);
}
