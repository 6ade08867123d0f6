using Academy.Diagnosis;

namespace Academy.Curriculum;

/// <summary>What the checks of a lab are held against: clusters, artefacts and answers of services. Whatever is missing was not to be had.</summary>
public sealed record LabSubject
{
    /// <summary>The main cluster; null where there is none, as for a lab of artefacts.</summary>
    public ClusterSubject? Main { get; init; }

    /// <summary>Further clusters by their id in lab.yaml.</summary>
    public IReadOnlyDictionary<string, ClusterSubject> Clusters { get; init; } = new Dictionary<string, ClusterSubject>();

    /// <summary>What was handed in, by the artefact's id. Any bytes.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Artefacts { get; init; } = new Dictionary<string, ReadOnlyMemory<byte>>();

    /// <summary>What services answered; a question that nobody asked is missing.</summary>
    public IReadOnlyDictionary<HttpQuestion, HttpAnswer> Answers { get; init; } = new Dictionary<HttpQuestion, HttpAnswer>();

    public static LabSubject Of(ClusterSnapshot cluster, string ns) => new() { Main = new ClusterSubject(cluster, ns) };
}

/// <param name="Namespace">The namespace in which the student does the lab there.</param>
public sealed record ClusterSubject(ClusterSnapshot Snapshot, string Namespace);
