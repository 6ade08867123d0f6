using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;
using Academy.Diagnosis.Scheduling;

namespace Academy.Diagnosis.Analyzers.BindingVolumes;

/// <summary>Claims that get no volume, and why.</summary>
internal sealed class BindingVolumes : IAnalyzer
{
    public Rule Rule { get; } = new("ACD301", "Volume claim is not bound", Severity.Error, nameof(BindingVolumes),
    [
        Reasons.StorageclassNotFound, Reasons.NoDefaultStorageclass, Reasons.ProvisionerNotRunning, Reasons.NoMatchingPersistentVolume,
        Reasons.AccessModeConflict, Reasons.PersistentVolumeLost, Reasons.PvcNotFound, Reasons.VolumeExpansionFailed,
    ]);

    public IEnumerable<Fact> Analyze(Cluster cluster)
    {
        var users = Users(cluster);
        foreach (var claim in cluster.All("PersistentVolumeClaim"))
        {
            var needed = users[claim.Ref].Distinct().ToList();
            if (Explain(cluster, claim, needed.Count > 0) is { } fact)
            {
                yield return fact with { Explains = [.. needed.Append(claim.Ref)] };
            }
        }

        foreach (var user in users.Where(user => cluster.Readable("PersistentVolumeClaim") && !cluster.Exists(user.Key.Kind, user.Key.Namespace, user.Key.Name)))
        {
            var workload = user.First();
            var alike = Likeness.Closest(user.Key.Name, cluster.All("PersistentVolumeClaim", user.Key.Namespace).Select(item => item.Name));
            yield return new Fact(user.Key, Reasons.PvcNotFound, 0.95, $"{workload.Kind} {workload.Name} mounts PersistentVolumeClaim {user.Key.Name}, which does not exist.{(alike is null ? "" : $" There is a claim {alike}.")}")
            {
                Evidence = [.. Said(cluster, workload, user.Key.Name)],
                Explains = [.. user.Distinct()],
                Fix = $"Create PersistentVolumeClaim {user.Key.Name}, or correct the claim's name in the pod template.",
            };
        }
    }

    private static Fact? Explain(Cluster cluster, KubeObject claim, bool used)
    {
        var phase = claim.Status.Text("phase");
        if (phase == "Lost")
        {
            return Make(claim, Reasons.PersistentVolumeLost, 0.95, $"The volume of claim {claim.Name} is gone.", "Restore the PersistentVolume, or create a new claim and restore the data.", Quote.Field(claim, "status.phase", "Lost"));
        }

        var volume = cluster.Find("PersistentVolume", null, claim.Spec.Text("volumeName"));
        if (phase == "Bound")
        {
            if (Expansion(cluster, claim) is { } expansion)
            {
                return expansion;
            }

            return volume?.Status.Text("phase") is "Failed" ? Make(volume, Reasons.PersistentVolumeLost, 0.9, $"PersistentVolume {volume.Name} of claim {claim.Name} failed.", "Repair or replace the volume.", Quote.Field(volume, "status.phase", "Failed")) : null;
        }

        var quotes = cluster.EventsOf(claim.Ref).Where(e => e.Reason is "ProvisioningFailed" or "FailedBinding" or "VolumeMismatch" or "ExternalProvisioning" or "Provisioning" or "WaitForFirstConsumer" or "WaitForPodScheduled").ToList();
        var evidence = quotes.Where(e => e.Reason is not ("WaitForFirstConsumer" or "Provisioning")).Select(Quote.Event).Take(2).Prepend(Quote.Field(claim, "status.phase", phase ?? "Pending")).ToArray();
        var name = claim.Spec.Text("storageClassName") ?? claim.Annotations.GetValueOrDefault("volume.beta.kubernetes.io/storage-class");
        if (name is null)
        {
            var hasDefault = !cluster.Readable("StorageClass") || cluster.All("StorageClass").Any(IsDefault);
            return hasDefault ? null : Static(cluster, claim, evidence) ?? Make(claim, Reasons.NoDefaultStorageclass, 0.9, $"Claim {claim.Name} names no StorageClass, and the cluster has no default one.", "Name a StorageClass in the claim, or mark one as the default.", evidence);
        }

        if (name.Length > 0 && cluster.Readable("StorageClass") && !cluster.Exists("StorageClass", null, name) && (cluster.All("StorageClass").Count > 0 || cluster.Nodes.Count > 0 || quotes.Any(e => e.Says("not found"))) && !cluster.All("PersistentVolume").Any(item => item.Spec.Text("storageClassName") == name))
        {
            var alike = Likeness.Closest(name, cluster.All("StorageClass").Select(item => item.Name));
            return Make(claim, Reasons.StorageclassNotFound, 0.97, $"Claim {claim.Name} asks for StorageClass {name}, which does not exist.{(alike is null ? "" : $" There is {alike}.")}",
                $"Use a StorageClass that exists ({string.Join(", ", cluster.All("StorageClass").Select(item => item.Name).Take(4))}), or create {name}.", [.. evidence, Quote.Field(claim, "spec.storageClassName", name)]);
        }

        return Provisioning(cluster, claim, name, quotes, evidence, used);
    }

