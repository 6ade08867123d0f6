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

    /// <summary>
    /// What the objects alone prove, each as soon as it is found, for a reader who waits while logs are still being read. The report over
    /// the same objects with their logs has every one of these causes, with all its evidence and what it explains; the order is the rules'.
    /// </summary>
    /// <param name="objects">The snapshot as it will be diagnosed, its logs still missing.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static IEnumerable<RootCause> Certain(ClusterSnapshot objects, string? ns = null, CancellationToken ct = default)
    {
        var told = new HashSet<(ObjectRef, string)>();
        IEnumerable<RootCause> first = Near.Of(objects) is { } near ? Proven(near, Catalog.Analyzers.Where(analyzer => analyzer.StaysInNamespace), told, ns, ct) : [];
        return first.Concat(Proven(objects, Catalog.Analyzers.Where(analyzer => !analyzer.WaitsForLogs), told, ns, ct));
    }

    private static IEnumerable<RootCause> Proven(ClusterSnapshot objects, IEnumerable<IAnalyzer> analyzers, HashSet<(ObjectRef, string)> told, string? ns, CancellationToken ct)
    {
        var index = Cluster.Index(objects, ct);
        foreach (var analyzer in analyzers)
        {
            ct.ThrowIfCancellationRequested();
            foreach (var fact in Judge(analyzer, index).Facts.Where(fact => fact is { Strength: Strength.Certain, DependsOn.Count: 0 } && told.Add((fact.Subject, fact.Reason))))
            {
                foreach (var cause in Verdict.Of(index, [fact], ns).RootCauses)
                {
                    yield return cause;
                }
            }
        }
    }

    private static DiagnosisReport Find(ClusterSnapshot cluster, string? ns, CancellationToken ct)
    {
        var index = Cluster.Index(cluster, ct);
        var facts = new List<Fact>();
        var stuck = new List<string>();
        foreach (var analyzer in Catalog.Analyzers)
        {
            ct.ThrowIfCancellationRequested();
            var (found, trouble) = Judge(analyzer, index);
            facts.AddRange(found);
            stuck.AddRange(trouble is null ? [] : [trouble]);
        }

        var graph = new CauseGraph(index, facts);
        var report = Verdict.Of(index, graph.Roots(ct), ns);
        return stuck.Count == 0 ? report : report with { Notes = [.. report.Notes, .. stuck] };
    }

    /// <summary>What one rule finds. Objects that no API server writes may be beyond it: then a note says so, and the other rules go on.</summary>
    private static (IReadOnlyList<Fact> Facts, string? Trouble) Judge(IAnalyzer analyzer, Cluster index)
    {
        try
        {
            return ([.. analyzer.Analyze(index).Select(fact => fact with { Rule = analyzer.Rule.Id })], null);
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or OverflowException or NullReferenceException or IndexOutOfRangeException)
        {
            return ([], $"Rule {analyzer.Rule.Id} ({analyzer.Rule.Title}) could not judge these objects: {e.GetType().Name}.");
        }
    }
}
