using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.DeletingObjects;

/// <summary>Objects that name an owner which is not there: the garbage collector takes them away, whatever they are needed for.</summary>
internal static class Orphans
{
    public static IEnumerable<Fact> Of(Cluster cluster) => Collected(cluster).Concat(Left(cluster));

    /// <summary>The garbage collector itself complains: an owner in another namespace counts as gone.</summary>
    private static IEnumerable<Fact> Collected(Cluster cluster) =>
        from e in cluster.Events
        where e.Reason == "OwnerRefInvalidNamespace"
        group e by e.About into events
        let e = events.Last()
        select new Fact(events.Key, Reasons.OwnerDeleted, 0.93, $"{events.Key.Kind} {events.Key.Name} names an owner that does not exist in its namespace, so Kubernetes deletes it.")
        {
            Evidence = [Quote.Event(e)],
            Explains = [events.Key, .. Users(cluster, events.Key)],
            Fix = "Take the owner reference out: an owner must be in the same namespace, or cluster-wide.",
        };

    /// <summary>Being deleted since its owner is gone, while a workload that stays still needs it.</summary>
    private static IEnumerable<Fact> Left(Cluster cluster)
    {
        foreach (var item in ((string[])["ConfigMap", "Secret", "PersistentVolumeClaim", "Service"]).SelectMany(cluster.All).Where(item => item.Owners.Count > 0 && item.Deleting is not null))
        {
            var gone = item.Owners.FirstOrDefault(owner => owner.Text("kind") is { } kind && cluster.All(kind).Count > 0 && cluster.Readable(kind) && !cluster.Exists(kind, item.Namespace, owner.Text("name")) && !cluster.Exists(kind, null, owner.Text("name")));
            var users = Users(cluster, item.Ref).ToList();
            if (gone is not null && users.Count > 0)
            {
                yield return new Fact(item.Ref, Reasons.OwnerDeleted, 0.9, $"{item.Kind} {item.Name} goes with its owner {gone.Text("kind")} {gone.Text("name")}, which was deleted, and {users[0].Kind} {users[0].Name} still needs it.")
                {
                    Evidence = [Quote.Field(item, "metadata.ownerReferences", $"{gone.Text("kind")}/{gone.Text("name")}"), Quote.Field(item, "metadata.deletionTimestamp", item.Json.Text("metadata", "deletionTimestamp"))],
                    Explains = [item.Ref, .. users],
                    Fix = "Create it anew without the owner, or bring the owner back.",
                };
            }
        }
    }

    private static IEnumerable<ObjectRef> Users(Cluster cluster, ObjectRef at) =>
        cluster.WorkloadsIn(at.Namespace).Where(workload => References.Of(workload.PodSpec).Any(reference => reference.Kind == at.Kind && reference.Name == at.Name)).Select(workload => workload.Ref);
}
