using System.Text.Json.Nodes;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Logs;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.CrashingContainers;

/// <summary>Files that a program does not find or may not write, compared with what is mounted where.</summary>
internal static class Files
{
    public static Fact? ReadOnly(Complaint complaint)
    {
        var root = complaint.Container.Spec.Flag("securityContext", "readOnlyRootFilesystem");
        var mount = MountOf(complaint, complaint.Sign!.Name);
        if (mount is not null && (mount.Flag("readOnly") || !root))
        {
            return CrashingContainers.Make(complaint, Reasons.VolumePermissionDenied, 0.85, $"writes to {mount.Text("mountPath")}, which is mounted read-only", "Mount the volume writable, or write elsewhere.", null, Quote.Field(complaint.Pod.Object, complaint.Container.SpecPath + ".volumeMounts", mount.ToJsonString()));
        }

        return CrashingContainers.Make(complaint, Reasons.ReadOnlyRootFilesystem, root ? 0.95 : 0.7, $"writes to its own file system, which is read-only{(complaint.Sign.Name is { } path ? $" ({path})" : "")}", "Mount an emptyDir where the program writes, or allow writing.", null,
            Quote.Field(complaint.Pod.Object, complaint.Container.SpecPath + ".securityContext.readOnlyRootFilesystem", root ? "true" : "(not set)"));
    }

    public static Fact Full(Complaint complaint)
    {
        var mount = MountOf(complaint, complaint.Sign!.Name) ?? complaint.Container.Spec.Items("volumeMounts").FirstOrDefault(item => Claim(complaint, item) is not null);
        return mount is not null && Claim(complaint, mount) is { } claim
            ? CrashingContainers.Make(complaint, Reasons.VolumeFull, 0.9, $"finds the volume at {mount.Text("mountPath")} full", "Enlarge the claim, or remove what is not needed.", new ObjectRef("PersistentVolumeClaim", complaint.Pod.Namespace, claim))
            : CrashingContainers.Make(complaint, Reasons.EphemeralStorageExceeded, 0.75, "has no space left to write", "Write less, or give it more ephemeral storage.");
    }

    public static Fact? Denied(Complaint complaint)
    {
        var path = complaint.Sign!.Name ?? Path(complaint);
        var mount = MountOf(complaint, path);
        if (mount is null)
        {
            return null;
        }

        return CrashingContainers.Make(complaint, Reasons.VolumePermissionDenied, 0.92, $"may not write to {path}, which lies on a volume", "Set fsGroup in the pod's securityContext to a group of the container's user, or correct the owner of the files.", null,
            Quote.Field(complaint.Pod.Object, complaint.Container.SpecPath + ".volumeMounts", mount.ToJsonString()),
            Quote.Field(complaint.Pod.Object, "spec.securityContext", complaint.Pod.Spec.At("securityContext")?.ToJsonString() ?? "{}"));
    }

    public static Fact? Missing(Cluster cluster, Complaint complaint)
    {
        var path = complaint.Sign!.Name;
        if (path is null)
        {
            return null;
        }

        if (path.StartsWith("/var/run/secrets/kubernetes.io/serviceaccount", StringComparison.Ordinal))
        {
            return CrashingContainers.Make(complaint, Reasons.ServiceaccountTokenNotMounted, 0.92, "needs the token of its ServiceAccount, which is not mounted", "Set automountServiceAccountToken to true in the pod template or the ServiceAccount.", null,
                Quote.Field(complaint.Pod.Object, "spec.automountServiceAccountToken", complaint.Pod.Spec.Text("automountServiceAccountToken") ?? "(not set)"));
        }

        var file = path[(path.LastIndexOf('/') + 1)..];
        if (MountOf(complaint, path) is { } mount)
        {
            return KeyOf(cluster, complaint, mount, file);
        }

        foreach (var other in Mounts(complaint))
        {
            var holds = Content(cluster, complaint, other).Any(key => key == file);
            var near = Likeness.Score(other.Text("mountPath") ?? "", path) >= 0.6 || Likeness.Score(other.Text("mountPath") ?? "", path[..Math.Max(1, path.LastIndexOf('/'))]) >= 0.6;
            if (holds || near || Claim(complaint, other) is not null)
            {
                return CrashingContainers.Make(complaint, Reasons.VolumeMountPathMismatch, holds ? 0.95 : near ? 0.88 : 0.75, $"looks for {path}, and its volume is mounted at {other.Text("mountPath")}", "Mount the volume where the program reads, or tell the program where it is.", null,
                    Quote.Field(complaint.Pod.Object, complaint.Container.SpecPath + ".volumeMounts", other.ToJsonString()));
            }
        }

        return complaint.Container.Command.Any(text => text == path || text.EndsWith("=" + path, StringComparison.Ordinal) || text == file)
            ? CrashingContainers.Make(complaint, complaint.Container.Command[0] == path ? Reasons.CommandNotFound : Reasons.InvalidArgument, 0.8, $"is told to use {path}, which its image does not hold", "Correct the path in the container's command or args.", null,
                Quote.Field(complaint.Pod.Object, complaint.Container.SpecPath, string.Join(' ', complaint.Container.Command)))
            : null;
    }

