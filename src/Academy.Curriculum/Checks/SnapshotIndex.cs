using System.Text.Json.Nodes;
using Academy.Diagnosis;

namespace Academy.Curriculum.Checks;

/// <summary>The objects that a lab's checks may look at: those of its namespace and the cluster-wide ones, by kind.</summary>
internal sealed class SnapshotIndex
{
    private static readonly HashSet<string> ClusterWide =
        ["Node", "Namespace", "PersistentVolume", "StorageClass", "PriorityClass", "IngressClass", "ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition"];

    private readonly Dictionary<string, List<JsonObject>> _byKind = new(StringComparer.Ordinal);

    public SnapshotIndex(ClusterSnapshot cluster, string ns)
    {
        Cluster = cluster;
        Namespace = ns;
        foreach (var item in cluster.Objects)
        {
            if (JsonBridge.Text(item, "kind") is { } kind && JsonBridge.Text(item, "metadata", "namespace") is var home && (home is null || home == ns))
            {
                (_byKind.TryGetValue(kind, out var list) ? list : _byKind[kind] = []).Add(item);
            }
        }
    }

    public ClusterSnapshot Cluster { get; }

    public string Namespace { get; }

    public static string NameOf(JsonObject item) => JsonBridge.Text(item, "metadata", "name") ?? "";

    public static string KindOf(JsonObject item) => JsonBridge.Text(item, "kind") ?? "";

    public IReadOnlyList<JsonObject> OfKinds(ObjectSelector selector) =>
        [.. selector.Kinds.SelectMany(k => _byKind.GetValueOrDefault(k) ?? []).Where(o => selector.Group is null || Group(JsonBridge.Text(o, "apiVersion")) == selector.Group)];

    public IReadOnlyList<JsonObject> Select(ObjectSelector selector)
    {
        var name = selector.Name == "$namespace" ? Namespace : selector.Name;
        return [.. OfKinds(selector).Where(o => name is not null ? NameOf(o) == name : selector.Labels.All(l => HasLabel(o, l.Key, l.Value)))];
    }

    /// <summary>Says that nothing was selected, and what there is instead.</summary>
    public string NothingFound(ObjectSelector selector)
    {
        if (Unreadable(selector) is { } unreadable)
        {
            return unreadable;
        }

        var kinds = string.Join(" or ", selector.Kinds);
        var name = selector.Name == "$namespace" ? Namespace : selector.Name;
        var wanted = name is not null ? $" named {name}"
            : selector.Labels.Count > 0 ? $" with {string.Join(",", selector.Labels.Select(l => $"{l.Key}={l.Value}"))}"
            : "";
        var there = OfKinds(selector).Select(NameOf).ToList();
        var place = selector.Kinds.All(ClusterWide.Contains) ? "the cluster" : $"namespace {Namespace}";
        return $"no {kinds}{wanted} in {place}; " + (there.Count == 0 ? "there is none at all" : $"there are: {Wording.Names(there)}");
    }

    /// <summary>Says which kinds nobody was allowed to read, so that nothing is concluded from their absence; null where there is none.</summary>
    public string? Unreadable(ObjectSelector selector) =>
        selector.Kinds.Where(Cluster.Unreadable.Contains).ToList() is { Count: > 0 } kinds ? $"objects of kind {string.Join(" or ", kinds)} could not be read in this cluster" : null;

    /// <summary>The API group of an apiVersion; the core group is empty.</summary>
    public static string Group(string? apiVersion) => apiVersion?.Split('/') is [var group, _] ? group : "";

    private static bool HasLabel(JsonObject item, string key, string value) => JsonBridge.Text(item, "metadata", "labels", key) == value;
}
