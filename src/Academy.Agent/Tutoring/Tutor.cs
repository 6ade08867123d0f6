using System.Runtime.CompilerServices;
using System.Text;
using Academy.Agent.Prompts;
using Academy.Agent.Tools;
using Academy.Agent.Understanding;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Academy.Agent.Tutoring;

/// <summary>
/// The built-in tutor: a chat service without a model and without a network. It reads the last question, calls the kernel's tools
/// (through the kernel's filters), and answers from what they bring with the phrases of the prompts.
/// </summary>
public sealed class Tutor(PromptLibrary prompts) : IChatCompletionService
{
    private readonly QuestionReader _reader = new(prompts.Intents);

    public IReadOnlyDictionary<string, object?> Attributes { get; } = new Dictionary<string, object?> { ["ModelId"] = "tutor" };

    public async Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default)
    {
        var whole = new StringBuilder();
        await foreach (var part in GetStreamingChatMessageContentsAsync(chatHistory, executionSettings, kernel, cancellationToken))
        {
            whole.Append(part.Content);
        }

        return [new ChatMessageContent(AuthorRole.Assistant, whole.ToString().TrimEnd(), "tutor")];
    }

    public async IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var questions = chatHistory.Where(m => m.Role == AuthorRole.User).Select(m => m.Content ?? "").ToList();
        if (questions.Count == 0 || kernel is null || Answer.Of(kernel) is not { } answer)
        {
            yield return new StreamingChatMessageContent(AuthorRole.Assistant, prompts.Say(Phrase.Help));
            yield break;
        }

        var earlier = questions.SkipLast(1).ToList();
        var turn = new TutorTurn(kernel, answer, _reader.Read(questions[^1], earlier), questions[^1], earlier, cancellationToken);
        await foreach (var text in Reply(turn).WithCancellation(cancellationToken))
        {
            yield return new StreamingChatMessageContent(AuthorRole.Assistant, text);
        }
    }

    private IAsyncEnumerable<string> Reply(TutorTurn turn) => turn.Asked.Main switch
    {
        Intent.Diagnose => DiagnoseReply.Write(turn),
        Intent.Fix => CoachReply.Fix(turn),
        Intent.Hint => CoachReply.Hint(turn, _reader),
        Intent.Confirm => CoachReply.Confirm(turn),
        Intent.Check => LabReply.Check(turn),
        Intent.Step => LabReply.Step(turn),
        Intent.Labs => LabReply.Labs(turn),
        Intent.Logs => LookReply.Logs(turn),
        Intent.Describe => LookReply.Describe(turn),
        Intent.Explain => LearnReply.Explain(turn),
        Intent.Progress => LearnReply.Progress(turn),
        Intent.Mentor => LearnReply.Mentor(turn),
        Intent.Greeting => One(turn.Say(Phrase.Hello)),
        Intent.Thanks => One(turn.Say(Phrase.Welcome)),
        Intent.Help => One(turn.Say(Phrase.Help)),
        Intent.Change => One(turn.Say(Phrase.OnlyLooks)),
        Intent.More => One(turn.Say(Phrase.NothingMore)),
        _ => One(turn.Say(Phrase.NotUnderstood)),
    };

    private static async IAsyncEnumerable<string> One(string text)
    {
        await Task.CompletedTask;
        yield return text;
    }
}
