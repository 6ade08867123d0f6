using System.Text.Json.Nodes;

namespace Academy.Diagnosis.Model;

/// <summary>A container of a pod: what was asked for and how it fares.</summary>
/// <param name="SpecPath">Where it stands in the pod, e.g. <c>spec.containers[0]</c>.</param>
internal sealed record Container(string Name, bool Init, JsonObject Spec, JsonObject? Status, string SpecPath, string StatusPath)
{
    /// <summary>An init container that keeps running beside the others.</summary>
    public bool Sidecar => Init && Spec.Text("restartPolicy") == "Always";

    public string Image => Spec.Text("image") ?? "";

    public string? WaitingReason => Status.Text("state", "waiting", "reason");

    public string WaitingMessage => Status.Text("state", "waiting", "message") ?? "";

    public bool Running => Status.Has("state", "running");

    public bool Ready => Status.Flag("ready");

    public long Restarts => Status.Number("restartCount") ?? 0;

    /// <summary>How it ended last: now, or before the last restart.</summary>
    public JsonNode? Terminated => Status.At("state", "terminated") ?? Status.At("lastState", "terminated");

    public string TerminatedPath => StatusPath + (Status.Has("state", "terminated") ? ".state.terminated" : ".lastState.terminated");

    public long? ExitCode => Terminated.Number("exitCode");

    public bool Failed => Terminated is not null && ExitCode is not (null or 0);

    public bool CrashLooping => WaitingReason is "CrashLoopBackOff";

    public IReadOnlyList<string> Command => [.. Spec.Texts("command"), .. Spec.Texts("args")];

    public IReadOnlyList<long> Ports => [.. Spec.Items("ports").Select(port => port.Number("containerPort")).OfType<long>()];
}
