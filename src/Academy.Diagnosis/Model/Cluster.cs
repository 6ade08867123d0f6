using System.Text.Json.Nodes;

namespace Academy.Diagnosis.Model;

/// <summary>
/// A snapshot indexed once: objects by kind, namespace and name, pods by workload and label, events by object, logs by container.
/// Every list is in one fixed order, whatever the order of the snapshot.
/// </summary>
internal sealed class Cluster
{
    private static readonly HashSet<string> BuiltIn =
    [
        "", "apps", "batch", "extensions", "networking.k8s.io", "policy", "autoscaling", "rbac.authorization.k8s.io", "storage.k8s.io",
        "scheduling.k8s.io", "discovery.k8s.io", "admissionregistration.k8s.io", "apiregistration.k8s.io", "events.k8s.io",
        "apiextensions.k8s.io", "node.k8s.io", "coordination.k8s.io", "certificates.k8s.io", "flowcontrol.apiserver.k8s.io", "resource.k8s.io",
    ];

    private readonly Dictionary<string, List<KubeObject>> byKind = [];
    private readonly Dictionary<(string, string), List<KubeObject>> byKindAndNamespace = [];
    private readonly Dictionary<(string, string, string), KubeObject> byName = [];
    private readonly Dictionary<ObjectRef, List<KubeEvent>> events = [];
    private readonly Dictionary<Type, object> derived = [];
    private readonly Dictionary<ObjectRef, KubeObject> customByRef = [];
    private readonly Dictionary<(string, string, string, bool), ContainerLog> logs = [];
    private readonly Dictionary<string, List<Pod>> podsByNamespace = [];
    private readonly Dictionary<(string, string, string), List<Pod>> podsByLabel = [];
    private readonly Dictionary<(string, string), Pod> podsByName = [];
    private readonly SortedDictionary<string, Workload> workloads = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<Workload>> workloadsByNamespace = [];
    private readonly Dictionary<(string, string, string), List<Workload>> workloadsByLabel = [];