    /// <summary>A single file mounted by its key: where the key is missing, an empty directory stands in its place.</summary>
    public static Fact? SubPath(Cluster cluster, Complaint complaint)
    {
        foreach (var mount in Mounts(complaint).Where(mount => mount.Text("subPath") is { Length: > 0 }))
        {
            var volume = Volume(complaint, mount);
            var name = volume.Text("configMap", "name") ?? volume.Text("secret", "secretName");
            var keys = Content(cluster, complaint, mount).ToList();
            if (name is not null && keys.Count > 0 && !keys.Contains(mount.Text("subPath")!.Split('/')[0]))
            {
                return CrashingContainers.Make(complaint, Reasons.SubpathNotFound, 0.92, $"mounts {mount.Text("subPath")} of {(volume.Has("secret") ? "Secret" : "ConfigMap")} {name}, which holds only {string.Join(", ", keys.Take(4))}, so an empty directory stands at {mount.Text("mountPath")}", "Correct subPath to a key that the volume holds, or add the key.", null,
                    Quote.Field(complaint.Pod.Object, complaint.Container.SpecPath + ".volumeMounts", mount.ToJsonString()));
            }
        }

        return null;
    }

    public static IEnumerable<JsonObject> Mounts(Complaint complaint) =>
        complaint.Container.Spec.Items("volumeMounts").Where(mount => mount.Text("mountPath")?.StartsWith("/var/run/secrets/", StringComparison.Ordinal) == false);

    public static JsonObject? Volume(Complaint complaint, JsonObject mount) =>
        complaint.Pod.Spec.Items("volumes").FirstOrDefault(volume => volume.Text("name") == mount.Text("name"));

    /// <summary>Names of the files that a ConfigMap or Secret volume shows.</summary>
    public static IEnumerable<string> Content(Cluster cluster, Complaint complaint, JsonObject mount)
    {
        var volume = Volume(complaint, mount);
        var (kind, source, name) = volume.Has("configMap") ? ("ConfigMap", volume.At("configMap"), volume.Text("configMap", "name")) : ("Secret", volume.At("secret"), volume.Text("secret", "secretName"));
        var items = source.Items("items").Select(item => item.Text("path")).OfType<string>().ToList();
        return items.Count > 0 ? items : cluster.Find(kind, complaint.Pod.Namespace, name)?.Json.At("data").Members().Select(pair => pair.Key) ?? [];
    }

    private static Fact? KeyOf(Cluster cluster, Complaint complaint, JsonObject mount, string file)
    {
        var volume = Volume(complaint, mount);
        var secret = volume.Has("secret");
        var name = volume.Text("configMap", "name") ?? volume.Text("secret", "secretName");
        return name is null || Content(cluster, complaint, mount).Contains(file)
            ? null
            : CrashingContainers.Make(complaint, secret ? Reasons.SecretKeyMissing : Reasons.ConfigmapKeyMissing, 0.88, $"reads {file} from the volume at {mount.Text("mountPath")}, and {(secret ? "Secret" : "ConfigMap")} {name} holds no such key", $"Add key {file} to it, or correct the file name.", new ObjectRef(secret ? "Secret" : "ConfigMap", complaint.Pod.Namespace, name));
    }

    private static string? Path(Complaint complaint) =>
        complaint.Container.Spec.Items("volumeMounts").Select(mount => mount.Text("mountPath")).FirstOrDefault(path => path is not null && complaint.Sign!.Line.Contains(path, StringComparison.Ordinal));

    private static JsonObject? MountOf(Complaint complaint, string? path) => path is null ? null : Mounts(complaint)
        .Where(mount => mount.Text("mountPath") is { Length: > 1 } at && (path == at || path.StartsWith(at.TrimEnd('/') + "/", StringComparison.Ordinal)))
        .MaxBy(mount => mount.Text("mountPath")!.Length);

    private static string? Claim(Complaint complaint, JsonObject mount) => Volume(complaint, mount).Text("persistentVolumeClaim", "claimName");
}
