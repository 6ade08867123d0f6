using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.DeletingObjects;

/// <summary>Objects that were deleted and stay, since a finalizer is never taken off.</summary>
internal sealed class DeletingObjects : IAnalyzer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public Rule Rule { get; } = new("ACD603", "Deletion does not finish", Severity.Error, nameof(DeletingObjects), [Reasons.FinalizerNotRemoved, Reasons.NamespaceTerminating, Reasons.OwnerDeleted]);

    public IEnumerable<Fact> Analyze(Cluster cluster)
    {
        var kinds = (string[])["Pod", "PersistentVolumeClaim", "PersistentVolume", "Service", "ConfigMap", "Secret", "Deployment", "StatefulSet", "Job", "Ingress", "CustomResourceDefinition"];
        var stuck = cluster.CustomResources.Concat(kinds.SelectMany(cluster.All))
            .Where(item => item.Deleting is { } since && cluster.Now - since > Patience && item.Json.Texts("metadata", "finalizers").Count > 0)
            .ToList();
        var orphans = Orphans.Of(cluster).ToList();
        foreach (var fact in orphans.Concat(stuck.Where(item => orphans.All(orphan => orphan.Subject != item.Ref)).Select(item => Stuck(cluster, item))))
        {
            yield return fact;
        }

        foreach (var ns in cluster.All("Namespace").Where(ns => ns.Deleting is { } since && cluster.Now - since > Patience && ns.Status.Text("phase") == "Terminating"))
        {
            if (stuck.All(item => item.Namespace != ns.Name))
            {
                yield return Waiting(cluster, ns);
            }
        }
    }

    private static Fact Stuck(Cluster cluster, KubeObject item)
    {
        var finalizers = item.Json.Texts("metadata", "finalizers");
        var home = item.Namespace is null ? null : cluster.Find("Namespace", null, item.Namespace);
        var users = item.Kind == "PersistentVolumeClaim" ? cluster.PodsIn(item.Namespace ?? "default").Where(pod => !pod.Finished && References.Of(pod.Spec).Any(reference => reference.Kind == item.Kind && reference.Name == item.Name)).Select(pod => pod.Name).Take(2).ToList() : [];
        return new Fact(item.Ref, Reasons.FinalizerNotRemoved, 0.94, users.Count > 0
            ? $"{item.Kind} {item.Name} is to be deleted and is still used by {string.Join(", ", users)}."
            : $"{item.Kind} {item.Name} is to be deleted and waits for finalizer {finalizers[0]}, which nothing removes.")
        {
            Evidence = [Quote.Field(item, "metadata.deletionTimestamp", item.Json.Text("metadata", "deletionTimestamp")), Quote.Field(item, "metadata.finalizers", string.Join(", ", finalizers))],
            Explains = home is { Deleting: not null } ? [item.Ref, home.Ref] : [item.Ref],
            Fix = users.Count > 0 ? "Stop the pods that use it." : $"Run the controller that handles {finalizers[0]}; if it is gone for good, clean up what it guards by hand and remove the finalizer.",
        };
    }

    private static Fact Waiting(Cluster cluster, KubeObject ns)
    {
        var condition = ns.Status.Items("conditions").FirstOrDefault(item => item.Text("status") == "True" && item.Text("type") is "NamespaceContentRemaining" or "NamespaceFinalizersRemaining" or "NamespaceDeletionDiscoveryFailure" or "NamespaceDeletionContentFailure" or "NamespaceDeletionGroupVersionParsingFailure");
        var broken = cluster.All("APIService").Where(api => api.Condition("Available").Text("status") == "False").Select(api => api.Ref).ToList();
        return new Fact(ns.Ref, Reasons.NamespaceTerminating, condition is null ? 0.7 : 0.88, $"Namespace {ns.Name} has been terminating for long: {condition.Text("message") ?? "something in it is not removed"}")
        {
            Evidence = [Quote.Field(ns, "metadata.deletionTimestamp", ns.Json.Text("metadata", "deletionTimestamp")), .. condition is null ? (Evidence[])[] : [Quote.Field(ns, $"status.conditions[{condition.Text("type")}]", condition.Text("message"))]],
            Explains = [ns.Ref],
            DependsOn = condition.Text("type") == "NamespaceDeletionDiscoveryFailure" ? broken : [],
            Fix = "Find what remains in it (kubectl api-resources --verbs=list --namespaced) and let its controller finish.",
        };
    }
}
