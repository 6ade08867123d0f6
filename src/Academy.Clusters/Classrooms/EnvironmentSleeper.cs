using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Academy.Clusters.Classrooms;

/// <summary>
/// Scales an environment's workloads to nothing and up again. How many there were is remembered in an annotation, in the same request that
/// takes them away, so that a stop in between loses nothing.
/// </summary>
public static class EnvironmentSleeper
{
    public const string ReplicasAnnotation = "academy.dev/replicas";
    public const string SuspendAnnotation = "academy.dev/suspended";
    private const int MostReplicas = 100;

    private static readonly (string Path, string Kind)[] Scaled = [("apps/v1", "deployments"), ("apps/v1", "statefulsets")];

    /// <returns>What was scaled, as <c>Kind/name</c>.</returns>
    public static async Task<IReadOnlyList<string>> SleepAsync(IClassroomServer server, string ns, CancellationToken ct)
    {
        var asleep = new List<string>();
        foreach (var (path, item) in await WorkloadsAsync(server, ns, ct))
        {
            var replicas = item["spec"]?["replicas"] is JsonValue number && number.TryGetValue(out int n) ? n : 1;
            var patch = path.Contains("/cronjobs/", StringComparison.Ordinal)
                ? Runs(item) ? Patch(item, SuspendAnnotation, "true", "suspend", true) : null
                : replicas > 0 ? Patch(item, ReplicasAnnotation, replicas.ToString(CultureInfo.InvariantCulture), "replicas", 0) : null;
            if (patch is not null)
            {
                await SendAsync(server, path, patch, item, ct);
            }

            if (patch is not null || Remembered(item) is not null)
            {
                asleep.Add(Name(path, item));
            }
        }

        return asleep;
    }

    /// <inheritdoc cref="SleepAsync"/>
    public static async Task<IReadOnlyList<string>> WakeAsync(IClassroomServer server, string ns, CancellationToken ct)
    {
        var awake = new List<string>();
        foreach (var (path, item) in await WorkloadsAsync(server, ns, ct))
        {
            if (Remembered(item) is not { } text)
            {
                continue;
            }

            // A student may have written anything there.
            var replicas = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? Math.Clamp(n, 1, MostReplicas) : 1;
            var patch = path.Contains("/cronjobs/", StringComparison.Ordinal)
                ? Patch(item, SuspendAnnotation, null, "suspend", false)
                : Patch(item, ReplicasAnnotation, null, "replicas", replicas);
            await SendAsync(server, path, patch, item, ct);
            awake.Add(Name(path, item));
        }

        return awake;
    }

    private static async Task<IReadOnlyList<(string Path, JsonObject Item)>> WorkloadsAsync(IClassroomServer server, string ns, CancellationToken ct)
    {
        var all = new List<(string, JsonObject)>();
        foreach (var (api, kind) in Scaled)
        {
            all.AddRange(await ListAsync(server, $"apis/{api}/namespaces/{ns}/{kind}", ct));
        }

        // Before 1.21 they were of v1beta1 only.
        foreach (var version in new[] { "v1", "v1beta1" })
        {
            var path = $"apis/batch/{version}/namespaces/{ns}/cronjobs";
            if (await server.FindAsync(path, ct) is not null)
            {
                all.AddRange(await ListAsync(server, path, ct));
                break;
            }
        }

        return all;
    }

    private static async Task<IEnumerable<(string, JsonObject)>> ListAsync(IClassroomServer server, string path, CancellationToken ct) =>
        (await server.ListAsync(path, "", ct)).Select(item => ($"{path}/{item.Text("metadata", "name")}", item));

    private static bool Runs(JsonObject cronJob) => cronJob["spec"]?["suspend"]?.GetValueKind() != JsonValueKind.True;

    private static string? Remembered(JsonObject item) =>
        item.Text("metadata", "annotations", ReplicasAnnotation) ?? item.Text("metadata", "annotations", SuspendAnnotation);

    private static JsonObject Patch(JsonObject item, string annotation, string? remembered, string field, JsonNode value) => new()
    {
        ["metadata"] = new JsonObject
        {
            // Refused, and tried again, where somebody else was faster.
            ["resourceVersion"] = item.Text("metadata", "resourceVersion"),
            ["annotations"] = new JsonObject { [annotation] = remembered },
        },
        ["spec"] = new JsonObject { [field] = value },
    };

    private static async Task SendAsync(IClassroomServer server, string path, JsonObject patch, JsonObject item, CancellationToken ct) =>
        (await server.SendAsync(ClassroomCall.Merge(path, patch), ct)).OrThrow($"scaling {Name(path, item)}");

    private static string Name(string path, JsonObject item) =>
        $"{(path.Contains("/deployments/", StringComparison.Ordinal) ? "Deployment" : path.Contains("/statefulsets/", StringComparison.Ordinal) ? "StatefulSet" : "CronJob")}/{item.Text("metadata", "name")}";
}
