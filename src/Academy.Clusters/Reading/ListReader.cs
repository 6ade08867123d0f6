using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Academy.Clusters.Discovering;
using Academy.Clusters.Documents;
using Academy.Clusters.Normalising;

namespace Academy.Clusters.Reading;

/// <summary>What a list gave.</summary>
/// <param name="Objects">Null where the kind could not be read.</param>
internal sealed record ListedKind(ServedKind Kind, IReadOnlyList<JsonObject>? Objects, HttpStatusCode Status);

/// <summary>Lists kinds, page by page; never one request an object.</summary>
internal sealed class ListReader(ApiRequests api, ClustersOptions options)
{
    private int _objectsLeft = options.MaxObjects;

    public async Task<ListedKind> ReadAsync(ServedKind kind, string? ns, CancellationToken ct)
    {
        var objects = new List<JsonObject>();
        string? next = null;
        var restarts = 0;
        while (true)
        {
            var path = $"{kind.ListPath(ns)}?limit={options.PageSize}" + (next is null ? "" : $"&continue={Uri.EscapeDataString(next)}");
            using var answer = await api.GetAsync(path, null, ct);
            if (answer.Status == HttpStatusCode.Gone && next is not null && restarts++ == 0)
            {
                // The pages have expired while they were read: once more from the first.
                objects.Clear();
                next = null;
                continue;
            }

            if (answer.Document is not { RootElement: var list })
            {
                return kind.Resource == "namespaces" && ns is not null && answer.Status == HttpStatusCode.Forbidden
                    ? await OneNamespaceAsync(kind, ns, ct)
                    : new ListedKind(kind, null, answer.Status);
            }

            Add(objects, kind, list);
            if (list.Text("metadata", "continue") is not { Length: > 0 } token)
            {
                return new ListedKind(kind, objects, HttpStatusCode.OK);
            }

            next = token;
        }
    }

    // Whoever may only see one namespace may often still get it by name.
    private async Task<ListedKind> OneNamespaceAsync(ServedKind kind, string ns, CancellationToken ct)
    {
        using var answer = await api.GetAsync($"api/{kind.Version}/namespaces/{Uri.EscapeDataString(ns)}", null, ct);
        return answer.Document is { RootElement: var one } && Normal(kind, one) is { } item
            ? new ListedKind(kind, [item], HttpStatusCode.OK)
            : new ListedKind(kind, null, HttpStatusCode.Forbidden);
    }

    private void Add(List<JsonObject> objects, ServedKind kind, JsonElement list)
    {
        if (list.At("items") is not { ValueKind: JsonValueKind.Array or JsonValueKind.Null } items)
        {
            throw new ClusterReadException("cluster.garbage", $"The server's list of {kind.Resource} has no items.");
        }

        foreach (var item in items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : default)
        {
            if (Interlocked.Decrement(ref _objectsLeft) < 0)
            {
                throw new ClusterReadException("cluster.too-large", $"There are more than {options.MaxObjects} objects. Read one namespace.");
            }

            if (Normal(kind, item) is { } normal)
            {
                objects.Add(normal);
            }
        }
    }

    private static JsonObject? Normal(ServedKind kind, JsonElement item)
    {
        try
        {
            return NormalObject.From(item, kind.ApiVersion, kind.Kind);
        }
        catch (DocumentException e)
        {
            throw new ClusterReadException("cluster.garbage", $"The server's list of {kind.Resource} holds text that is not valid Unicode.", e);
        }
    }
}