    /// <summary>A bound claim was asked to grow and has not.</summary>
    private static Fact? Expansion(Cluster cluster, KubeObject claim)
    {
        var wanted = claim.Spec.Text("resources", "requests", "storage");
        var has = claim.Status.Text("capacity", "storage");
        if (Quantity.Parse(wanted) is not { } asked || Quantity.Parse(has) is not { } size || asked <= size
            || cluster.EventsOf(claim.Ref).LastOrDefault(e => e.Reason is "VolumeResizeFailed" or "ExternalExpanding" or "FileSystemResizeFailed" or "Resizing") is not { } said || said.Reason == "Resizing")
        {
            return null;
        }

        return Make(claim, Reasons.VolumeExpansionFailed, 0.9, $"Claim {claim.Name} asks for {wanted} and still has {has}: its storage does not grow it.", "Use a StorageClass whose driver can expand volumes (allowVolumeExpansion), or copy the data to a larger claim.",
            Quote.Event(said), Quote.Field(claim, "spec.resources.requests.storage", wanted), Quote.Field(claim, "status.capacity.storage", has));
    }

    private static Fact? Provisioning(Cluster cluster, KubeObject claim, string name, List<KubeEvent> quotes, Evidence[] evidence, bool used)
    {
        var storage = cluster.Find("StorageClass", null, name);
        var waits = storage?.Json.Text("volumeBindingMode") == "WaitForFirstConsumer";
        var provisioner = storage?.Json.Text("provisioner");
        if (name.Length == 0 || provisioner is null or "kubernetes.io/no-provisioner")
        {
            return waits && !used ? null : Static(cluster, claim, evidence) ?? (waits && quotes.All(e => e.Reason != "FailedBinding" && e.Reason != "ProvisioningFailed") && cluster.All("PersistentVolume").Any(volume => Usable(volume, claim, name)) ? null
                : Make(claim, Reasons.NoMatchingPersistentVolume, 0.9, $"No PersistentVolume fits claim {claim.Name} (size, access mode, class {name}).", "Create a PersistentVolume that fits, or use a StorageClass that makes them.", evidence));
        }

        if (quotes.Any(e => e.Reason == "ExternalProvisioning") || (quotes.Count == 0 && !waits && claim.Created is { } created && cluster.Now - created > TimeSpan.FromSeconds(60)))
        {
            return Make(storage!, Reasons.ProvisionerNotRunning, quotes.Count > 0 ? 0.85 : 0.7, $"Claim {claim.Name} waits for provisioner {provisioner} of StorageClass {name}, which does not answer.", $"Install or restart the provisioner {provisioner}, or use another StorageClass.", [.. evidence, Quote.Field(storage!, "provisioner", provisioner)]);
        }

        if (quotes.LastOrDefault(e => e.Reason == "ProvisioningFailed") is { } failed)
        {
            var mode = failed.Says("access mode") || failed.Says("accessmode") || failed.Says("MULTI_NODE") || failed.Says("ReadWriteMany");
            return Make(claim, mode ? Reasons.AccessModeConflict : Reasons.ProvisionerNotRunning, mode ? 0.9 : 0.75, $"Provisioner {provisioner} cannot make a volume for claim {claim.Name}: {Quote.Cut(failed.Message)}", mode ? "Ask for an access mode that the storage supports." : "Repair what the provisioner reports.", evidence);
        }

        return null;
    }

