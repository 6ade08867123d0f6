using System.Text.Json.Nodes;

namespace Academy.Clusters.Normalising;

internal sealed record LogName(string Namespace, string Pod, string Container, bool Previous);

/// <summary>
/// Which logs are worth reading: of containers that have run, those of pods that are not well first. A healthy neighbour's log can
/// hold the proof (a database that rejects a password), so it is read too while there is room.
/// </summary>
internal static class LogChoice
{
    private static readonly string[] StatusLists = ["initContainerStatuses", "containerStatuses"];

    public static IReadOnlyList<LogName> Of(IEnumerable<JsonObject> objects, int max) =>
    [
        .. objects.Where(o => o.Kind() == "Pod" && o.Namespace() is not null)
            .Select(pod => (Pod: pod, Containers: Containers(pod).ToList()))
            .OrderBy(p => IsSuspect(p.Pod, p.Containers) ? 0 : 1)
            .ThenBy(p => p.Pod.Namespace(), StringComparer.Ordinal)
            .ThenBy(p => p.Pod.Name(), StringComparer.Ordinal)
            .SelectMany(p => p.Containers.SelectMany(c => Names(p.Pod, c)))
            .Take(max),
    ];

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
