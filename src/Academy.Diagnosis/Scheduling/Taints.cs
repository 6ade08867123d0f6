using System.Text.Json.Nodes;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Scheduling;

internal sealed record Taint(string Key, string? Value, string Effect, int Index)
{
    /// <summary>Set by Kubernetes itself to tell the state of the node.</summary>
    public bool OfSystem => Key.StartsWith("node.kubernetes.io/", StringComparison.Ordinal) || Key.StartsWith("node.cloudprovider.kubernetes.io/", StringComparison.Ordinal);

    public override string ToString() => string.IsNullOrEmpty(Value) ? $"{Key}:{Effect}" : $"{Key}={Value}:{Effect}";
}

internal static class Taints
{
    /// <summary>Taints that keep a pod from being placed on the node.</summary>
    public static IReadOnlyList<Taint> Untolerated(KubeObject node, JsonNode? podSpec)
    {
        var tolerations = podSpec.Items("tolerations");
        var taints = node.Spec.Items("taints")
            .Select((taint, index) => new Taint(taint.Text("key") ?? "", taint.Text("value"), taint.Text("effect") ?? "", index))
            .ToList();
        if (node.Spec.Flag("unschedulable") && taints.All(taint => taint.Key != "node.kubernetes.io/unschedulable"))
        {
            taints.Add(new Taint("node.kubernetes.io/unschedulable", null, "NoSchedule", taints.Count));
        }

        return [.. taints.Where(taint => taint.Effect is "NoSchedule" or "NoExecute" && !tolerations.Any(toleration => Tolerates(toleration, taint)))];
    }

    private static bool Tolerates(JsonObject toleration, Taint taint) =>
        (toleration.Text("effect") is not { Length: > 0 } effect || effect == taint.Effect)
        && (toleration.Text("key") is not { Length: > 0 } key ? toleration.Text("operator") == "Exists" : key == taint.Key
            && (toleration.Text("operator") == "Exists" || (toleration.Text("value") ?? "") == (taint.Value ?? "")));
}
