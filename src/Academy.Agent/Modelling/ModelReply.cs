using System.Text;
using Academy.Agent.Guarding;
using Academy.Agent.Prompts;
using Academy.Agent.Tools;
using Academy.Agent.Understanding;
using Academy.Features.Conversing;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Academy.Agent.Modelling;

/// <summary>One answer by a language model. It runs the tool loop itself, so that rounds, unknown tools and silence are in hand.</summary>
internal sealed class ModelReply(Answer answer, IChatCompletionService chat, Kernel kernel, GatedText text)
{
    private static readonly PromptExecutionSettings Settings = new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto(autoInvoke: false) };

    /// <exception cref="InventedException">The model names what does not exist.</exception>
    /// <exception cref="NonsenseException">The model comes to no answer.</exception>
    /// <exception cref="Exception">Whatever the connection throws.</exception>
    public async Task Write(CancellationToken ct)
    {
        var history = await History(ct);
        for (var round = 0; round < answer.Limits.MaxRounds; round++)
        {
            var calls = await Ask(history, ct);
            if (calls.Count == 0)
            {
                text.End();
                if (text.Written == 0)
                {
                    throw new NonsenseException("The model said nothing.");
                }

                return;
            }

            foreach (var call in calls)
            {
                history.Add(await Result(call, ct));
            }
        }

        throw new NonsenseException("The model kept calling tools and gave no answer.");
    }

    private async Task<IReadOnlyList<FunctionCallContent>> Ask(ChatHistory history, CancellationToken ct)
    {
        using var activity = AgentTelemetry.Source.StartActivity("model");
        var pieces = new FunctionCallContentBuilder();
        var said = new StringBuilder();
        await foreach (var part in chat.GetStreamingChatMessageContentsAsync(history, Settings, kernel, ct))
        {
            pieces.Append(part);
            if (part.Content is { Length: > 0 } content && said.Length < answer.Limits.MaxAnswerChars)
            {
                said.Append(content);
                text.Add(content);
            }
        }

        var calls = pieces.Build();
        activity?.SetTag("academy.tool_calls", calls.Count);
        var message = new ChatMessageContent(AuthorRole.Assistant, said.Length > 0 ? said.ToString() : null);
        foreach (var call in calls)
        {
            message.Items.Add(call);
        }

        history.Add(message);
        return calls;
    }

    private async Task<ChatMessageContent> Result(FunctionCallContent call, CancellationToken ct)
    {
        if (call.Exception is not null || !kernel.Plugins.TryGetFunction(call.PluginName, call.FunctionName, out _))
        {
            answer.Calls++;
            var name = $"{call.PluginName}-{call.FunctionName}";
            return new FunctionResultContent(call, answer.Say(Phrase.ToolUnknown, ("name", name.Length <= 60 ? name : name[..60]))).ToChatMessage();
        }

        try
        {
            return (await call.InvokeAsync(kernel, ct)).ToChatMessage();
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            // Arguments that are missing or of another type: the model is told, and may do better.
            return new FunctionResultContent(call, answer.Say(Phrase.ToolBadArgument, ("argument", trouble is KernelException ? trouble.Message : "?"))).ToChatMessage();
        }
    }

    private async Task<ChatHistory> History(CancellationToken ct)
    {
        var question = answer.Question;
        var situation = question switch
        {
            { AttemptId: not null } => answer.Say(Phrase.InLab, ("namespace", question.Namespace ?? "-")),
            { ClusterId: not null } => answer.Say(Phrase.OnCluster, ("namespace", question.Namespace ?? "-")),
            _ => answer.Say(Phrase.Nowhere),
        };
        if (await Findings(ct) is { } found)
        {
            situation += "\n\n" + answer.Say(Phrase.Found, ("data", found));
        }

        var history = new ChatHistory(answer.Prompts.System.Fill(("open", answer.Fence.Open), ("close", answer.Fence.Close), ("situation", situation)));
        foreach (var turn in question.History)
        {
            history.AddUserMessage(Safe(turn.Question));
            if (turn.Reply.Length > 0)
            {
                history.AddAssistantMessage(Safe(turn.Reply));
            }
        }

        history.AddUserMessage(Safe(question.Text));
        return history;
    }

    // Asked what is wrong, Academy finds it out itself: the student sees the findings whatever the model does.
    private async Task<string?> Findings(CancellationToken ct)
    {
        if (answer.Question.ClusterId is null || answer.Asked.Main is not (Intent.Diagnose or Intent.Fix or Intent.Confirm))
        {
            return null;
        }

        await new FunctionCallContent("diagnose", "diagnosis", "before").InvokeAsync(kernel, ct);
        return answer.Find(Answer.KeyOf(ToolNames.Diagnose, []))?.Text;
    }

    private string Safe(string said) => answer.Fence.Strip(SecretText.Redact(said));
}
