using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Academy.Agent.Guarding;
using Academy.Agent.Modelling;
using Academy.Agent.Prompts;
using Academy.Agent.Tools;
using Academy.Agent.Tutoring;
using Academy.Agent.Understanding;
using Academy.Features.Conversing;
using Academy.Features.Door;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Academy.Agent;

/// <summary>Answers with the configured model, and with the tutor where there is none or where it fails.</summary>
public sealed class Assistant(
    IDoor door, PromptLibrary prompts, ModelConnection model, Tutor tutor, IOptions<ModelOptions> options, TimeProvider clock, ILogger<Assistant> logger) : IAssistant
{
    private readonly QuestionReader _reader = new(prompts.Intents);

    public async IAsyncEnumerable<ReplyPiece> Answer(Question question, [EnumeratorCancellation] CancellationToken ct)
    {
        using var activity = AgentTelemetry.Source.StartActivity("answer");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var pieces = Channel.CreateUnbounded<ReplyPiece>(new UnboundedChannelOptions { SingleReader = true });
        var asked = _reader.Read(question.Text, [.. question.History.Select(t => t.Question)]);
        activity?.SetTag("academy.intent", asked.Main.ToString());
        var work = Work(new Answer(question, asked, prompts, options.Value, door, pieces.Writer), pieces.Writer, end.Token);
        try
        {
            await foreach (var piece in pieces.Reader.ReadAllAsync(ct))
            {
                yield return piece;
            }
        }
        finally
        {
            // Whoever reads no further wants no more work done.
            await end.CancelAsync();
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Work(Answer answer, ChannelWriter<ReplyPiece> pieces, CancellationToken ct)
    {
        try
        {
            await Task.Yield();
            if (model.Chat is null)
            {
                await ByTutor(answer, ct);
            }
            else if (await ByModel(answer, model.Chat, ct) is { } trouble)
            {
                answer.Show(new TextWritten(trouble + "\n\n"));
                await ByTutor(answer, ct);
            }

            pieces.Complete();
        }
        catch (Exception trouble)
        {
            pieces.Complete(trouble);
        }
    }

    private async Task ByTutor(Answer answer, CancellationToken ct)
    {
        var kernel = KernelForAnswer.Build(answer, tutor, logger);
        var history = new ChatHistory();
        foreach (var turn in answer.Question.History)
        {
            history.AddUserMessage(turn.Question);
            history.AddAssistantMessage(turn.Reply);
        }

        history.AddUserMessage(answer.Question.Text);
        await foreach (var part in tutor.GetStreamingChatMessageContentsAsync(history, null, kernel, ct))
        {
            answer.Show(new TextWritten(part.Content ?? ""));
        }
    }

    // Null: it answered. Otherwise what to tell the student before the tutor answers.
    private async Task<string?> ByModel(Answer answer, IChatCompletionService chat, CancellationToken ct)
    {
        using var time = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.TimeoutSeconds), clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(ct, time.Token);
        var text = new GatedText(answer.Names, options.Value.MaxAnswerChars, t => answer.Show(new TextWritten(t)));
        string phrase;
        try
        {
            await new ModelReply(answer, chat, KernelForAnswer.Build(answer, chat, logger), text).Write(both.Token);
            return null;
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            throw;
        }
        catch (InventedException invented)
        {
            logger.LogWarning("The model named objects that the evidence does not contain: {Count}", invented.Names.Count);
            phrase = answer.Say(Phrase.ModelInvented, ("names", Shown.And([.. invented.Names.Take(3).Select(Shown.Code)])));
        }
        catch (NonsenseException nonsense)
        {
            logger.LogWarning("The model gave no answer: {What}", nonsense.Message);
            phrase = answer.Say(Phrase.ModelNonsense);
        }
        catch (Exception trouble)
        {
            logger.LogWarning("The model failed: {Kind}: {Message}", trouble.GetType().Name, WithoutKey(trouble.Message));
            phrase = answer.Say(time.IsCancellationRequested ? Phrase.ModelSlow : Phrase.ModelDown);
        }

        return text.Written > 0 ? "\n\n" + phrase : phrase;
    }

    // Some services quote the key that they refuse.
    private string WithoutKey(string message) =>
        SecretText.Redact(options.Value.ApiKey is { Length: > 0 } key ? message.Replace(key, SecretText.Gone, StringComparison.Ordinal) : message);
}
