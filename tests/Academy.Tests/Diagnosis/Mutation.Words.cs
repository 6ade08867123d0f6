using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Academy.Tests.Diagnosis;

/// <summary>The same fault as other versions and other container runtimes word it.</summary>
public static partial class Mutation
{
    /// <summary>Kubernetes 1.26 and newer: the scheduler adds what preemption would do, the kubelet names pods in its messages.</summary>
    public static Recording Talkative(Recording recording) => Rewrite(Modern(recording), "with preemption told", text => Regex.Replace(
            Regex.Replace(text, "(\"message\":\"0/(\\d+) nodes are available: [^\"\\\\]*?)\\.?\"", "$1. preemption: 0/$2 nodes are available: $2 Preemption is not helpful for scheduling.\""),
            "node\\(s\\) didn't match Pod's node affinity(?!/)", "node(s) didn't match Pod's node affinity/selector")
        .Replace("pod has unbound immediate PersistentVolumeClaims", "pod has unbound immediate PersistentVolumeClaims. not found", StringComparison.Ordinal)
        .Replace("Unable to attach or mount volumes:", "Unable to attach or mount volumes: ", StringComparison.Ordinal)
        .Replace("\"reason\":\"ContainersNotReady\"", "\"reason\":\"ContainersNotReady\",\"observedGeneration\":1", StringComparison.Ordinal));

    /// <summary>CRI-O instead of containerd.</summary>
    public static Recording OnCrio(Recording recording) => Rewrite(recording, "on CRI-O", text => text
        .Replace("rpc error: code = NotFound desc = failed to pull and unpack image", "rpc error: code = Unknown desc = reading manifest 1.5.O in registry.lab.example/storefront/web: manifest unknown: pull of", StringComparison.Ordinal)
        .Replace("rpc error: code = Unknown desc = failed to pull and unpack image", "initializing source docker://registry.lab.example: Requesting bearer token: invalid status code from registry 401 (Unauthorized): pull of", StringComparison.Ordinal)
        .Replace("failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: exec:", "container create failed: time=\\\"2024-05-01T10:00:00Z\\\" level=error msg=\\\"runc create failed: unable to start container process: exec:", StringComparison.Ordinal)
        .Replace("containerd://", "cri-o://", StringComparison.Ordinal));

    /// <summary>Docker, as of dockershim.</summary>
    public static Recording OnDocker(Recording recording) => Rewrite(recording, "on Docker", text => Regex.Replace(Regex.Replace(text,
            "rpc error: code = NotFound desc = failed to pull and unpack image [^\"]*?not found", "rpc error: code = Unknown desc = Error response from daemon: manifest for registry.lab.example/storefront/web:1.5.O not found: manifest unknown: manifest unknown"),
            "rpc error: code = Unknown desc = failed to pull and unpack image [^\\n]*?401 Unauthorized", "rpc error: code = Unknown desc = Error response from daemon: Get https://registry.lab.example/v2/private/billing-api/manifests/3.1.0: unauthorized: authentication required")
        .Replace("failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process:", "failed to start container \\\"web\\\": Error response from daemon: OCI runtime create failed: container_linux.go:380: starting container process caused:", StringComparison.Ordinal)
        .Replace("containerd://", "docker://", StringComparison.Ordinal));

    /// <summary>Events as the newer group writes them.</summary>
    public static Recording WithNewEvents(Recording recording)
    {
        var objects = recording.Objects.Select(Copy).ToList();
        foreach (var e in objects.Where(item => Kind(item) == "Event"))
        {
            e["apiVersion"] = "events.k8s.io/v1";
            (e["regarding"], e["note"]) = (e["involvedObject"]?.DeepClone(), e["message"]?.DeepClone());
            (e["deprecatedCount"], e["deprecatedFirstTimestamp"], e["deprecatedLastTimestamp"]) = (e["count"]?.DeepClone(), e["firstTimestamp"]?.DeepClone(), e["lastTimestamp"]?.DeepClone());
            foreach (var field in (string[])["involvedObject", "message", "count", "firstTimestamp", "lastTimestamp", "source"])
            {
                e.Remove(field);
            }
        }

        return recording with { Name = $"{recording.Name} with new events", Objects = objects };
    }

    /// <summary>Log lines with a time before each, as <c>kubectl logs --timestamps</c> writes them.</summary>
    public static Recording WithTimes(Recording recording) => recording with
    {
        Name = $"{recording.Name} with times",
        Logs = [.. recording.Logs.Select(log => log with { Text = string.Join('\n', log.Text.TrimEnd('\n').Split('\n').Select(line => $"2026-11-23T13:44:12.292347896Z {line}")) + "\n" })],
    };

    /// <summary>Log lines with colours, as programs that think they have a terminal write them.</summary>
    public static Recording InColour(Recording recording) => recording with
    {
        Name = $"{recording.Name} in colour",
        Logs = [.. recording.Logs.Select(log => log with { Text = string.Join('\n', log.Text.Split('\n').Select(line => line.Length == 0 ? line : $"\u001b[31m{line}\u001b[0m")) })],
    };

    /// <summary>Both logs of a container one after the other and long; the fault does not stand in the last lines only.</summary>
    public static Recording Chatty(Recording recording) => recording with
    {
        Name = $"{recording.Name} chatty",
        Logs = [.. recording.Logs.Select(log => log with { Text = string.Concat(Enumerable.Range(0, 400).Select(number => $"2026-11-23T13:40:00Z DEBUG heartbeat {number} ok\n")) + log.Text })],
    };
}
