using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Academy.Diagnosis;

namespace Academy.Tests.Diagnosis;

/// <summary>The same fault in other clothes: what changes must not change the verdict.</summary>
public static partial class Mutation
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly string[] Kept = ["default", "kube-root-ca.crt", "kube-system", "standard", "manual", "local-ssd"];

    /// <summary>Every namespace, workload, Service, ConfigMap, Secret, claim, policy and label value gets another name, everywhere.</summary>
    public static Recording Renamed(Recording recording)
    {
        var names = recording.Objects
            .Where(item => (string)item["kind"]! is not ("Event" or "Pod" or "ReplicaSet" or "EndpointSlice" or "Node" or "StorageClass" or "PriorityClass"))
            .SelectMany(item => (string?[])[(string?)item["metadata"]!["name"], (string?)item["metadata"]!["namespace"]])
            .Concat(recording.Objects.SelectMany(item => item["metadata"]!["labels"]?.AsObject().Where(pair => pair.Key is "app" or "tier" or "role").Select(pair => (string?)pair.Value) ?? []))
            .OfType<string>()
            .Where(name => name.Length > 2 && !Kept.Contains(name) && !name.Contains("-token-", StringComparison.Ordinal))
            .Distinct()
            .OrderByDescending(name => name.Length)
            .ThenBy(name => name, StringComparer.Ordinal)
            .ToList();
        var known = names.Select((name, index) => (name, To: $"{Prefix(index)}{name}")).ToDictionary(item => item.name, item => item.To);
        var pattern = new Regex($"(?<![A-Za-z0-9])(?:{string.Join('|', names.Select(Regex.Escape))})(?![A-Za-z0-9])");
        string Change(string text) => pattern.Replace(text, match => known[match.Value]);
        return Rewrite(recording, "renamed", Change);
    }

    /// <summary>A Deployment becomes a StatefulSet, a DaemonSet or nothing but its pods.</summary>
    public static Recording As(Recording recording, string kind)
    {
        var deployments = recording.Objects.Where(item => (string)item["kind"]! == "Deployment").Select(item => (string)item["metadata"]!["name"]!).ToHashSet();
        var sets = recording.Objects.Where(item => (string)item["kind"]! == "ReplicaSet").ToDictionary(item => (string)item["metadata"]!["name"]!, item => (string)item["metadata"]!["ownerReferences"]![0]!["name"]!);
        var objects = new List<JsonObject>();
        foreach (var item in recording.Objects.Where(item => (string)item["kind"]! != "ReplicaSet").Select(item => (JsonObject)item.DeepClone()))
        {
            if ((string)item["kind"]! == "Deployment")
            {
                item["kind"] = kind;
                var status = item["status"]!.AsObject();
                status["numberReady"] = (int?)status["readyReplicas"] ?? 0;
                status["desiredNumberScheduled"] = (int?)item["spec"]!["replicas"] ?? 1;
                status["currentNumberScheduled"] = (int?)status["replicas"] ?? 0;
            }
            else if ((string)item["kind"]! == "Pod" && (string?)item["metadata"]!["ownerReferences"]?[0]?["kind"] == "ReplicaSet")
            {
                var owner = item["metadata"]!["ownerReferences"]![0]!;
                owner["name"] = sets[(string)owner["name"]!];
                owner["kind"] = kind;
            }
            else if ((string)item["kind"]! == "Event" && (string?)item["involvedObject"]!["kind"] is "ReplicaSet" or "Deployment")
            {
                item["involvedObject"]!["kind"] = kind;
                item["involvedObject"]!["name"] = sets.GetValueOrDefault((string)item["involvedObject"]!["name"]!, (string)item["involvedObject"]!["name"]!);
            }

            objects.Add(item);
        }

        // Set kinds in references (autoscalers, truths) follow.
        var text = new JsonArray([.. objects]).ToJsonString().Replace("\"kind\":\"Deployment\"", $"\"kind\":\"{kind}\"", StringComparison.Ordinal);
        var truth = JsonNode.Parse(recording.Truth.ToJsonString().Replace("\"kind\":\"Deployment\"", $"\"kind\":\"{kind}\"", StringComparison.Ordinal))!.AsObject();
        return deployments.Count == 0 ? recording : recording with { Name = $"{recording.Name} as {kind}", Objects = [.. JsonNode.Parse(text)!.AsArray().Select(item => item!.DeepClone().AsObject())], Truth = truth };
    }

    /// <summary>The API versions and wordings of current Kubernetes.</summary>
    public static Recording Modern(Recording recording) => Rewrite(recording, "on a current version", text => text
        .Replace("batch/v1beta1", "batch/v1", StringComparison.Ordinal)
        .Replace("policy/v1beta1", "policy/v1", StringComparison.Ordinal)
        .Replace("discovery.k8s.io/v1beta1", "discovery.k8s.io/v1", StringComparison.Ordinal)
        .Replace("autoscaling/v2beta2", "autoscaling/v2", StringComparison.Ordinal)
        .Replace("node(s) didn't match Pod's node affinity", "node(s) didn't match Pod's node affinity/selector", StringComparison.Ordinal)
        .Replace("node(s) had taint {", "node(s) had untolerated taint {", StringComparison.Ordinal)
        .Replace(", that the pod didn't tolerate", "", StringComparison.Ordinal)
        .Replace("Back-off restarting failed container", "Back-off restarting failed container app in pod app-1_ns(0f0f)", StringComparison.Ordinal)
        .Replace("runc create failed: unable to start container process: exec:", "runc create failed: unable to start container process: error during container init: exec:", StringComparison.Ordinal));

    /// <summary>An hour later: the API server keeps events no longer.</summary>
    public static Recording WithoutEvents(Recording recording) =>
        recording with { Name = $"{recording.Name} without events", Objects = [.. recording.Objects.Where(item => (string)item["kind"]! != "Event")] };

    /// <summary>Several recordings as the namespaces of one cluster.</summary>
    public static ClusterSnapshot Merged(IReadOnlyList<Recording> recordings) => ClusterSnapshot.Create(
        recordings.SelectMany(recording => recording.Objects).DistinctBy(item => ((string)item["kind"]!, (string?)item["metadata"]!["namespace"], (string)item["metadata"]!["name"]!)),
        recordings.SelectMany(recording => recording.Logs),
        recordings.Max(recording => recording.TakenAt));

    private static string Prefix(int index) => $"{(char)('q' + (index % 9))}{index}-";

    private static Recording Rewrite(Recording recording, string how, Func<string, string> change) => recording with
    {
        Name = $"{recording.Name} {how}",
        Objects = [.. recording.Objects.Select(item => JsonNode.Parse(change(item.ToJsonString(Plain)))!.AsObject())],
        Logs = [.. recording.Logs.Select(log => new ContainerLog(change(log.Namespace), change(log.Pod), change(log.Container), log.Previous, change(log.Text)))],
        Truth = Truth(recording.Truth, change),
    };

    /// <summary>Names in the truth follow; its reason is a word of the vocabulary and stays.</summary>
    private static JsonObject Truth(JsonObject truth, Func<string, string> change)
    {
        var changed = JsonNode.Parse(change(truth.ToJsonString(Plain)))!.AsObject();
        if (truth["root_cause"] is JsonObject cause)
        {
            changed["root_cause"]!["reason"] = cause["reason"]!.DeepClone();
        }

        return changed;
    }
}
