using System.Text.Json.Nodes;

namespace Academy.Diagnosis.Model;

/// <summary>A pod with its containers paired to their status.</summary>
internal sealed class Pod
{
    public Pod(KubeObject source)
    {
        Object = source;
        Containers = [.. Pair(source, "initContainers", "initContainerStatuses", init: true), .. Pair(source, "containers", "containerStatuses", init: false)];
    }

    public KubeObject Object { get; }

    public string Name => Object.Name;

    public string Namespace => Object.Namespace ?? "default";

    public ObjectRef Ref => Object.Ref;

    public JsonNode? Spec => Object.Spec;

    public IReadOnlyList<Container> Containers { get; }

    public string? Phase => Object.Status.Text("phase");

    public string? NodeName => Spec.Text("nodeName") is { Length: > 0 } node ? node : null;

    public bool Ready => Object.Condition("Ready").Text("status") == "True";

    public bool Finished => Phase is "Succeeded" or "Failed";

    public bool Scheduled => NodeName is not null;

    public string ServiceAccount => Spec.Text("serviceAccountName") ?? Spec.Text("serviceAccount") ?? "default";

    /// <summary>Whether it is being deleted and still within the time it was given.</summary>
    public bool Terminating => Object.Deleting is not null;

    /// <summary>Set when the cluster is indexed: the object a person would edit.</summary>
    public Workload Workload { get; internal set; } = null!;

    private static IEnumerable<Container> Pair(KubeObject source, string specs, string statuses, bool init)
    {
        var found = source.Status.Items(statuses);
        var index = 0;
        foreach (var spec in source.Spec.Items(specs))
        {
            var name = spec.Text("name") ?? "";
            var at = Math.Max(0, found.ToList().FindIndex(status => status.Text("name") == name));
            yield return new Container(
                name, init, spec, found.FirstOrDefault(status => status.Text("name") == name), $"spec.{specs}[{index++}]", $"status.{statuses}[{at}]");
        }
    }
}
