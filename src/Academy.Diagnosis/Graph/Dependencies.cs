using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Graph;

/// <summary>What an object needs in order to work: the edges of the cause graph.</summary>
internal sealed class Dependencies(Cluster cluster)
{
    private readonly Dictionary<ObjectRef, IReadOnlyList<ObjectRef>> known = [];

    /// <summary>Everything the given objects need, directly or through others, themselves included.</summary>
    public HashSet<ObjectRef> Closure(IEnumerable<ObjectRef> from)
    {
        var seen = new HashSet<ObjectRef>();
        var open = new Stack<ObjectRef>(from);
        while (open.TryPop(out var at))
        {
            if (seen.Add(at))
            {
                foreach (var next in Of(at))
                {
                    open.Push(next);
                }
            }
        }

        return seen;
    }

    public IReadOnlyList<ObjectRef> Of(ObjectRef at)
    {
        if (!known.TryGetValue(at, out var needs))
        {
            known[at] = needs = [.. Find(at).Distinct()];
        }

        return needs;
    }

    private IEnumerable<ObjectRef> Find(ObjectRef at) => at.Kind switch
    {
        "Service" => cluster.Find("Service", at.Namespace, at.Name) is { } service ? Backing.Workloads(cluster, service).Select(workload => workload.Ref) : [],
        "PersistentVolumeClaim" => cluster.Find(at.Kind, at.Namespace, at.Name) is { } claim ? OfClaim(claim) : [],
        "Ingress" => cluster.Find(at.Kind, at.Namespace, at.Name) is { } ingress ? Backing.ServiceNames(ingress).Select(name => new ObjectRef("Service", at.Namespace, name)) : [],
        _ => cluster.WorkloadAt(at) is { } workload ? OfWorkload(workload) : [],
    };

    private static IEnumerable<ObjectRef> OfClaim(KubeObject claim)
    {
        if (claim.Spec.Text("volumeName") is { Length: > 0 } volume)
        {
            yield return new ObjectRef("PersistentVolume", null, volume);
        }

        if (claim.Spec.Text("storageClassName") is { Length: > 0 } storage)
        {
            yield return new ObjectRef("StorageClass", null, storage);
        }
    }

    private IEnumerable<ObjectRef> OfWorkload(Workload workload)
    {
        foreach (var reference in References.Of(workload.PodSpec))
        {
            yield return new ObjectRef(reference.Kind, workload.Namespace, reference.Name);
        }

        foreach (var service in Hosts.ServicesNamedIn(cluster, workload))
        {
            yield return service.Ref;
        }

        foreach (var node in workload.Pods.Select(pod => pod.NodeName).OfType<string>().Distinct())
        {
            yield return new ObjectRef("Node", null, node);
        }
    }
}
