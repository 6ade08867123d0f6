using System.ComponentModel;
using Academy.Agent.Prompts;
using Academy.Agent.Tools;
using Academy.Diagnosis;
using Academy.Features.Connecting;
using Microsoft.SemanticKernel;

namespace Academy.Agent.Plugins;

internal sealed class DiagnosisPlugin(Answer answer, Guid cluster)
{
    [KernelFunction("diagnose"), Description("Finds the root causes of what is broken, with evidence. Read-only. Call before guessing, and before saying that all is well.")]
    public async Task<Looked> Diagnose(
        [Description("Namespace; leave out for that of the conversation")] string? ns = null,
        CancellationToken ct = default) =>
        Looked.Of(await answer.Send(new DiagnoseCluster(cluster, string.IsNullOrWhiteSpace(ns) ? answer.Question.Namespace : ns).Telling(answer.Found), ct), Summary);

    private string Summary(DiagnosisReport report) => report.RootCauses switch
    {
        [] => answer.Say(Phrase.NoCauses),
        [var only] => answer.Say(Phrase.OneCause, ("object", $"{only.Kind} {only.Name}")),
        var several => answer.Say(Phrase.CountCauses, ("count", several.Count.ToString())),
    };
}
