namespace Academy.Diagnosis.Model;

/// <summary>Which moment a snapshot shows. A snapshot may be diagnosed long after it was taken, so the newest time inside it is the guide.</summary>
internal static class Clock
{
    private static readonly TimeSpan Trusted = TimeSpan.FromHours(12);

    /// <summary>The time it was taken where that fits what stands inside, otherwise the newest time inside.</summary>
    /// <param name="daily">The newest time of events that are not among <paramref name="events"/>.</param>
    public static DateTimeOffset Now(DateTimeOffset takenAt, IReadOnlyList<KubeObject> objects, IReadOnlyList<KubeEvent> events, DateTimeOffset? daily)
    {
        var newest = events.Select(e => e.Last).Concat(objects.Select(item => item.Created)).Concat(objects.SelectMany(Conditions)).Append(daily).Max();
        return newest is { } time && (takenAt < time || takenAt - time > Trusted) ? time : takenAt;
    }

    private static IEnumerable<DateTimeOffset?> Conditions(KubeObject item) =>
        item.Status.Items("conditions").SelectMany(condition =>
            (DateTimeOffset?[])[condition.Time("lastHeartbeatTime"), condition.Time("lastUpdateTime"), condition.Time("lastTransitionTime")]);
}
