using Academy.Agent.Prompts;
using Academy.Agent.Tools;
using Academy.Agent.Understanding;
using Academy.Diagnosis;
using Academy.Domain;
using Academy.Features.Attempting;
using Academy.Features.Learning;
using Microsoft.SemanticKernel;

namespace Academy.Agent.Tutoring;

/// <summary>One question in the hands of the tutor. It uses tools the way a model does: by name, through the kernel and its filters.</summary>
/// <param name="Earlier">The student's earlier questions, oldest first.</param>
internal sealed record TutorTurn(Kernel Kernel, Answer Answer, Understood Asked, string Text, IReadOnlyList<string> Earlier, CancellationToken Ct)
{
    public bool HasCluster => Answer.Question.ClusterId is not null;

    public bool InLab => Answer.Question.AttemptId is not null;

    public string Where => Answer.Question.Namespace is { } ns ? Shown.Code(ns) : Answer.Say(Phrase.WholeCluster);

    public string Say(Phrase phrase, params (string Name, string? Value)[] values) => Answer.Say(phrase, values) + "\n\n";

    public async Task<(T? Value, Refusal? Refusal)> Use<T>(string tool, params (string Name, string? Value)[] arguments)
        where T : class
    {
        var given = new KernelArguments(arguments.Where(a => a.Value is not null).ToDictionary(a => a.Name, a => (object?)a.Value));
        var dot = tool.IndexOf('.', StringComparison.Ordinal);
        await new FunctionCallContent(tool[(dot + 1)..], tool[..dot], $"tutor-{Answer.Calls}", given).InvokeAsync(Kernel, Ct);
        var noted = Answer.Find(Answer.KeyOf(tool, given)) ?? throw new InvalidOperationException($"{tool} was not noted.");
        return (noted.Value as T, noted.Refusal);
    }

    public Task<(DiagnosisReport? Value, Refusal? Refusal)> Diagnose() => Use<DiagnosisReport>(ToolNames.Diagnose);

    /// <summary>The attempt with its lab; null outside a lab, or where they cannot be read.</summary>
    public async Task<InLab?> Lab() =>
        InLab && (await Use<AttemptView>(ToolNames.GetAttempt)).Value is { } attempt && (await Use<LabView>(ToolNames.GetLab)).Value is { } lab
            ? new InLab(attempt, lab)
            : null;
}

/// <summary>Where a student is in a lab.</summary>
internal sealed record InLab(AttemptView Attempt, LabView Lab)
{
    public bool IsDone(LabStepView step) => Attempt.Steps.Any(s => s.StepId == step.Id && s.CompletedAt is not null);

    public int NumberOf(LabStepView step) => Lab.Steps.TakeWhile(s => s.Id != step.Id).Count() + 1;

    /// <summary>The first open step whose needs are done; null where all are done.</summary>
    public LabStepView? Current => Lab.Steps.FirstOrDefault(s => !IsDone(s) && s.Needs.All(n => Lab.Steps.Any(o => o.Id == n && IsDone(o)))) ?? Lab.Steps.FirstOrDefault(s => !IsDone(s));

    /// <summary>The step that the question names, by number or by words of its title.</summary>
    public LabStepView? Named(Understood asked)
    {
        if (asked.Number is { } number && number <= Lab.Steps.Count && asked.Words.Any(w => w.Likeness("step") > 0))
        {
            return Lab.Steps[number - 1];
        }

        var said = asked.Words.Select(w => w.Text).ToHashSet(StringComparer.Ordinal);
        return Lab.Steps.FirstOrDefault(s => said.Contains(s.Id.ToLowerInvariant()) && asked.Words.Any(w => w.Likeness("step") > 0));
    }
}
