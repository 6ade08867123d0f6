using System.Text.Json.Nodes;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Graph;

/// <summary>
/// Tries a fix on a copy of the snapshot. It can tell only where the fault is read from what is patched: pods that already stand would be
/// made anew by a changed template, and what they would then do no snapshot says.
/// </summary>
internal static class Trial
{
    /// <summary>Objects that all trials of one report may read together.</summary>
    private const int Budget = 20_000;

    private const int MostTrials = 8;

    /// <param name="diagnose">Diagnoses a snapshot without trying fixes.</param>
    public static DiagnosisReport Predict(ClusterSnapshot cluster, DiagnosisReport report, Func<ClusterSnapshot, DiagnosisReport> diagnose)
    {
        var left = Math.Min(MostTrials, Budget / Math.Max(1, cluster.Objects.Count));
        var causes = new List<RootCause>();
        foreach (var cause in report.RootCauses)
        {
            if (cause.Fix.Patch is not { } patch)
            {
                causes.Add(cause);
                continue;
            }

            var removes = !IsOfTemplate(cause, patch) && left-- > 0 && Removes(cluster, report, cause, patch, diagnose);
            causes.Add(cause with { Fix = cause.Fix with { Predicted = removes ? Fix.Removes : Fix.Unknown } });
        }

        return report with { RootCauses = causes };
    }

    // A fix that only trades one fault for another is no fix.
    private static bool Removes(ClusterSnapshot cluster, DiagnosisReport before, RootCause cause, JsonObject patch, Func<ClusterSnapshot, DiagnosisReport> diagnose)
    {
        var target = cluster.Objects.Where(item => Is(item, cause)).Take(2).ToList();
        if (target.Count != 1)
        {
            return false;
        }

        var patched = MergePatch.Apply(target[0], patch);
        var after = diagnose(ClusterSnapshot.Create(cluster.Objects.Select(item => ReferenceEquals(item, target[0]) ? patched : item), cluster.Logs, cluster.TakenAt, cluster.Unreadable));
        var known = before.RootCauses.Select(Key).ToHashSet();
        return after.RootCauses.All(found => Key(found) != Key(cause) && known.Contains(Key(found)));
    }

    private static bool IsOfTemplate(RootCause cause, JsonObject patch) =>
        cause.Kind == "Pod" || patch.Has("spec", "template") || patch.Has("spec", "jobTemplate");

    private static (string, string?, string, string) Key(RootCause cause) => (cause.Kind, cause.Namespace, cause.Name, cause.Reason);

    private static bool Is(JsonObject item, RootCause cause) =>
        item.Text("kind") == cause.Kind && item.Text("metadata", "name") == cause.Name && item.Text("metadata", "namespace") == cause.Namespace;
}
