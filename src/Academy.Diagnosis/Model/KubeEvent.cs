using System.Text.Json.Nodes;

namespace Academy.Diagnosis.Model;

/// <summary>An event of the core or the <c>events.k8s.io</c> group, whatever its version.</summary>
internal sealed class KubeEvent
{
    public KubeEvent(JsonObject json)
    {
        var involved = json.At("involvedObject") ?? json.At("regarding");
        About = new ObjectRef(
            involved.Text("kind") ?? "",
            involved.Text("namespace") is { Length: > 0 } ns ? ns : null,
            involved.Text("name") ?? "");
        FieldPath = involved.Text("fieldPath") ?? "";
        Reason = json.Text("reason") ?? "";
        Message = json.Text("message") ?? json.Text("note") ?? "";
        Warning = json.Text("type") == "Warning";
        Count = json.Number("series", "count") ?? json.Number("count") ?? json.Number("deprecatedCount") ?? 1;
        Last = json.Time("series", "lastObservedTime") ?? json.Time("lastTimestamp") ?? json.Time("deprecatedLastTimestamp")
            ?? json.Time("eventTime") ?? json.Time("metadata", "creationTimestamp");
    }

    public ObjectRef About { get; }

    /// <summary>Which container it is about, e.g. <c>spec.containers{web}</c>; empty where it does not say.</summary>
    public string FieldPath { get; }

    public string Reason { get; }

    public string Message { get; }

    public bool Warning { get; }

    public long Count { get; }

    public DateTimeOffset? Last { get; }

    public bool Says(string text) => Message.Contains(text, StringComparison.OrdinalIgnoreCase);
}
