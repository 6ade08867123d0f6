using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace Academy.IntegrationTests.Kubernetes;

/// <summary>Writes to the API server what the kubelet of a node without a machine would have written: the pods' status and events.</summary>
internal static class FakeKubelet
{
    /// <summary>Waits for the pods whose names begin so, and reports on each.</summary>
    public static async Task ReportAsync(IKubernetes client, string ns, string prefix, JsonNode said, DateTimeOffset now, CancellationToken ct)
    {
        List<V1Pod> pods;
        while ((pods = [.. (await client.CoreV1.ListNamespacedPodAsync(ns, cancellationToken: ct)).Items.Where(p => p.Name().StartsWith(prefix, StringComparison.Ordinal))]).Count == 0
            || pods.Any(p => p.Spec.NodeName is null))
        {
            await Task.Delay(200, ct);
        }

        foreach (var pod in pods)
        {
            var status = new JsonObject { ["status"] = Status(pod, said["containers"]!, now) };
            await client.CoreV1.PatchNamespacedPodStatusAsync(new V1Patch(status.ToJsonString(), V1Patch.PatchType.MergePatch), pod.Name(), ns, cancellationToken: ct);
            foreach (var happened in said["events"]?.AsArray() ?? [])
            {
                await client.CoreV1.CreateNamespacedEventAsync(Event(pod, happened!, now), ns, cancellationToken: ct);
            }
        }
    }

    private static JsonObject Status(V1Pod pod, JsonNode containers, DateTimeOffset now)
    {
        var statuses = pod.Spec.Containers.Select(c => Container(c, containers[c.Name]!)).ToList();
        var ready = statuses.TrueForAll(s => s["ready"]!.GetValue<bool>()) ? "True" : "False";
        var started = statuses.Exists(s => s["state"]!["running"] is not null || s["restartCount"]!.GetValue<long>() > 0);
        var since = now.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ");
        JsonNode Condition(string type, string status) => new JsonObject { ["type"] = type, ["status"] = status, ["lastTransitionTime"] = since };
        return new JsonObject
        {
            ["phase"] = started ? "Running" : "Pending",
            ["podIP"] = "10.1.2.3",
            ["startTime"] = since,
            ["conditions"] = new JsonArray(Condition("Initialized", "True"), Condition("Ready", ready), Condition("ContainersReady", ready), Condition("PodScheduled", "True")),
            ["containerStatuses"] = new JsonArray([.. statuses]),
        };
    }

    private static JsonObject Container(V1Container container, JsonNode said)
    {
        var status = new JsonObject { ["name"] = container.Name, ["image"] = container.Image, ["imageID"] = "", ["ready"] = false, ["restartCount"] = 0L };
        foreach (var (key, value) in said.AsObject())
        {
            status[key] = key == "restartCount" ? (long)value! : value?.DeepClone();
        }

        return status;
    }

    private static Corev1Event Event(V1Pod pod, JsonNode said, DateTimeOffset now) => new()
    {
        Metadata = new() { GenerateName = pod.Name() + "." },
        InvolvedObject = new() { ApiVersion = "v1", Kind = "Pod", Name = pod.Name(), NamespaceProperty = pod.Namespace(), Uid = pod.Uid(), FieldPath = $"spec.containers{{{pod.Spec.Containers[0].Name}}}" },
        Type = "Warning",
        Reason = said["reason"]!.GetValue<string>(),
        Message = said["message"]!.GetValue<string>(),
        Count = 6,
        FirstTimestamp = now.UtcDateTime.AddMinutes(-5),
        LastTimestamp = now.UtcDateTime,
        Source = new() { Component = "kubelet", Host = pod.Spec.NodeName },
    };
}
