using System.Text.Json.Nodes;

namespace Academy.Curriculum.Checks;

/// <summary>The objects that checks may look at, by kind: those of a lab's namespace and the cluster-wide ones, or all of an artefact.</summary>
internal sealed class SnapshotIndex
{
    private static readonly HashSet<string> ClusterWide =
        ["Node", "Namespace", "PersistentVolume", "StorageClass", "PriorityClass", "IngressClass", "ClusterRole", "ClusterRoleBinding", "CustomResourceDefinition"];

    private readonly Dictionary<string, List<JsonObject>> _byKind = new(StringComparer.Ordinal);
    private readonly IReadOnlyList<string> _unreadable;
    private readonly string? _place;

    private SnapshotIndex(IEnumerable<JsonObject> objects, string ns, IReadOnlyList<string> unreadable, string? place)
    {
        Namespace = ns;
        _unreadable = unreadable;
        _place = place;
        foreach (var item in objects)
        {
            if (JsonBridge.Text(item, "kind") is { } kind)
            {
                (_byKind.TryGetValue(kind, out var list) ? list : _byKind[kind] = []).Add(item);
            }
        }
    }

    public string Namespace { get; }

    public static SnapshotIndex OfCluster(ClusterSubject cluster) => new(
        cluster.Snapshot.Objects.Where(o => JsonBridge.Text(o, "metadata", "namespace") is var home && (home is null || home == cluster.Namespace)),
        cluster.Namespace,
        cluster.Snapshot.Unreadable,
        null);

    /// <param name="place">What the objects stand in, for messages.</param>
    /// <param name="ns">What <c>$namespace</c> stands for.</param>
    public static SnapshotIndex OfArtefact(IEnumerable<JsonObject> objects, string place, string ns) => new(objects, ns, [], place);

    public static string NameOf(JsonObject item) => JsonBridge.Text(item, "metadata", "name") ?? "";

    public static string KindOf(JsonObject item) => JsonBridge.Text(item, "kind") ?? "";

    public static string TitleOf(JsonObject item) => $"{Wording.Clean(KindOf(item))} {Wording.Clean(NameOf(item))}";

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
        var kinds = string.Join(" or ", selector.Kinds);
        var name = selector.Name == "$namespace" ? Namespace : selector.Name;
        var wanted = name is not null ? $" named {name}"
            : selector.Labels.Count > 0 ? $" with {string.Join(",", selector.Labels.Select(l => $"{l.Key}={l.Value}"))}"
            : "";
        var there = OfKinds(selector).Select(NameOf).ToList();
        return $"no {kinds}{wanted} in {Place(selector)}; " + (there.Count == 0 ? "there is none at all" : $"there are: {Wording.Names(there)}");
    }

    /// <summary>Where objects of these kinds are looked for.</summary>
    public string Place(ObjectSelector selector) => _place ?? (selector.Kinds.All(ClusterWide.Contains) ? "the cluster" : $"namespace {Namespace}");

    /// <summary>Says which kinds nobody was allowed to read, so that nothing is concluded from their absence; null where there is none.</summary>
    public string? Unreadable(params IEnumerable<string> kinds) =>
        kinds.Where(_unreadable.Contains).ToList() is { Count: > 0 } found ? $"objects of kind {string.Join(" or ", found)} could not be read in this cluster" : null;

    /// <summary>The API group of an apiVersion; the core group is empty.</summary>
    public static string Group(string? apiVersion) => apiVersion?.Split('/') is [var group, _] ? group : "";

    private static bool HasLabel(JsonObject item, string key, string value) => JsonBridge.Text(item, "metadata", "labels", key) == value;
}
