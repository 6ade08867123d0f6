using System.ComponentModel;
using Academy.Agent.Prompts;
using Academy.Agent.Tools;
using Academy.Features.Mentoring;
using Microsoft.SemanticKernel;

namespace Academy.Agent.Plugins;

internal sealed class MentorPlugin(Answer answer)
{
    [KernelFunction("request_mentor"), Description("Asks a human mentor to take the student on. Only when the student asks for a person.")]
    public async Task<Looked> RequestMentor([Description("What it is about, in the student's words")] string topic, CancellationToken ct = default) =>
        Looked.Of(await answer.Send(new RequestMentorship(topic), ct), _ => answer.Say(Phrase.MentorAsked), isOurs: true);
}
