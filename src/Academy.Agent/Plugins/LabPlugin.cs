using System.ComponentModel;
using Academy.Agent.Prompts;
using Academy.Agent.Tools;
using Academy.Features.Attempting;
using Academy.Features.Learning;
using Microsoft.SemanticKernel;

namespace Academy.Agent.Plugins;

/// <summary>The lab attempt of the conversation.</summary>
internal sealed class LabPlugin(Answer answer, Guid attempt)
{
    [KernelFunction("get_lab"), Description("The lab of this attempt: its text, steps and checks. Call when the student asks what a step wants.")]
    public async Task<Looked> GetLab(CancellationToken ct = default)
    {
        var mine = await answer.Send(new GetAttempt(attempt), ct);
        if (mine.Value is not { } view)
        {
            return Looked.Not(mine.Refusal!);
        }

        // As the attempt is held to it; where that cannot be had any more, checks fall back to the lab in use too.
        var held = await answer.Send(new GetLab(view.LabId, view.Content), ct);
        return Looked.Of(held.Value is null && view.Content is not null ? await answer.Send(new GetLab(view.LabId), ct) : held, lab => answer.Say(Phrase.Read, ("what", lab.Title)), isOurs: true);
    }

    [KernelFunction("get_attempt"), Description("How far the attempt is: completed steps, what the checks last saw, hints taken. Call to learn which step the student is on.")]
    public async Task<Looked> GetAttempt(CancellationToken ct = default) => Looked.Of(await answer.Send(new GetAttempt(attempt), ct), Points);

    [KernelFunction("check_work"), Description("Checks the student's work on the cluster and records the result. Only when the student asks for a check.")]
    public async Task<Looked> CheckWork(CancellationToken ct = default) => Looked.Of(await answer.Send(new CheckWork(attempt), ct), Points);

    [KernelFunction("take_hint"), Description("Gives the next hint for a step and records that it was taken. Only when the student asks for a hint; one at a time.")]
    public async Task<Looked> TakeHint([Description("Id of the step")] string step, CancellationToken ct = default) =>
        Looked.Of(await answer.Send(new TakeHint(attempt, step), ct), hint => answer.Say(Phrase.Rung, ("rung", hint.Rung.ToString())), isOurs: true);

    [KernelFunction("list_hints"), Description("The hints that the student took so far, to read again. Call before explaining something that a hint has said.")]
    public async Task<Looked> ListHints(CancellationToken ct = default) =>
        Looked.Of(await answer.Send(new ListHints(attempt), ct), hints => answer.Say(Phrase.CountFound, ("count", hints.Count.ToString())), isOurs: true);

    private string Points(AttemptView view) => answer.Say(Phrase.Points, ("points", view.Points.ToString()), ("max", view.MaxPoints.ToString()));
}
