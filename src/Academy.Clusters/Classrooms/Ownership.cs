using System.Text.Json.Nodes;

namespace Academy.Clusters.Classrooms;

/// <summary>Whether an object was made by this Academy. What lacks any of the labels is somebody else's.</summary>
internal static class Ownership
{
    public static bool IsOf(JsonObject found, EnvironmentOwner owner) =>
        owner.Labels.All(l => found.Text("metadata", "labels", l.Key) == l.Value) && Environment(found) is not null;

    public static bool IsOf(JsonObject found, EnvironmentOwner owner, Guid environment) => IsOf(found, owner) && Environment(found) == environment;

    public static Guid? Environment(JsonObject found) =>
        Guid.TryParse(found.Text("metadata", "labels", EnvironmentOwner.EnvironmentLabel), out var id) ? id : null;
}
