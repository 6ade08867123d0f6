using Academy.Diagnosis.Analyzers;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis;

/// <summary>
/// Finds the root causes of what is broken: snapshot → analyzers → facts → cause graph → report.
/// Pure and deterministic: the same objects in any order give the same report, byte for byte.
/// </summary>
public static class Diagnoser
{
    /// <param name="ns">Limits the report to causes in this namespace, and causes elsewhere that hurt it; null reports all.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static DiagnosisReport Diagnose(ClusterSnapshot cluster, string? ns = null, CancellationToken ct = default) => Diagnose(cluster, ns, [], ct);

    /// <inheritdoc cref="Diagnose(ClusterSnapshot, string?, CancellationToken)"/>
    /// <param name="silenced">Known findings to leave out; a note says how many there were.</param>
    public static DiagnosisReport Diagnose(ClusterSnapshot cluster, string? ns, IReadOnlyList<Silence> silenced, CancellationToken ct = default)
    {
        DiagnosisReport Heard(ClusterSnapshot snapshot) => Silence.Apply(Find(snapshot, ns, ct), silenced);
        return Trial.Predict(cluster, Heard(cluster), Heard);
    }

    private static DiagnosisReport Find(ClusterSnapshot cluster, string? ns, CancellationToken ct)
    {
        var index = Cluster.Index(cluster, ct);
        var facts = new List<Fact>();
        foreach (var analyzer in Catalog.Analyzers)
        {
            ct.ThrowIfCancellationRequested();
            facts.AddRange(analyzer.Analyze(index).Select(fact => fact with { Rule = analyzer.Rule.Id }));
        }

        var graph = new CauseGraph(index, facts);
        return Verdict.Of(index, graph.Roots(ct), ns);
    }
}