    /// <summary>Volumes made by hand that nearly fit tell what does not.</summary>
    private static Fact? Static(Cluster cluster, KubeObject claim, Evidence[] evidence)
    {
        var name = claim.Spec.Text("storageClassName") ?? "";
        var wanted = claim.Spec.Text("volumeName");
        var candidates = cluster.All("PersistentVolume")
            .Where(volume => wanted is { Length: > 0 } ? volume.Name == wanted : (volume.Spec.Text("storageClassName") ?? "") == name)
            .Where(volume => volume.Status.Text("phase") is "Available" or null || (volume.Spec.Text("claimRef", "name") == claim.Name && volume.Spec.Text("claimRef", "namespace") == claim.Namespace))
            .ToList();
        var size = Quantity.Parse(claim.Spec.Text("resources", "requests", "storage")) ?? 0;
        var modes = claim.Spec.Texts("accessModes");
        foreach (var volume in candidates)
        {
            if (!modes.All(volume.Spec.Texts("accessModes").Contains) && Quantity.Parse(volume.Spec.Text("capacity", "storage")) >= size)
            {
                return Make(claim, Reasons.AccessModeConflict, 0.92, $"Claim {claim.Name} asks for {string.Join(", ", modes)}, and volume {volume.Name} offers only {string.Join(", ", volume.Spec.Texts("accessModes"))}.", "Ask for an access mode that the volume offers, or use storage that supports the wanted one.",
                    [.. evidence, Quote.Field(claim, "spec.accessModes", string.Join(", ", modes)), Quote.Field(volume, "spec.accessModes", string.Join(", ", volume.Spec.Texts("accessModes")))]);
            }
        }

        return null;
    }

    private static bool Usable(KubeObject volume, KubeObject claim, string name) =>
        volume.Status.Text("phase") is "Available"
        && (volume.Spec.Text("storageClassName") ?? "") == name
        && claim.Spec.Texts("accessModes").All(volume.Spec.Texts("accessModes").Contains)
        && (Quantity.Parse(volume.Spec.Text("capacity", "storage")) ?? 0) >= (Quantity.Parse(claim.Spec.Text("resources", "requests", "storage")) ?? 0);

    private static Fact Make(KubeObject subject, string reason, double confidence, string summary, string fix, params Evidence[] evidence) =>
        new(subject.Ref, reason, confidence, summary) { Evidence = evidence, Fix = fix };

    private static bool IsDefault(KubeObject storage) =>
        storage.Annotations.GetValueOrDefault("storageclass.kubernetes.io/is-default-class") == "true" || storage.Annotations.GetValueOrDefault("storageclass.beta.kubernetes.io/is-default-class") == "true";

    /// <summary>Workloads that wait for a claim, by claim.</summary>
    private static ILookup<ObjectRef, ObjectRef> Users(Cluster cluster) =>
        cluster.Pods.Where(pod => !pod.Ready && !pod.Finished && !pod.Terminating)
            .SelectMany(pod => Volumes.Claims(cluster, pod).Select(item => (Claim: new ObjectRef("PersistentVolumeClaim", pod.Namespace, item.Name), pod.Workload.Ref)))
            .ToLookup(item => item.Claim, item => item.Ref);

    private static IEnumerable<Evidence> Said(Cluster cluster, ObjectRef workload, string claim) =>
        (cluster.WorkloadAt(workload)?.Pods ?? []).SelectMany(pod => cluster.EventsOf(pod.Ref).Where(e => e.Message.Contains(claim, StringComparison.Ordinal)).TakeLast(1).Select(Quote.Event)
            .Concat(References.Of(pod.Spec).Where(reference => reference.Name == claim && reference.Kind == "PersistentVolumeClaim").Select(reference => Quote.Field(pod.Object, reference.Path, claim)))).Take(2);
}
