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
    public static DiagnosisReport Diagnose(ClusterSnapshot cluster, string? ns = null, CancellationToken ct = default)
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
