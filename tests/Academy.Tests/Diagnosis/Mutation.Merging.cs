using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Academy.Diagnosis;

namespace Academy.Tests.Diagnosis;

/// <summary>Several recordings in one cluster, or in one namespace.</summary>
public static partial class Mutation
{
    /// <summary>The same recording in another namespace, its own names prefixed so that it fits beside others.</summary>
    public static Recording MovedTo(Recording recording, string ns)
    {
        var from = new Regex($"(?<![A-Za-z0-9-]){Regex.Escape(recording.Namespace)}(?![A-Za-z0-9-])");
        string Moved(JsonObject item)
        {
            var copy = Copy(item);
            Move(copy, recording.Namespace, ns);
            return copy.ToJsonString(Plain);
        }

        return recording with
        {
            Name = $"{recording.Name} in {ns}",
            Objects = [.. recording.Objects.Select(item => JsonNode.Parse(Moved(item))!.AsObject())],
            Logs = [.. recording.Logs.Select(log => log with { Namespace = log.Namespace == recording.Namespace ? ns : log.Namespace, Text = from.Replace(log.Text, match => log.Text.AsSpan(0, match.Index).EndsWith("system:serviceaccount:") || log.Text.AsSpan(0, match.Index).EndsWith("namespace \"") || log.Text.AsSpan(0, match.Index).EndsWith("namespace \\\"") ? ns : match.Value) })],
            Truth = JsonNode.Parse(Moved(new JsonObject { ["truth"] = recording.Truth.DeepClone() }))!["truth"]!.DeepClone().AsObject(),
        };
    }

    /// <summary>All recordings as one namespace, if their names allow it; null where two hold an object of one name.</summary>
    public static ClusterSnapshot? InOneNamespace(IReadOnlyList<Recording> recordings)
    {
        var moved = recordings.Select(recording => MovedTo(recording, "shared")).ToList();
        var own = moved.SelectMany(recording => recording.Objects.Where(item => (string?)item["metadata"]!["namespace"] == "shared" && Kind(item) is not ("Event" or "Secret" or "ServiceAccount") && Name(item) != "kube-root-ca.crt").Select(item => (Kind(item), Name(item)))).ToList();
        return own.Count != own.Distinct().Count() ? null : Merged(moved);
    }

    private static void Move(JsonNode? node, string from, string to)
    {
        if (node is JsonArray list)
        {
            foreach (var item in list)
            {
                Move(item, from, to);
            }
        }

        if (node is not JsonObject map)
        {
            return;
        }

        foreach (var (key, value) in map.ToList())
        {
            if (key == "namespace" && (string?)value == from)
            {
                map[key] = to;
            }
            else if (value is JsonValue text && text.TryGetValue<string>(out var words) && key is "message" or "note" or "name" && map["kind"]?.ToString() is not "Namespace")
            {
                map[key] = value!.ToString().Replace($" {from}/", $" {to}/", StringComparison.Ordinal).Replace($"_{from}(", $"_{to}(", StringComparison.Ordinal);
            }
            else
            {
                Move(value, from, to);
            }
        }

        if ((string?)map["kind"] == "Namespace" && (string?)(map["metadata"]?["name"] ?? map["name"]) == from)
        {
            (map["metadata"] as JsonObject ?? map)["name"] = to;
        }
    }
}
