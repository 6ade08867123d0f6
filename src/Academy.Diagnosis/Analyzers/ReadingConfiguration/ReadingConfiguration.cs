using System.Text.RegularExpressions;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.ReadingConfiguration;

/// <summary>ConfigMaps, Secrets and keys that a pod refers to and that are not there.</summary>
internal sealed partial class ReadingConfiguration : IAnalyzer
{
    public Rule Rule { get; } = new("ACD102", "Configuration that a pod refers to is missing", Severity.Error, nameof(ReadingConfiguration),
    [
        Reasons.ConfigmapNotFound, Reasons.ConfigmapKeyMissing, Reasons.SecretNotFound, Reasons.SecretKeyMissing, Reasons.DownwardApiInvalid, Reasons.SubpathNotFound,
    ]);

    public bool StaysInNamespace => true;

    public IEnumerable<Fact> Analyze(Cluster cluster) =>
        cluster.Pods.Where(pod => !pod.Finished && !pod.Terminating && pod.Scheduled && Stuck(pod)).SelectMany(pod => Explain(cluster, pod));

    private static bool Stuck(Pod pod) => !pod.Ready && pod.Containers.Any(container =>
        container.WaitingReason is "CreateContainerConfigError" or "CreateContainerError" or "ContainerCreating" or "PodInitializing" or "RunContainerError" or "CrashLoopBackOff" || container.Status is null);

    private static IEnumerable<Fact> Explain(Cluster cluster, Pod pod)
    {
        var said = Complaints(cluster, pod).ToList();
        foreach (var reference in References.Of(pod.Spec).Where(reference => !reference.Optional && reference.Kind is "ConfigMap" or "Secret"))
        {
            if (Missing(cluster, pod, reference, said) is { } fact)
            {
                yield return fact;
            }
        }

        foreach (var (text, evidence) in said)
        {
            if (Other(pod, text, evidence) is { } fact)
            {
                yield return fact;
            }
        }
    }

    /// <summary>What the kubelet says about the pod: waiting messages and failed mounts.</summary>
    private static IEnumerable<(string Text, Evidence Evidence)> Complaints(Cluster cluster, Pod pod)
    {
        foreach (var container in pod.Containers.Where(container => container.WaitingReason is "CreateContainerConfigError" or "CreateContainerError" or "RunContainerError" && container.WaitingMessage.Length > 0))
        {
            yield return (container.WaitingMessage, Quote.Field(pod.Object, container.StatusPath + ".state.waiting.message", container.WaitingMessage));
        }

        foreach (var e in cluster.EventsOf(pod.Ref).Where(e => e.Reason is "Failed" or "FailedMount" or "FailedCreatePodContainer"))
        {
            yield return (e.Message, Quote.Event(e));
        }

        foreach (var container in pod.Containers.Where(container => container.Terminated.Text("message") is not null))
        {
            yield return (container.Terminated.Text("message")!, Quote.Field(pod.Object, container.TerminatedPath + ".message", container.Terminated.Text("message")));
        }
    }

    private static Fact? Missing(Cluster cluster, Pod pod, Reference reference, List<(string Text, Evidence Evidence)> said)
    {
        var found = cluster.Find(reference.Kind, pod.Namespace, reference.Name);
        var secret = reference.Kind == "Secret";
        var blocked = said.Where(item => item.Text.Contains(reference.Name, StringComparison.Ordinal) || item.Text.Contains("references non-existent", StringComparison.Ordinal)).ToList();
        if (found is null)
        {
            var named = blocked.Where(item => NotFound().IsMatch(item.Text)).ToList();
            return named.Count == 0 && !Blocked(cluster, pod, reference) ? null : Fact(cluster, pod, reference, secret ? Reasons.SecretNotFound : Reasons.ConfigmapNotFound, named);
        }

        if (reference.Key is { } key && !Keys(found).Contains(key))
        {
            var named = blocked.Where(item => item.Text.Contains(key, StringComparison.Ordinal)).ToList();
            var waits = named.Count > 0 || pod.Containers.Any(container => container.Name == reference.Container && container.WaitingReason == "CreateContainerConfigError")
                || (reference.Container is null && pod.Containers.All(container => container.WaitingReason is "ContainerCreating" or "PodInitializing" || container.Status is null));
            return waits ? Fact(cluster, pod, reference, secret ? Reasons.SecretKeyMissing : Reasons.ConfigmapKeyMissing, named) : null;
        }

        return null;
    }

