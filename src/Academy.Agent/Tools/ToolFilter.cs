using System.Diagnostics;
using Academy.Agent.Guarding;
using Academy.Agent.Prompts;
using Academy.Diagnosis;
using Academy.Domain;
using Academy.Features.Attempting;
using Academy.Features.Conversing;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;

namespace Academy.Agent.Tools;

/// <summary>
/// Around every tool call, whether the tutor or a model makes it: shows it to the student, refuses what leaves the conversation or was
/// not asked for, bounds calls and results, takes secrets out, and fences what remains.
/// </summary>
internal sealed class ToolFilter(Answer answer, ILogger logger) : IFunctionInvocationFilter
{
    public async Task OnFunctionInvocationAsync(FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
    {
        var tool = ToolNames.Of(context.Function.PluginName, context.Function.Name);
        var key = Answer.KeyOf(tool, context.Arguments);
        var noted = answer.Find(key);
        if (noted is null)
        {
            noted = ++answer.Calls > answer.Limits.MaxToolCalls ? Refuse(tool, answer.Say(Phrase.ToolTooMany)) : await Call(tool, context, next);
            answer.Keep(key, noted);
        }

        context.Result = new FunctionResult(context.Function, noted.Text);
    }

    private async Task<Noted> Call(string tool, FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next)
    {
        using var activity = AgentTelemetry.Source.StartActivity($"tool {tool}");
        var id = $"call-{answer.Calls}";
        answer.Show(new ToolStarted(id, tool, answer.Say(Phrase.Label(tool))));
        var looked = Forbidden(tool, context.Arguments) is { } why ? Looked.Not(Refusal(why)) : await Run(tool, context, next, activity);
        var noted = Note(tool, looked);
        activity?.SetTag("academy.outcome", looked.Refusal?.Code ?? "done");
        answer.Show(new ToolFinished(id, tool, looked.Refusal is null, SecretText.Redact(looked.Summary)));
        Show(noted.Value);
        return noted;
    }

    private async Task<Looked> Run(string tool, FunctionInvocationContext context, Func<FunctionInvocationContext, Task> next, Activity? activity)
    {
        try
        {
            await next(context);
            return context.Result.GetValue<Looked>() ?? throw new InvalidOperationException($"{tool} brought nothing back.");
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException || !context.CancellationToken.IsCancellationRequested)
        {
            activity?.SetStatus(ActivityStatusCode.Error, trouble.GetType().Name);
            logger.LogWarning(trouble, "The assistant's tool {Tool} failed", tool);
            return Looked.Not(Refusal(answer.Say(Phrase.ToolBroke)));
        }
    }

    private Noted Note(string tool, Looked looked)
    {
        if (looked.Refusal is { } refusal)
        {
            return Refuse(tool, refusal.Message, refusal);
        }

        if (looked.IsOurs)
        {
            var text = Redactor.Json(looked.Value, looked.Declared);
            answer.Names.Learn(text);
            return new Noted(tool, looked.Value, null, Bounded(text));
        }

        var (value, json) = Redactor.Clean(looked.Value, looked.Declared);
        if (value is DiagnosisReport report && answer.Question.AttemptId is not null)
        {
            value = Coaching.WithoutFixes(report, answer.Say(Phrase.Withheld));
            json = Redactor.Json(value, looked.Declared);
        }

        answer.Names.Learn(json);
        return new Noted(tool, value, null, answer.Fence.Around(Bounded(json)));
    }

    private string Bounded(string text) => text.Length <= answer.Limits.MaxResultChars ? text : $"{text[..answer.Limits.MaxResultChars]} …";

    private static Noted Refuse(string tool, string why, Refusal? refusal = null) => new(tool, null, refusal ?? Refusal(why), SecretText.Redact(why));

    private static Refusal Refusal(string why) => new(RefusalKind.Forbidden, "tool.refused", why);

    private void Show(object? value)
    {
        switch (value)
        {
            case DiagnosisReport report:
                answer.ShowFindings(report);
                break;
            case HintView hint:
                answer.Show(new HintGiven(hint.StepId, hint.Rung, hint.Text));
                break;
        }
    }

    private string? Forbidden(string tool, KernelArguments arguments)
    {
        if (ToolNames.Writing.TryGetValue(tool, out var wanted) && !answer.Asked.Asks(wanted))
        {
            return answer.Say(Phrase.ToolNotAsked);
        }

        foreach (var (name, value) in arguments)
        {
            var text = value?.ToString() ?? "";
            if (!Arguments.IsAcceptable(name, text))
            {
                return answer.Say(Phrase.ToolBadArgument, ("argument", name.Length <= 40 ? name : name[..40]));
            }

            if (Arguments.Leaves(name, text, answer.Question))
            {
                return answer.Say(Phrase.ToolElsewhere);
            }
        }

        return null;
    }
}
