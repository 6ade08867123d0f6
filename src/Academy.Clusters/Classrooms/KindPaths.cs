using System.Text.Json;
using System.Text.Json.Nodes;
using Academy.Clusters.Discovering;

namespace Academy.Clusters.Classrooms;

/// <summary>Where a server has a kind; each group and version is asked for once.</summary>
internal sealed class KindPaths(IClassroomServer server)
{
    private readonly Dictionary<string, IReadOnlyList<ServedKind>> _known = new(StringComparer.Ordinal);

    /// <summary>Null where the server does not have it.</summary>
    public async Task<ServedKind?> FindAsync(string apiVersion, string kind, CancellationToken ct)
    {
        if (!_known.TryGetValue(apiVersion, out var kinds))
        {
            _known[apiVersion] = kinds = await AskAsync(apiVersion, ct);
        }

        return kinds.FirstOrDefault(k => k.Kind == kind);
    }

    private async Task<IReadOnlyList<ServedKind>> AskAsync(string apiVersion, CancellationToken ct)
    {
        var parts = apiVersion.Split('/');
        var (group, version) = parts.Length == 2 ? (parts[0], parts[1]) : ("", apiVersion);
        if (parts.Length > 2 || !Names.IsResource(version) || (group.Length > 0 && !Names.IsGroup(group)))
        {
            return [];
        }

        var list = await server.FindAsync(group.Length == 0 ? $"api/{version}" : $"apis/{group}/{version}", ct);
        return [.. (list?["resources"] as JsonArray ?? []).OfType<JsonObject>().Select(r => Of(group, version, r)).OfType<ServedKind>()];
    }

    private static ServedKind? Of(string group, string version, JsonObject resource) =>
        resource.Text("name") is { } name && resource.Text("kind") is { } kind && Names.IsResource(name) && Names.IsKind(kind)
            ? new(group, version, name, kind, resource["namespaced"]?.GetValueKind() == JsonValueKind.True)
            : null;
}
