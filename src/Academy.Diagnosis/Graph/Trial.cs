using System.Text.Json.Nodes;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Graph;

/// <summary>
/// Tries a fix on a copy of the snapshot. A patched template makes new pods: what the objects decide about them (nodes, references,
/// selectors) is computed on the copy; what a program, a registry or a kernel would then do no snapshot says.
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

            var (outcome, because) = left-- > 0
                ? Outcome(cluster, report, cause, patch, diagnose)
                : (Fix.Unknown, "It was not tried: the snapshot is large, or has many causes.");
            causes.Add(cause with { Fix = cause.Fix with { Predicted = outcome, Because = because } });
        }

        return report with { RootCauses = causes };
    }

    private static (string Outcome, string Because) Outcome(ClusterSnapshot cluster, DiagnosisReport before, RootCause cause, JsonObject patch, Func<ClusterSnapshot, DiagnosisReport> diagnose)
    {
        var target = cluster.Objects.Where(item => Is(item, cause)).Take(2).ToList();
        if (target.Count != 1)
        {
            return (Fix.Unknown, "The object to patch is not in the snapshot.");
        }

        var patched = MergePatch.Apply(target[0], patch);
        var template = patch.Has("spec", "template") || patch.Has("spec", "jobTemplate") || cause.Kind == "Pod";
        var objects = cluster.Objects.Select(item => ReferenceEquals(item, target[0]) ? patched : item);
        var after = diagnose(template
            ? NewPods.Of(cluster, cause, patched)
            : ClusterSnapshot.Create(objects, cluster.Logs, cluster.TakenAt, cluster.Unreadable));

        // Who suffered from the cause shows its old troubles on the copy too: they are not new.
        var known = before.RootCauses.Select(Key).ToHashSet();
        var suffered = cause.Explains.ToHashSet();
        var there = after.RootCauses.Where(found => Key(found) == Key(cause) || (!known.Contains(Key(found)) && !suffered.Contains(Ref(found)))).ToList();
        return (there.FirstOrDefault(found => Key(found) == Key(cause)), there.FirstOrDefault(found => Key(found) != Key(cause)), template) switch
        {
            (not null, _, true) => (Fix.Remains, "On a copy whose pods are made from the patched template the cause is still there."),
            (not null, _, false) => (Fix.Unknown, "On the patched copy the status still tells the old story; controllers would have to write it anew."),
            (null, { } other, _) => (Fix.Remains, $"On the patched copy the cause is gone, and {other.Kind} {other.Name} has another: {other.Reason}."),
            (_, _, false) => (Fix.Removes, "On a copy with the patch the cause is gone, and no other has come."),
            _ when cause.Foreseen is { } why => (Fix.Removes, why),
            _ => (Fix.Unknown, Untold(cause.Reason)),
        };
    }

    /// <summary>What no object tells about pods made anew.</summary>
    private static string Untold(string reason) => reason switch
    {
        Reasons.OomKilled => "How much memory the program needs is not in the snapshot.",
        Reasons.LivenessProbeTooEarly or Reasons.StartupProbeTooShort => "How long the program takes to start is not in the snapshot.",
        Reasons.LivenessProbeTimeout => "How long the program takes to answer is not in the snapshot.",
        Reasons.ImageNotFound or Reasons.ImagePullPolicyNever or Reasons.MissingImagePullSecret => "What the registry would answer is not in the snapshot.",
        _ => "What the program would do then is not in the snapshot.",
    };

    private static (string, string?, string, string) Key(RootCause cause) => (cause.Kind, cause.Namespace, cause.Name, cause.Reason);

    private static ObjectRef Ref(RootCause cause) => new(cause.Kind, cause.Namespace, cause.Name);

    private static bool Is(JsonObject item, RootCause cause) =>
        item.Text("kind") == cause.Kind && item.Text("metadata", "name") == cause.Name && item.Text("metadata", "namespace") == cause.Namespace;
}