    /// <summary>Without words from the kubelet: the kind was read in this namespace, the object is not among it, and the pod cannot start.</summary>
    private static bool Blocked(Cluster cluster, Pod pod, Reference reference) =>
        reference.Name is not ("kube-root-ca.crt" or "openshift-service-ca.crt")
        && cluster.All(reference.Kind, pod.Namespace).Count > 0
        && (reference.Container is null
            ? pod.Containers.All(container => container.WaitingReason is "ContainerCreating" or "PodInitializing" || container.Status is null)
            : pod.Containers.Any(container => container.Name == reference.Container && container.WaitingReason == "CreateContainerConfigError"));

    private static Fact Fact(Cluster cluster, Pod pod, Reference reference, string reason, List<(string Text, Evidence Evidence)> said)
    {
        var subject = new ObjectRef(reference.Kind, pod.Namespace, reference.Name);
        var workload = pod.Workload.Ref;
        var others = cluster.All(reference.Kind, pod.Namespace).Select(item => item.Name);
        var key = reason is Reasons.SecretKeyMissing or Reasons.ConfigmapKeyMissing;
        var alike = key
            ? Likeness.Closest(reference.Key!, Keys(cluster.Find(reference.Kind, pod.Namespace, reference.Name)!))
            : Likeness.Closest(reference.Name, others);
        var hint = alike is null ? "" : key ? $" It has {alike}." : $" There is a {reference.Kind} {alike}.";
        return new Fact(subject, reason, said.Count > 0 ? 0.97 : 0.85, key
            ? $"{workload.Kind} {workload.Name} reads key {reference.Key} of {reference.Kind} {reference.Name}, which has no such key.{hint}"
            : $"{workload.Kind} {workload.Name} needs {reference.Kind} {reference.Name}, which does not exist in namespace {pod.Namespace}.{hint}")
        {
            Evidence = [.. said.Select(item => item.Evidence).Take(2), Quote.Field(pod.Object, reference.Path, reference.Key is null ? reference.Name : $"{reference.Name}: {reference.Key}")],
            Explains = [workload],
            Fix = key
                ? $"Add key {reference.Key} to {reference.Kind} {reference.Name}, or correct the reference."
                : $"Create {reference.Kind} {reference.Name} in namespace {pod.Namespace}, or correct the reference.",
        };
    }

    private static Fact? Other(Pod pod, string text, Evidence evidence)
    {
        var workload = pod.Workload.Ref;
        if (SubPath().IsMatch(text))
        {
            return new Fact(workload, Reasons.SubpathNotFound, 0.92, $"{workload.Kind} {workload.Name} mounts a subPath that is not in its volume.")
            {
                Evidence = [evidence],
                Explains = [workload],
                Fix = "Correct subPath to a file or directory that the volume holds.",
            };
        }

        return FieldPath().IsMatch(text)
            ? new Fact(workload, Reasons.DownwardApiInvalid, 0.92, $"{workload.Kind} {workload.Name} asks the downward API for a field that it does not offer.")
            {
                Evidence = [evidence],
                Explains = [workload],
                Fix = "Use a field the downward API offers (metadata.name, metadata.labels['x'], status.podIP, limits.cpu …).",
            }
            : null;
    }

    private static HashSet<string> Keys(KubeObject item) =>
        [.. item.Json.At("data").Members().Concat(item.Json.At("binaryData").Members()).Concat(item.Json.At("stringData").Members()).Select(pair => pair.Key)];

    [GeneratedRegex("not found|doesn't exist|does not exist|not registered", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex NotFound();

    [GeneratedRegex("subpath|trying to mount a directory onto a file|not a directory: unknown", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex SubPath();

    [GeneratedRegex("^(?:Error: )?container \\S+ not found$|fieldPath|field label not supported|downward ?api|unsupported resourceFieldRef|unsupported container resource", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex FieldPath();
}
