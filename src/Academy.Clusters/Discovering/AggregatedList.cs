using System.Text.Json;
using Academy.Clusters.Documents;

namespace Academy.Clusters.Discovering;

/// <param name="Resources">Null where they have to be asked for.</param>
internal sealed record DiscoveredVersion(string Version, IReadOnlyList<ServedResource>? Resources);

internal sealed record DiscoveredGroup(string Name, string? Preferred, IReadOnlyList<DiscoveredVersion> Versions);

/// <summary>Reads an APIGroupDiscoveryList: groups, versions and resources in one document, best version first.</summary>
internal static class AggregatedList
{
    public static IEnumerable<DiscoveredGroup> Groups(JsonElement list) =>
        from item in list.Items("items")
        let name = item.Text("metadata", "name") ?? ""
        where name.Length == 0 || Names.IsGroup(name)
        let versions = item.Items("versions").Where(v => v.Text("version") is { } version && Names.IsResource(version)).ToList()
        where versions.Count > 0
        select new DiscoveredGroup(name, versions[0].Text("version"), [.. versions.Select(v => new DiscoveredVersion(v.Text("version")!, Resources(v)))]);

    public static bool CanList(JsonElement resource) =>
        resource.Items("verbs").Any(v => v.ValueKind == JsonValueKind.String && v.ValueEquals("list"));

    private static List<ServedResource> Resources(JsonElement version) =>
    [
        .. from r in version.Items("resources")
           let name = r.Text("resource")
           let kind = r.Text("responseKind", "kind")
           where name is not null && kind is not null && Names.IsResource(name) && Names.IsKind(kind)
           select new ServedResource(name, kind, r.Text("scope") == "Namespaced", CanList(r)),
    ];
}
