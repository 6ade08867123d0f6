using System.Globalization;
using System.Text.Json.Nodes;
using Academy.Curriculum;
using Academy.Diagnosis;

namespace Academy.Tests.Curriculum;

/// <summary>Carries out the edits of a <see cref="LabMutation"/> on a recording. An edit that hits nothing is a mistake of its author.</summary>
internal static class Mutating
{
    public static ClusterSnapshot Apply(this LabMutation mutation, ClusterSnapshot cluster)
    {
        var objects = cluster.Objects.Select(o => o.DeepClone().AsObject()).ToList();
        var logs = cluster.Logs.ToList();
        foreach (var edit in mutation.Edits)
        {
            var hit = objects.Where(o => Means(edit, o)).ToList();
            if (hit.Count == 0)
            {
                throw new InvalidOperationException($"mutation {mutation.Id}: there is no {edit.Kind} {edit.Name}");
            }

            foreach (var item in hit)
            {
                if (edit.Op == "delete")
                {
                    objects.Remove(item);
                }
                else if (edit.Op == "log")
                {
                    logs = [.. logs.Select(l => l.Pod == Name(item) ? l with { Text = (string)edit.Value! } : l)];
                }
                else
                {
                    Change(mutation, edit, item);
                }
            }
        }

        var pods = objects.Where(o => (string?)o["kind"] == "Pod").Select(Name).ToHashSet();
        return ClusterSnapshot.Create(objects, logs.Where(l => pods.Contains(l.Pod)), cluster.TakenAt);
    }

    private static void Change(LabMutation mutation, SnapshotEdit edit, JsonObject item)
    {
        string[] path = [.. edit.Path.Split('/').Skip(1).Select(p => p.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal))];
        JsonNode parent = item;
        foreach (var key in path[..^1])
        {
            parent = Child(parent, key) ?? (edit.Op == "set" && parent is JsonObject map ? (map[key] = new JsonObject()) : throw Missing(mutation, edit));
        }

        var (last, value) = (path[^1], edit.Value?.DeepClone());
        switch (parent, edit.Op)
        {
            case (JsonObject map, "set"): map[last] = value; break;
            case (JsonObject map, _) when map.Remove(last): break;
            case (JsonArray list, "set") when last == "-": list.Add(value); break;
            case (JsonArray list, "set") when Index(list, last) is { } at: list[at] = value; break;
            case (JsonArray list, "remove") when Index(list, last) is { } at: list.RemoveAt(at); break;
            default: throw Missing(mutation, edit);
        }
    }

    private static JsonNode? Child(JsonNode parent, string key) => parent switch
    {
        JsonObject map => map[key],
        JsonArray list when Index(list, key) is { } at => list[at],
        _ => null,
    };

    private static int? Index(JsonArray list, string key) => int.TryParse(key, CultureInfo.InvariantCulture, out var at) && at >= 0 && at < list.Count ? at : null;

    private static bool Means(SnapshotEdit edit, JsonObject item) =>
        (string?)item["kind"] == edit.Kind && (edit.Name.EndsWith('*') ? Name(item).StartsWith(edit.Name[..^1], StringComparison.Ordinal) : Name(item) == edit.Name);

    private static string Name(JsonObject item) => (string?)item["metadata"]?["name"] ?? "";

    private static InvalidOperationException Missing(LabMutation mutation, SnapshotEdit edit) => new($"mutation {mutation.Id}: {edit.Kind} {edit.Name} has no {edit.Path}");
}
