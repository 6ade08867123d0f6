using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Graph;

/// <summary>
/// Weighs the facts against each other. A fact goes when a firmer one stands on all the trouble it would explain, and when
/// something its subject depends on has a cause of its own; what it explained is then explained by that cause.
/// </summary>
internal sealed class CauseGraph(Cluster cluster, IReadOnlyList<Fact> facts)
{
    private readonly Dependencies dependencies = new(cluster);

    public IReadOnlyList<Fact> Roots(CancellationToken ct)
    {
        var merged = Merge(facts);
        var standing = Firmest(merged);
        var roots = standing.Where(fact => fact.DependsOn.Count == 0).ToList();
        var open = standing.Where(fact => fact.DependsOn.Count > 0)
            .Select(fact => (Fact: fact, Needs: Needs(fact)))
            .ToList();
        while (open.Count > 0)
        {
            ct.ThrowIfCancellationRequested();
            open = Settle(roots, open);
            if (open.Count == 0)
            {
                break;
            }

            // What is left has no known cause further down: the one that needs no other unexplained one is a root itself.
            var sink = open.FindIndex(item => !open.Any(other => other.Fact != item.Fact && Touches(other.Fact, item.Needs)));
            var root = open[Math.Max(0, sink)];
            open.Remove(root);
            roots.Add(root.Fact);
        }

        return roots;
    }

    /// <summary>One fact for one object and reason; evidence and explained objects joined. One event or field of an object speaks once.</summary>
    private static List<Fact> Merge(IReadOnlyList<Fact> facts) =>
    [
        .. facts
            .GroupBy(fact => (fact.Subject, fact.Reason))
            .Select(group =>
            {
                var best = group.OrderByDescending(fact => fact.Strength).ThenByDescending(fact => fact.Confidence).ThenBy(fact => fact.Summary, StringComparer.Ordinal).First();
                return best with
                {
                    Evidence = [.. best.Evidence.Concat(group.SelectMany(fact => fact.Evidence)).DistinctBy(evidence => (evidence.Object, evidence.Field, evidence.Log, evidence.Event)).Take(8)],
                    Explains = [.. group.SelectMany(fact => fact.Explains).Distinct()],
                    DependsOn = group.Any(fact => fact.DependsOn.Count == 0) ? [] : [.. group.SelectMany(fact => fact.DependsOn).Distinct()],
                };
            })
            .OrderByDescending(fact => fact.Strength)
            .ThenByDescending(fact => fact.Confidence)
            .ThenBy(fact => fact.Subject.ToString(), StringComparer.Ordinal)
            .ThenBy(fact => fact.Reason, StringComparer.Ordinal),
    ];

    private static List<Fact> Firmest(List<Fact> merged)
    {
        var firmest = new Dictionary<ObjectRef, double>();
        foreach (var fact in merged)
        {
            foreach (var trouble in Troubles(fact))
            {
                firmest[trouble] = Math.Max(firmest.GetValueOrDefault(trouble), Firmness(fact));
            }
        }

        bool Stands(Fact fact) => Troubles(fact).Any(trouble => firmest[trouble] <= Firmness(fact));
        var outweighed = merged.Where(fact => !Stands(fact)).SelectMany(fact => Troubles(fact).Select(trouble => (Trouble: trouble, Fact: fact))).ToLookup(item => item.Trouble, item => item.Fact);
        return
        [
            .. merged.Where(Stands).Select(fact => outweighed.Count == 0 || fact.DependsOn.Count > 0 ? fact
                : fact with { Outweighs = [.. Troubles(fact).SelectMany(trouble => outweighed[trouble]).Where(other => Firmness(other) < Firmness(fact)).Distinct()] }),
        ];
    }

    /// <summary>Several firm facts may hold side by side; of the vague ones only the best is worth saying.</summary>
    private static double Firmness(Fact fact) => (double)fact.Strength + (fact.Strength == Strength.Vague ? fact.Confidence / 2 : 0);

    private static IEnumerable<ObjectRef> Troubles(Fact fact) => fact.Explains.Count == 0 ? [fact.Subject] : fact.Explains;

    private static bool Touches(Fact fact, HashSet<ObjectRef> needs) => needs.Contains(fact.Subject) || fact.Explains.Any(needs.Contains);

    private static List<(Fact Fact, HashSet<ObjectRef> Needs)> Settle(List<Fact> roots, List<(Fact Fact, HashSet<ObjectRef> Needs)> open)
    {
        while (true)
        {
            var left = new List<(Fact Fact, HashSet<ObjectRef> Needs)>();
            foreach (var item in open)
            {
                var causes = Enumerable.Range(0, roots.Count).Where(index => Touches(roots[index], item.Needs)).ToList();
                if (causes.Count == 0)
                {
                    left.Add(item);
                    continue;
                }

                foreach (var index in causes)
                {
                    roots[index] = roots[index] with { Explains = [.. roots[index].Explains.Concat(item.Fact.Explains).Append(item.Fact.Subject).Where(at => at != roots[index].Subject).Distinct()], Outweighs = [.. roots[index].Outweighs, item.Fact] };
                }
            }

            if (left.Count == open.Count)
            {
                return left;
            }

            open = left;
        }
    }

    /// <summary>The subject's own troubles are not among its needs: nothing explains itself.</summary>
    private HashSet<ObjectRef> Needs(Fact fact)
    {
        var needs = dependencies.Closure(fact.DependsOn);
        needs.Remove(fact.Subject);
        needs.ExceptWith(fact.Explains);
        return needs;
    }
}
