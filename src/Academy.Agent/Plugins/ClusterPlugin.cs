using System.ComponentModel;
using Academy.Agent.Prompts;
using Academy.Agent.Tools;
using Academy.Agent.Understanding;
using Academy.Features.Connecting;
using Microsoft.SemanticKernel;

namespace Academy.Agent.Plugins;

/// <summary>Read-only looks at single things in the cluster of the conversation.</summary>
internal sealed class ClusterPlugin(Answer answer, Guid cluster)
{
    [KernelFunction("list_objects"), Description("Lists what exists in the student's namespace. Call to learn the names of objects before you ask for one.")]
    public async Task<Looked> ListObjects(
        [Description("Kind, e.g. Pod; leave out for all kinds")] string? kind = null,
        [Description("Namespace; leave out for that of the conversation")] string? ns = null,
        CancellationToken ct = default) =>
        Looked.Of(
            await answer.Send(new ListObjects(cluster, Own(ns), KindOf(kind)), ct),
            found => answer.Say(Phrase.CountObjects, ("count", found.Count.ToString())));

    [KernelFunction("get_object"), Description("Reads one object as it stands in the cluster. Call when a diagnosis leaves open how an object is set.")]
    public async Task<Looked> GetObject(
        [Description("Kind, e.g. Deployment")] string kind,
        [Description("Name of the object")] string name,
        [Description("Namespace; leave out for that of the conversation")] string? ns = null,
        CancellationToken ct = default) =>
        Looked.Of(
            await answer.Send(new GetObject(cluster, KindOf(kind)!, name, Own(ns)), ct),
            _ => answer.Say(Phrase.Read, ("what", $"{KindOf(kind)} {name}")));

    [KernelFunction("get_log"), Description("Reads the end of the log of a pod. Call when a container crashes or answers wrongly; with previous=true after a restart.")]
    public async Task<Looked> GetLog(
        [Description("Name of the pod")] string pod,
        [Description("Container; leave out for the first")] string? container = null,
        [Description("Whether to read the instance before the last restart")] bool previous = false,
        [Description("Lines from the end, 1 to 200")] int lines = 50,
        [Description("Namespace; leave out for that of the conversation")] string? ns = null,
        CancellationToken ct = default) =>
        Looked.Of(
            await answer.Send(new GetLog(cluster, Own(ns) ?? "default", pod, Given(container), previous, Math.Clamp(lines, 1, 200)), ct),
            log => answer.Say(Phrase.CountLines, ("count", (log.Text.Length == 0 ? 0 : log.Text.Split('\n').Length).ToString())));

    private string? Own(string? ns) => Given(ns) ?? answer.Question.Namespace;

    private static string? Given(string? value) => string.IsNullOrWhiteSpace(value) ? null : value;

    private static string? KindOf(string? kind) => Given(kind) is { } given ? Kinds.FindShort(given) ?? given : null;
}
