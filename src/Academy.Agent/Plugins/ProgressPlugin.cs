using System.ComponentModel;
using Academy.Agent.Prompts;
using Academy.Agent.Tools;
using Academy.Features.Progressing;
using Microsoft.SemanticKernel;

namespace Academy.Agent.Plugins;

internal sealed class ProgressPlugin(Answer answer)
{
    [KernelFunction("get_progress"), Description("What the student has completed in all courses and labs. Call when the student asks how far they are.")]
    public async Task<Looked> GetProgress(CancellationToken ct = default) =>
        Looked.Of(await answer.Send(new GetProgress(), ct), p => answer.Say(Phrase.CountFound, ("count", (p.Courses.Count + p.Labs.Count).ToString())), isOurs: true);
}
