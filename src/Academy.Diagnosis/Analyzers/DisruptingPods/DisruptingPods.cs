using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.DisruptingPods;

/// <summary>Disruption budgets that stop a drain which someone has begun.</summary>
internal sealed class DisruptingPods : IAnalyzer
{
    public Rule Rule { get; } = new("ACD602", "Disruption budget blocks eviction", Severity.Error, nameof(DisruptingPods), [Reasons.PdbBlocksEviction]);

    public IEnumerable<Fact> Analyze(Cluster cluster)
    {
        var drained = cluster.Nodes.Where(node => node.Spec.Flag("unschedulable")).Select(node => node.Name).ToHashSet();
        foreach (var budget in cluster.All("PodDisruptionBudget").Where(budget => budget.Status.Number("disruptionsAllowed") is 0 && budget.Status.Number("expectedPods") is > 0))
        {
            var pods = cluster.PodsIn(budget.Namespace ?? "default").Where(pod => Selectors.Matches(budget.Spec.At("selector"), pod.Object.Labels) && !pod.Finished).ToList();
            var refused = cluster.Events.LastOrDefault(e => e.About.Namespace == budget.Namespace && (e.Says("disruption budget") || e.Says("Cannot evict pod")) && (e.About.Name == budget.Name || pods.Any(pod => pod.Name == e.About.Name)));
            var held = pods.Where(pod => pod.NodeName is not null && drained.Contains(pod.NodeName)).ToList();
            if (refused is null && held.Count == 0)
            {
                continue;
            }

            // Pods that are down use the budget up: then they are the cause.
            var unhealthy = pods.Where(pod => !pod.Ready).Select(pod => pod.Workload.Ref).Distinct().ToList();
            yield return new Fact(budget.Ref, Reasons.PdbBlocksEviction, 0.92, $"PodDisruptionBudget {budget.Name} allows no pod to be evicted, so {(held.Count > 0 ? $"node {held[0].NodeName}" : "the node")} cannot be drained.")
            {
                Evidence =
                [
                    Quote.Field(budget, "status.disruptionsAllowed", "0"),
                    Quote.Field(budget, "spec", budget.Spec.Text("minAvailable") is { } least ? $"minAvailable: {least}" : $"maxUnavailable: {budget.Spec.Text("maxUnavailable")}"),
                    .. refused is null ? (Evidence[])[] : [Quote.Event(refused)],
                ],
                Explains = [budget.Ref, .. held.Select(pod => new ObjectRef("Node", null, pod.NodeName!)).Distinct()],
                DependsOn = unhealthy,
                Fix = "Run more replicas than the budget keeps, or relax minAvailable / maxUnavailable.",
            };
        }
    }
}
