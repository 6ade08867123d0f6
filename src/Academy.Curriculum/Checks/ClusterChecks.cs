using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Academy.Diagnosis;

namespace Academy.Curriculum.Checks;

/// <summary>Carries out checks about one cluster.</summary>
internal sealed class ClusterChecks(ClusterSubject cluster, CancellationToken ct)
{
    private static readonly ObjectSelector Pods = new(["Pod"], null, null, new Dictionary<string, string>());
    private static readonly ObjectSelector Events = new(["Event"], null, null, new Dictionary<string, string>());

    private readonly SnapshotIndex _index = SnapshotIndex.OfCluster(cluster);

    // One diagnosis serves all the checks that ask for it.
    private readonly Lazy<DiagnosisReport> _diagnosis = new(() => Diagnoser.Diagnose(cluster.Snapshot, cluster.Namespace, ct));

    public CheckResult Run(LabCheck check) => check switch
    {
        AssertCheck assert => ObjectChecks.Assert(assert, assert.Objects, _index),
        AbsentCheck absent => ObjectChecks.Absent(absent, absent.Selector, absent.Demand, _index),
        LogCheck log => Log(log),
        NoFindingsCheck healthy => NoFindings(healthy),
        EventCheck recorded => Event(recorded),
        _ => throw new InvalidOperationException($"no rule for {check.GetType().Name}"),
    };

    private CheckResult Log(LogCheck check)
    {
        var pods = _index.Select(check.Pods).Select(SnapshotIndex.NameOf).ToHashSet(StringComparer.Ordinal);
        if (pods.Count == 0)
        {
            return NothingFound(check, check.Pods);
        }

        var logs = cluster.Snapshot.Logs
            .Where(l => l.Namespace == _index.Namespace && pods.Contains(l.Pod) && !l.Previous && (check.Container is null || l.Container == check.Container)).ToList();
        if (logs.Count == 0)
        {
            return cluster.Snapshot.Unreadable.Contains("PodLog")
                ? Verdict.NotCarriedOut(check, "logs could not be read in this cluster")
                : Verdict.Failed(check, $"no log was collected of {Wording.Names(pods)}");
        }

        var hit = logs.Select(l => (Log: l, Line: Lines.First(l.Text, check.Line.Pattern))).FirstOrDefault(h => h.Line is not null);
        return (hit.Line, check.Line.MustNotOccur) switch
        {
            ({ } line, false) => Verdict.Passed(check, $"{hit.Log.Pod} wrote \"{Wording.Clean(line)}\""),
            ({ } line, true) => Verdict.Failed(check, $"{hit.Log.Pod}, container {hit.Log.Container}, wrote \"{Wording.Clean(line)}\""),
            (null, true) => Verdict.Passed(check, $"no such line in the logs of {Wording.Names(logs.Select(l => l.Pod).Distinct())}"),
            _ => Verdict.Failed(check, $"no such line in the logs of {Wording.Names(logs.Select(l => l.Pod).Distinct())}"),
        };
    }

    // Says what is broken, not why: finding that out is the student's part, and the hints' after it.
    private CheckResult NoFindings(NoFindingsCheck check)
    {
        if (_index.OfKinds(Pods).Count == 0)
        {
            return NothingFound(check, Pods);
        }

        var found = _diagnosis.Value.RootCauses.Where(c => check.Reasons.Count == 0 || check.Reasons.Contains(c.Reason)).ToList();
        return found.Count == 0
            ? Verdict.Passed(check, $"nothing is broken in namespace {_index.Namespace}")
            : Verdict.Failed(check, $"something is wrong with {Wording.Names(found.Select(c => $"{c.Kind} {c.Name}").Distinct())}");
    }

    // Both forms of the API are read: core/v1 and events.k8s.io.
    private CheckResult Event(EventCheck check)
    {
        var about = $"{check.Kind} {check.Name}";
        if (_index.Unreadable("Event") is { } unreadable)
        {
            return Verdict.NotCarriedOut(check, unreadable);
        }

        var ofObject = _index.OfKinds(Events).Where(e => IsAbout(e, check)).ToList();
        var found = ofObject.FirstOrDefault(e => JsonBridge.Text(e, "reason") == check.Reason && (check.Message is null || Lines.First(MessageOf(e), check.Message) is not null));
        return (found, check.MustNotOccur) switch
        {
            ({ }, true) => Verdict.Failed(check, $"{Described(found)} was recorded of {about}"),
            ({ }, false) => Verdict.Passed(check, $"{Described(found)} was recorded of {about}"),
            (null, true) => Verdict.Passed(check, $"no event {check.Reason} was recorded of {about}"),
            _ => Verdict.Failed(check, $"no such event {check.Reason} of {about} in namespace {_index.Namespace}; " + Others(ofObject)),
        };
    }

    private static string Others(List<JsonObject> events) => events.Count == 0
        ? "none was recorded of it"
        : $"recorded were: {Wording.Names(events.Select(e => JsonBridge.Text(e, "reason") ?? "one without a reason").Distinct())}";

    private static string Described(JsonObject recorded) => $"{Wording.Clean(JsonBridge.Text(recorded, "reason") ?? "")} \"{Wording.Clean(MessageOf(recorded))}\"";

    private static string MessageOf(JsonObject recorded) => JsonBridge.Text(recorded, "message") ?? JsonBridge.Text(recorded, "note") ?? "";

    private static bool IsAbout(JsonObject recorded, EventCheck check)
    {
        var target = recorded["involvedObject"] is JsonObject ? "involvedObject" : "regarding";
        var name = JsonBridge.Text(recorded, target, "name") ?? "";
        return JsonBridge.Text(recorded, target, "kind") == check.Kind
            && (check.Name.EndsWith('*') ? name.StartsWith(check.Name[..^1], StringComparison.Ordinal) : name == check.Name);
    }

    private CheckResult NothingFound(LabCheck check, ObjectSelector selector) =>
        _index.Unreadable(selector.Kinds) is { } unreadable ? Verdict.NotCarriedOut(check, unreadable) : Verdict.Failed(check, _index.NothingFound(selector));
}

internal static class Lines
{
    /// <summary>The first line in which a pattern is found; null where there is none.</summary>
    public static string? First(string text, Regex pattern)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            if (pattern.IsMatch(line))
            {
                return line.ToString();
            }
        }

        return null;
    }
}