    private Cluster(DateTimeOffset now, IReadOnlyList<string> unreadable)
    {
        Now = now;
        Unreadable = [.. unreadable.Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>Kinds that could not be read: nothing follows from the absence of one of them.</summary>
    public IReadOnlyList<string> Unreadable { get; }

    public bool Readable(string kind) => !Unreadable.Contains(kind);

    /// <summary>The moment that ages are counted to.</summary>
    public DateTimeOffset Now { get; }

    public IReadOnlyList<Pod> Pods { get; private set; } = [];

    public IReadOnlyList<KubeObject> Nodes => All("Node");

    public IReadOnlyList<KubeEvent> Events { get; private set; } = [];

    public IReadOnlyList<KubeObject> CustomResources { get; private set; } = [];

    public IReadOnlyCollection<Workload> Workloads => workloads.Values;

    public static Cluster Index(ClusterSnapshot snapshot, CancellationToken ct)
    {
        var (found, daily) = Eventful.Of(snapshot);
        ct.ThrowIfCancellationRequested();
        var objects = Eventful.Each([.. snapshot.Objects.Where(json => json.Text("kind") is { Length: > 0 } and not "Event")], json => new KubeObject(json))
            .Where(item => item.Name.Length > 0)
            .OrderBy(item => item.Kind, StringComparer.Ordinal)
            .ThenBy(item => item.Namespace, StringComparer.Ordinal)
            .ThenBy(item => item.Name, StringComparer.Ordinal)
            .ThenBy(item => item.ApiVersion, StringComparer.Ordinal)
            .ToList();
        var cluster = new Cluster(Clock.Now(snapshot.TakenAt, objects, found, daily), snapshot.Unreadable);
        foreach (var item in objects)
        {
            ct.ThrowIfCancellationRequested();
            cluster.Add(item);
        }

        cluster.CustomResources = [.. cluster.byKind.Where(pair => pair.Key.Contains('.', StringComparison.Ordinal)).OrderBy(pair => pair.Key, StringComparer.Ordinal).SelectMany(pair => pair.Value)];
        foreach (var custom in cluster.CustomResources)
        {
            cluster.customByRef.TryAdd(custom.Ref, custom);
        }

        cluster.AddEvents(found);
        cluster.AddPods();
        foreach (var log in snapshot.Logs)
        {
            if (!Excuse(log.Text))
            {
                cluster.logs.TryAdd((log.Namespace, log.Pod, log.Container, log.Previous), log);
            }
        }

        return cluster;
    }

    /// <param name="kind">A built-in kind, or <c>Kind.group</c> for a custom resource.</param>
    public IReadOnlyList<KubeObject> All(string kind) => byKind.TryGetValue(kind, out var found) ? found : [];

    public IReadOnlyList<KubeObject> All(string kind, string? ns) => byKindAndNamespace.TryGetValue((kind, ns ?? ""), out var found) ? found : [];

    public KubeObject? Find(string kind, string? ns, string? name) =>
        name is not null && byName.TryGetValue((kind, ns ?? "", name), out var found) ? found : null;

    /// <summary>Whether the object was read, whatever its group.</summary>
    public bool Holds(ObjectRef at) => Exists(at.Kind, at.Namespace, at.Name) || customByRef.ContainsKey(at);

    /// <summary>The API group of a custom resource; null for a kind of Kubernetes and for what was not read.</summary>
    public string? CustomGroup(ObjectRef at) => Exists(at.Kind, at.Namespace, at.Name) ? null : customByRef.GetValueOrDefault(at)?.Group;

    public bool Exists(string kind, string? ns, string? name) => Find(kind, ns, name) is not null;

    public IReadOnlyList<KubeEvent> EventsOf(ObjectRef about) => events.TryGetValue(about, out var found) ? found : [];

    public ContainerLog? Log(Pod pod, string container, bool previous) =>
        logs.TryGetValue((pod.Namespace, pod.Name, container, previous), out var found) ? found : null;

    public Pod? Pod(string? ns, string name) => podsByName.TryGetValue((ns ?? "default", name), out var pod) ? pod : null;

    public IReadOnlyList<Pod> PodsIn(string ns) => podsByNamespace.TryGetValue(ns, out var found) ? found : [];

    /// <summary>Pods that carry all of the labels; an empty selector finds none, as for a Service.</summary>
    public IReadOnlyList<Pod> PodsWith(string ns, IReadOnlyDictionary<string, string> labels)
    {
        List<Pod>? smallest = null;
        foreach (var (key, value) in labels)
        {
            if (!podsByLabel.TryGetValue((ns, key, value), out var found))
            {
                return [];
            }

            smallest = smallest is null || found.Count < smallest.Count ? found : smallest;
        }

        return smallest is null ? [] : [.. smallest.Where(pod => Selectors.Matches(labels, pod.Object.Labels))];
    }

    public IReadOnlyList<Workload> WorkloadsIn(string? ns) => workloadsByNamespace.TryGetValue(ns ?? "default", out var found) ? found : [];

    public Workload? WorkloadAt(ObjectRef at) => workloads.TryGetValue(KeyOf(at), out var found) ? found : null;

    /// <summary>Workloads whose pod template carries all of the labels; an empty selector finds none.</summary>
    public IReadOnlyList<Workload> WorkloadsWith(string ns, IReadOnlyDictionary<string, string> labels)
    {
        foreach (var (key, value) in labels)
        {
            return workloadsByLabel.TryGetValue((ns, key, value), out var found) ? [.. found.Where(workload => Selectors.Matches(labels, workload.PodLabels))] : [];
        }

        return [];
    }

    /// <summary>What several analyzers derive from the cluster, derived once.</summary>
    public T Once<T>(Func<Cluster, T> derive)
        where T : class
    {
        if (!derived.TryGetValue(typeof(T), out var value))
        {
            derived[typeof(T)] = value = derive(this);
        }

        return (T)value;
    }

    /// <summary>Climbs the owners to the object a person would edit; stops at what it cannot see and at cycles.</summary>
    public ObjectRef TopOwner(KubeObject from)
    {
        var at = from.Ref;
        var current = from;
        for (var depth = 0; depth < 8 && current?.Controller is { } owner; depth++)
        {
            var kind = owner.Text("kind") ?? "";
            if (kind is "" or "Node" or "Namespace")
            {
                break;
            }

            var next = new ObjectRef(kind, at.Namespace, owner.Text("name") ?? "");
            if (next == from.Ref)
            {
                break;
            }

            current = Locate(owner, at.Namespace);
            at = current is null && kind == "ReplicaSet" && from.Labels.TryGetValue("pod-template-hash", out var hash) && next.Name.EndsWith("-" + hash, StringComparison.Ordinal)
                ? new ObjectRef("Deployment", at.Namespace, next.Name[..^(hash.Length + 1)])
                : next;
        }

        return at;
    }

    /// <summary>What kubectl and the kubelet write where there is no log is none.</summary>
    private static bool Excuse(string text) =>
        text.Length < 400 && (text.StartsWith("unable to retrieve container logs for", StringComparison.Ordinal) || text.StartsWith("Error from server (BadRequest): ", StringComparison.Ordinal) || text.StartsWith("failed to try resolving symlinks", StringComparison.Ordinal));

    private static string KeyOf(ObjectRef at) => $"{at.Namespace}/{at.Kind}/{at.Name}";

    private static string KindKey(KubeObject item) =>
        BuiltIn.Contains(item.Group) ? item.Kind : $"{item.Kind}.{item.Group}";

    private KubeObject? Locate(JsonObject owner, string? ns)
    {
        var kind = owner.Text("kind") ?? "";
        var api = owner.Text("apiVersion") ?? "";
        var slash = api.IndexOf('/', StringComparison.Ordinal);
        var group = slash < 0 ? "" : api[..slash];
        var key = BuiltIn.Contains(group) ? kind : $"{kind}.{group}";
        return Find(key, ns, owner.Text("name")) ?? Find(key, null, owner.Text("name"));
    }

    private void Add(KubeObject item)
    {
        var kind = KindKey(item);
        if (!byName.TryAdd((kind, item.Namespace ?? "", item.Name), item))
        {
            return;
        }

        Put(byKind, kind, item);
        Put(byKindAndNamespace, (kind, item.Namespace ?? ""), item);
    }

    private void AddEvents(IReadOnlyList<KubeEvent> found)
    {
        Events = [.. found.OrderBy(e => e.Last).ThenBy(e => e.Reason, StringComparer.Ordinal).ThenBy(e => e.Message, StringComparer.Ordinal).ThenBy(e => e.About.Kind, StringComparer.Ordinal).ThenBy(e => e.About.Namespace, StringComparer.Ordinal).ThenBy(e => e.About.Name, StringComparer.Ordinal)];
        foreach (var item in Events)
        {
            Put(events, item.About, item);
        }
    }

    private void AddPods()
    {
        Pods = [.. All("Pod").Select(item => new Pod(item))];
        foreach (var kind in (string[])["Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController", "Job", "CronJob"])
        {
            foreach (var item in All(kind))
            {
                At(TopOwner(item));
            }
        }

        foreach (var pod in Pods)
        {
            podsByName[(pod.Namespace, pod.Name)] = pod;
            Put(podsByNamespace, pod.Namespace, pod);
            foreach (var (key, value) in pod.Object.Labels)
            {
                Put(podsByLabel, (pod.Namespace, key, value), pod);
            }

            pod.Workload = At(TopOwner(pod.Object));
            pod.Workload.Add(pod);
        }

        foreach (var workload in workloads.Values)
        {
            foreach (var (key, value) in workload.PodLabels)
            {
                Put(workloadsByLabel, (workload.Namespace, key, value), workload);
            }
        }
    }

    private Workload At(ObjectRef at)
    {
        if (!workloads.TryGetValue(KeyOf(at), out var workload))
        {
            var item = Find(at.Kind, at.Namespace, at.Name) ?? customByRef.GetValueOrDefault(at);
            workloads[KeyOf(at)] = workload = new Workload(at, item);
            Put(workloadsByNamespace, workload.Namespace, workload);
        }

        return workload;
    }

    private static void Put<TKey, TValue>(Dictionary<TKey, List<TValue>> index, TKey key, TValue value)
        where TKey : notnull
    {
        if (!index.TryGetValue(key, out var list))
        {
            index[key] = list = [];
        }

        list.Add(value);
    }
}
