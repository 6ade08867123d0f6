using System.Text.Json;
using Academy.Clusters.Documents;
using Academy.Clusters.Reading;

namespace Academy.Clusters.Discovering;

/// <summary>One resource of a group and version, as discovery lists it.</summary>
internal sealed record ServedResource(string Resource, string Kind, bool Namespaced, bool Listable);

/// <summary>
/// Finds out which of the wanted kinds a server has, and in which version. Servers from 1.26 answer in two requests (aggregated
/// discovery); older ones are asked group by group, no further than the wanted kinds need.
/// </summary>
internal sealed class Discovery(ApiRequests api, ClustersOptions options)
{
    // A cluster with many operators has about a hundred.
    private const int MostGroups = 200;
    private const string Aggregated =
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json";

    /// <returns>The kinds to read, at most <see cref="ClustersOptions.MaxListedKinds"/>, and the kinds or groups that are left out.</returns>
    public async Task<(IReadOnlyList<ServedKind> Kinds, IReadOnlyList<string> LeftOut)> FindAsync(CancellationToken ct)
    {
        var groups = new List<DiscoveredGroup>();
        var forbidden = new List<string>();
        foreach (var root in new[] { "api", "apis" })
        {
            using var answer = await api.GetAsync(root, Aggregated, ct);
            if (answer.Document is { RootElement: var list })
            {
                groups.AddRange(list.Text("kind") == "APIGroupDiscoveryList" ? AggregatedList.Groups(list) : Groups(list));
            }
            else
            {
                forbidden.Add(root == "api" ? "v1" : "apis");
            }
        }

        if (groups.Count == 0)
        {
            throw new ClusterReadException("cluster.forbidden", "The credentials may not even ask this server what it serves.");
        }

        var wanted = groups
            .Where(g => !WantedKinds.BuiltIn.TryGetValue(g.Name, out var kinds) || kinds.Length > 0)
            .OrderBy(g => WantedKinds.Rank(g.Name))
            .ThenBy(g => g.Name, StringComparer.Ordinal)
            .ToList();
        var found = await Task.WhenAll(wanted.Take(MostGroups).Select(g => KindsAsync(g, ct)));
        // The sort keeps the order of groups and kinds where the rank is the same.
        var kinds = found.SelectMany(k => k.Kinds).OrderBy(WantedKinds.Rank).ToList();
        return (
            [.. kinds.Take(options.MaxListedKinds)],
            [.. forbidden, .. wanted.Skip(MostGroups).Take(MostGroups).Select(g => g.Name), .. found.SelectMany(k => k.Unanswered), .. kinds.Skip(options.MaxListedKinds).Select(k => k.Kind)]);
    }

    private async Task<(IReadOnlyList<ServedKind> Kinds, IReadOnlyList<string> Unanswered)> KindsAsync(DiscoveredGroup group, CancellationToken ct)
    {
        var wanted = WantedKinds.BuiltIn.GetValueOrDefault(group.Name);
        var kinds = new Dictionary<string, ServedKind>(StringComparer.Ordinal);
        var unanswered = new List<string>();
        foreach (var version in WantedKinds.InOrder(group.Name, group.Preferred, group.Versions.Select(v => v.Version)).Take(wanted is null ? 1 : 4))
        {
            var resources = group.Versions.First(v => v.Version == version).Resources ?? await ResourcesAsync(group.Name, version, ct);
            if (resources is null)
            {
                unanswered.Add($"{group.Name}/{version}");
                continue;
            }

            foreach (var r in resources.Where(r => r.Listable && (wanted is null || wanted.Contains(r.Resource))))
            {
                kinds.TryAdd(r.Resource, new ServedKind(group.Name, version, r.Resource, r.Kind, r.Namespaced));
            }

            if (wanted is not null && wanted.All(kinds.ContainsKey))
            {
                break;
            }
        }

        return ([.. kinds.Values.OrderBy(k => k.Resource, StringComparer.Ordinal)], unanswered);
    }

    private async Task<IReadOnlyList<ServedResource>?> ResourcesAsync(string group, string version, CancellationToken ct)
    {
        using var answer = await api.GetAsync(group.Length == 0 ? $"api/{version}" : $"apis/{group}/{version}", null, ct);
        return answer.Document is not { RootElement: var list } ? null :
        [
            .. from r in list.Items("resources")
               let name = r.Text("name")
               let kind = r.Text("kind")
               where name is not null && kind is not null && Names.IsResource(name) && Names.IsKind(kind)
               select new ServedResource(name, kind, r.At("namespaced")?.ValueKind == JsonValueKind.True, AggregatedList.CanList(r)),
        ];
    }

    // An APIVersions document for the core group, an APIGroupList for the others.
    private static IEnumerable<DiscoveredGroup> Groups(JsonElement list) => list.Text("kind") switch
    {
        "APIVersions" => [new DiscoveredGroup("", "v1", [.. list.Items("versions").Where(v => v.ValueKind == JsonValueKind.String && v.ValueEquals("v1")).Select(_ => new DiscoveredVersion("v1", null))])],
        "APIGroupList" =>
            from g in list.Items("groups")
            let name = g.Text("name")
            where name is not null && Names.IsGroup(name)
            select new DiscoveredGroup(
                name,
                g.Text("preferredVersion", "version"),
                [.. g.Items("versions").Select(v => v.Text("version")).OfType<string>().Where(Names.IsResource).Select(v => new DiscoveredVersion(v, null))]),
        _ => throw new ClusterReadException("cluster.garbage", "The server answers JSON, but it is not the Kubernetes API. Check the address and its path."),
    };
}
