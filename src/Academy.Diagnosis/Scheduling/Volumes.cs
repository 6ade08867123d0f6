using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Scheduling;

internal static class Volumes
{
    public static IEnumerable<(string Name, KubeObject? Claim)> Claims(Cluster cluster, Pod pod) =>
        References.Of(pod.Spec).Where(reference => reference.Kind == "PersistentVolumeClaim").Select(reference => reference.Name).Distinct()
            .Select(name => (name, cluster.Find("PersistentVolumeClaim", pod.Namespace, name)));

    public static IEnumerable<KubeObject> BoundTo(Cluster cluster, Pod pod) =>
        Claims(cluster, pod).Select(item => cluster.Find("PersistentVolume", null, item.Claim?.Spec.Text("volumeName"))).OfType<KubeObject>();

    public static bool ReachableFrom(KubeObject volume, KubeObject node)
    {
        var terms = volume.Spec.Items("nodeAffinity", "required", "nodeSelectorTerms");
        return terms.Count == 0 || Selectors.FitsNode(terms, node);
    }
}
