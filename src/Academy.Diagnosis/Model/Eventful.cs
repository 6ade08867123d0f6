using System.Text.Json.Nodes;

namespace Academy.Diagnosis.Model;

/// <summary>
/// The events of a snapshot. Most of a large cluster's are of the daily round (scheduled, pulled, started), which no rule asks for: of
/// these only the newest time counts, since it may tell when the snapshot was taken.
/// </summary>
internal sealed record Eventful(IReadOnlyList<KubeEvent> Telling, DateTimeOffset? Newest)
{
    /// <summary>Fewer are read faster by one thread.</summary>
    private const int Many = 2_000;

    private static readonly HashSet<string> Daily =
        ["Scheduled", "Pulling", "Pulled", "Created", "Started", "SuccessfulCreate", "SuccessfulDelete", "ScalingReplicaSet", "Completed", "SawCompletedJob", "NodeHasSufficientMemory", "NodeHasNoDiskPressure", "NodeHasSufficientPID", "RegisteredNode", "EnsuredLoadBalancer", "LeaderElection", "AddedInterface"];

    public static Eventful Of(ClusterSnapshot snapshot)
    {
        var all = snapshot.Objects.Where(json => json.Text("kind") == "Event").ToList();
        var daily = all.Where(IsDaily).ToHashSet<JsonObject>(ReferenceEqualityComparer.Instance);
        return new Eventful(Each([.. all.Where(json => !daily.Contains(json))], json => new KubeEvent(json)), daily.Count == 0 ? null : daily.Select(Text).Max(StringComparer.Ordinal) is { } newest ? Time(newest) : null);
    }

    /// <summary>In the order of the objects; different objects may be read by different threads.</summary>
    public static IReadOnlyList<T> Each<T>(IReadOnlyList<JsonObject> objects, Func<JsonObject, T> read)
    {
        var made = new T[objects.Count];
        if (objects.Count < Many)
        {
            for (var i = 0; i < made.Length; i++)
            {
                made[i] = read(objects[i]);
            }
        }
        else
        {
            Parallel.For(0, made.Length, i => made[i] = read(objects[i]));
        }

        return made;
    }

    private static bool IsDaily(JsonObject json) => json.Text("type") == "Normal" && json.Text("reason") is { } reason && Daily.Contains(reason);

    // Times of one API server are written alike, so that their order is that of their letters.
    private static string Text(JsonObject json) => json.Text("lastTimestamp") ?? json.Text("deprecatedLastTimestamp") ?? json.Text("eventTime") ?? json.Text("metadata", "creationTimestamp") ?? "";

    private static DateTimeOffset? Time(string text) => new JsonObject { ["time"] = text }.Time("time");
}
