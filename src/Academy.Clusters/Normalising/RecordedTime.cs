using System.Globalization;
using System.Text.Json.Nodes;

namespace Academy.Clusters.Normalising;

/// <summary>When a recording was made, where it does not say so itself: the latest moment that its objects tell of.</summary>
internal static class RecordedTime
{
    // Names of fields that hold a moment in the past; deletionTimestamp and the times of certificates may lie ahead.
    private static readonly HashSet<string> Past = new(StringComparer.Ordinal)
    {
        "creationTimestamp", "lastTransitionTime", "lastHeartbeatTime", "lastProbeTime", "lastUpdateTime", "firstTimestamp", "lastTimestamp",
        "lastObservedTime", "eventTime", "startTime", "startedAt", "finishedAt", "completionTime", "lastScheduleTime", "lastSuccessfulTime",
        "lastScaleTime", "renewTime",
    };

    public static DateTimeOffset Of(IEnumerable<JsonObject> objects) =>
        objects.SelectMany(Moments).DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max();

    private static IEnumerable<DateTimeOffset> Moments(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(p => Past.Contains(p.Key) && Moment(p.Value) is { } moment ? [moment] : Moments(p.Value)),
        JsonArray list => list.SelectMany(Moments),
        _ => [],
    };

    private static DateTimeOffset? Moment(JsonNode? node) =>
        node.Text() is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var moment)
            ? moment.ToUniversalTime()
            : null;
}
