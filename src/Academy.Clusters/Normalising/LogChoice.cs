using System.Text.Json.Nodes;

namespace Academy.Clusters.Normalising;

internal sealed record LogName(string Namespace, string Pod, string Container, bool Previous);

/// <summary>
/// Which logs are worth reading: of containers that have run, those of pods that are not well, of each owner's a few, since replicas tell
/// the same. A healthy neighbour's log can hold the proof (where it listens, that it rejects a password), so a few of them are read too: one
/// of each owner, first where something is not well, then where no probe vouches for the pod.
/// </summary>
internal static class LogChoice
{
    private const int OfOneOwner = 3;
    private static readonly string[] StatusLists = ["initContainerStatuses", "containerStatuses"];

    public static IReadOnlyList<LogName> Of(IEnumerable<JsonObject> objects, ClustersOptions options)
    {
        var pods = objects.Where(o => o.Kind() == "Pod" && o.Namespace() is not null)
            .Select(pod => (Pod: pod, Containers: Containers(pod).ToList()))
            .OrderBy(p => p.Pod.Namespace(), StringComparer.Ordinal)
            .ThenBy(p => p.Pod.Name(), StringComparer.Ordinal)
            .ToLookup(p => IsSuspect(p.Pod, p.Containers));
        var troubled = pods[true].Select(p => p.Pod.Namespace()).ToHashSet();
        var suspects = pods[true].GroupBy(p => Owner(p.Pod)).SelectMany(group => group.Take(OfOneOwner)).SelectMany(p => p.Containers.SelectMany(c => Names(p.Pod, c)));
        var neighbours = pods[false].GroupBy(p => Owner(p.Pod)).Select(group => group.First())
            .OrderBy(p => troubled.Contains(p.Pod.Namespace()) ? 0 : 1)
            .ThenBy(p => IsProbed(p.Pod) ? 1 : 0)
            .SelectMany(p => p.Containers.SelectMany(c => Names(p.Pod, c)));
        return [.. suspects.Concat(neighbours.Take(options.MaxNeighbourLogs)).Take(options.MaxLogs)];
    }

    private static (string?, string) Owner(JsonObject pod)
    {
        var owners = (pod["metadata"] as JsonObject)?["ownerReferences"] as JsonArray ?? [];
        return (pod.Namespace(), owners.OfType<JsonObject>().Select(owner => owner.Text("name")).FirstOrDefault() ?? "/" + pod.Name());
    }

    private static bool IsProbed(JsonObject pod) =>
        ((pod["spec"] as JsonObject)?["containers"] as JsonArray ?? []).OfType<JsonObject>().Any(container => container["readinessProbe"] is JsonObject);

    private static IEnumerable<JsonObject> Containers(JsonObject pod) =>
        from list in StatusLists
        from status in (pod["status"] as JsonObject)?[list] as JsonArray ?? []
        let container = status as JsonObject
        where container?.Text("name") is not null
        select container;

    private static IEnumerable<LogName> Names(JsonObject pod, JsonObject container)
    {
        var name = new LogName(pod.Namespace()!, pod.Name(), container.Text("name")!, false);
        var restarted = Restarts(container) > 0 || Has(container, "lastState", "terminated");
        if (restarted || Has(container, "state", "running") || Has(container, "state", "terminated"))
        {
            yield return name;
        }

        if (restarted)
        {
            yield return name with { Previous = true };
        }
    }

    private static bool IsSuspect(JsonObject pod, List<JsonObject> containers) =>
        pod.Text("status", "phase") is not ("Running" or "Succeeded")
        || containers.Any(c => Restarts(c) > 0 || Has(c, "state", "waiting"))
        || ((pod["status"] as JsonObject)?["conditions"] as JsonArray ?? []).Any(c =>
            c.Text("type") == "Ready" && c.Text("status") == "False" && c.Text("reason") != "PodCompleted");

    private static bool Has(JsonObject container, string state, string which) =>
        container[state] is JsonObject map && map[which] is JsonObject;

    private static int Restarts(JsonObject container) =>
        container["restartCount"] is JsonValue value && value.TryGetValue<int>(out var count) ? count : 0;
}
