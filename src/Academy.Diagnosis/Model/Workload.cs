using System.Text.Json.Nodes;

namespace Academy.Diagnosis.Model;

/// <summary>The object that stands behind pods and that a person would edit: a Deployment, a CronJob, a training job, a bare Pod.</summary>
/// <param name="Object">Null where pods name an owner that was not read.</param>
internal sealed record Workload(ObjectRef Ref, KubeObject? Object)
{
    private readonly List<Pod> pods = [];
    private IReadOnlyDictionary<string, string>? podLabels;

    public IReadOnlyList<Pod> Pods => pods;

    public string Namespace => Ref.Namespace ?? "default";

    /// <summary>Where the pod template stands, as steps from the root of the object.</summary>
    public string[] TemplatePath => Ref.Kind switch
    {
        "Pod" => [],
        "CronJob" => ["spec", "jobTemplate", "spec", "template"],
        _ => ["spec", "template"],
    };

    public JsonNode? Template => Object?.Json.At(TemplatePath);

    public JsonNode? PodSpec => Template.At("spec") ?? Pods.Head()?.Spec;

    public IReadOnlyDictionary<string, string> PodLabels => podLabels ??=
        Template.At("metadata", "labels") is JsonObject ? Template.Map("metadata", "labels") : Pods.Head()?.Object.Labels ?? Template.Map("none");

    /// <summary>How many pods it should have; null where the kind does not say so in one number.</summary>
    public long? Replicas => Ref.Kind is "Deployment" or "StatefulSet" or "ReplicaSet" or "ReplicationController"
        ? Object is null ? null : Object.Spec.Number("replicas") ?? 1
        : null;

    internal void Add(Pod pod) => pods.Add(pod);
}
