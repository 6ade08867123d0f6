using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Graph;

/// <summary>Turns the remaining facts into the report: most likely cause first, doubt as notes.</summary>
internal static class Verdict
{
    /// <summary>Below this confidence a fact is a note, not a cause.</summary>
    private const double Doubt = 0.4;

    public static DiagnosisReport Of(Cluster cluster, IReadOnlyList<Fact> roots, string? ns)
    {
        var mine = roots.Where(fact => ns is null || Concerns(fact, ns)).ToList();
        var causes = mine.Where(fact => fact.Confidence >= Doubt)
            .OrderByDescending(fact => fact.Strength)
            .ThenByDescending(fact => Math.Round(fact.Confidence, 2))
            .ThenByDescending(fact => fact.Explains.Count)
            .ThenBy(fact => fact.Subject.Namespace, StringComparer.Ordinal)
            .ThenBy(fact => fact.Subject.Kind, StringComparer.Ordinal)
            .ThenBy(fact => fact.Subject.Name, StringComparer.Ordinal)
            .ThenBy(fact => fact.Reason, StringComparer.Ordinal)
            .Select(fact => Cause(cluster, fact))
            .ToList();
        var notes = mine.Where(fact => fact.Confidence < Doubt)
            .Select(fact => $"{Quote.Name(fact.Subject)}: {fact.Summary}")
            .Concat(cluster.Unreadable.Count == 0 ? [] : [$"Could not be read: {string.Join(", ", cluster.Unreadable)}. Nothing is concluded from what is absent there."])
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();
        return new DiagnosisReport(causes.Count == 0, causes, notes);
    }

    private static bool Concerns(Fact fact, string ns) =>
        fact.Subject.Namespace == ns
        || (fact.Subject is { Kind: "Namespace" } && fact.Subject.Name == ns)
        || fact.Explains.Any(at => at.Namespace == ns || (at.Kind == "Namespace" && at.Name == ns));

    private static RootCause Cause(Cluster cluster, Fact fact)
    {
        var explains = fact.Explains
            .SelectMany(at => WithPods(cluster, at))
            .Where(at => at != fact.Subject)
            .Distinct()
            .OrderBy(at => at.Kind == "Pod")
            .ThenBy(at => at.ToString(), StringComparer.Ordinal)
            .Take(50)
            .ToList();
        return new RootCause(
            fact.Subject.Kind, fact.Subject.Namespace, fact.Subject.Name, fact.Reason, Math.Round(fact.Confidence, 2), fact.Summary,
            fact.Evidence, explains, new Fix(fact.Fix, fact.Patch))
        {
            Rule = fact.Rule,
            Confirm = Confirmation.Commands(cluster, fact),
            RulesOut = RuledOut(fact),
            Foreseen = fact.Foreseen,
        };
    }

    /// <summary>What merely says that something is not ready is a symptom, no explanation that could have been true.</summary>
    private static List<RuledOut> RuledOut(Fact fact) =>
    [
        .. fact.Outweighs.Where(other => other.Subject != fact.Subject && other.Reason is not (Reasons.ServiceNoReadyEndpoints or Reasons.ProgressDeadlineExceeded or Reasons.ContainerCreationFailed))
            .Select(other => new RuledOut(other.Subject.Kind, other.Subject.Namespace, other.Subject.Name, other.Reason))
            .Distinct()
            .OrderBy(other => other.Kind, StringComparer.Ordinal).ThenBy(other => other.Namespace, StringComparer.Ordinal).ThenBy(other => other.Name, StringComparer.Ordinal).ThenBy(other => other.Reason, StringComparer.Ordinal)
            .Take(5),
    ];

    /// <summary>A workload in trouble is shown with the pods that are.</summary>
    private static IEnumerable<ObjectRef> WithPods(Cluster cluster, ObjectRef at) =>
        cluster.WorkloadAt(at) is { } workload
            ? workload.Pods.Where(pod => !pod.Ready && pod.Phase != "Succeeded").Select(pod => pod.Ref).Prepend(at)
            : [at];
}
