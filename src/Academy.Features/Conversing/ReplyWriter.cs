using System.Collections.Concurrent;
using Academy.Domain.Conversations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Academy.Features.Conversing;

/// <summary>
/// Lets the assistant answer and records what it says, piece by piece. It goes on when the student's connection drops; it stops when
/// the student cancels, on whatever replica that was said, and when the time is up.
/// </summary>
public sealed class ReplyWriter(
    IDoor door, IAssistant assistant, ConversationSignal signal, ConversationOptions options, TimeProvider clock, ILogger<ReplyWriter> logger) : IHostedService, IDisposable
{
    private readonly ConcurrentDictionary<Task, bool> _replies = new();

    // Of the conversations that are written to here. There is one reply at a time in each.
    private readonly ConcurrentDictionary<Guid, CancellationTokenSource> _writing = new();
    private readonly CancellationTokenSource _stopping = new();
    private bool _disposed;

    /// <summary>Begins the reply and returns at once. A question that somebody answers already, or did, is left to them.</summary>
    public void Begin(AskedQuestion asked, IActor student, string text)
    {
        var reply = Task.Run(() => Write(asked, student, text), CancellationToken.None);
        _replies[reply] = true;
        reply.ContinueWith(done => _replies.TryRemove(done, out _), TaskScheduler.Default);
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        signal.CalledOff += Stop;
        return Task.CompletedTask;
    }

    /// <summary>Running replies are closed with a word to the student, so that nobody waits for them.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_disposed)
        {
            return; // a host that failed while stopping stops its services again
        }

        signal.CalledOff -= Stop;
        await _stopping.CancelAsync();
        await Task.WhenAll(_replies.Keys).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose()
    {
        _disposed = true;
        _stopping.Dispose();
    }

    private void Stop(Guid conversation)
    {
        if (_writing.TryGetValue(conversation, out var cancelled))
        {
            _ = cancelled.CancelAsync();
        }
    }

    private async Task Write(AskedQuestion asked, IActor student, string text)
    {
        var writer = Actor.System(student.Tenant);
        var caller = new Actor(student.Tenant, student.Id, student.Roles) { Scopes = student.Scopes };
        using var time = new CancellationTokenSource(options.ReplyTime, clock);
        var cancelled = new CancellationTokenSource(); // not disposed: the word to stop may come in the same moment as the end
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token, time.Token, cancelled.Token);
        try
        {
            if ((await door.Send(new BeginReply(asked.ConversationId, asked.QuestionId), writer, end.Token)).Refusal is not null)
            {
                return;
            }

            _writing[asked.ConversationId] = cancelled;
            var question = await Question(asked, caller, text, end.Token);
            await using var pieces = new PieceRecorder(door, writer, asked, cancelled, options.TextEvery, clock);
            await foreach (var piece in assistant.Answer(question, end.Token))
            {
                await pieces.Add(piece, end.Token);
            }

            await pieces.Flush(end.Token);
            await door.Send(new FinishReply(asked.ConversationId, asked.QuestionId), writer, CancellationToken.None);
        }
        catch (OperationCanceledException) when (cancelled.IsCancellationRequested)
        {
            // the stream says so already
        }
        catch (Exception trouble)
        {
            var (code, message) = (time.IsCancellationRequested, _stopping.IsCancellationRequested) switch
            {
                (true, _) => ("reply.timeout", "The reply took too long and was stopped. Ask again, perhaps about less at once."),
                (_, true) => ("reply.interrupted", "Academy is being restarted. Ask again in a moment."),
                _ => ("reply.failed", "The assistant ran into trouble of its own. What was found so far is above; ask again."),
            };
            if (code == "reply.failed")
            {
                logger.LogError(trouble, "Reply {Question} failed", asked.QuestionId);
            }

            await Fail(asked, writer, code, message);
        }
        finally
        {
            _writing.TryRemove(KeyValuePair.Create(asked.ConversationId, cancelled));
        }
    }

    private async Task Fail(AskedQuestion asked, IActor writer, string code, string message)
    {
        try
        {
            await door.Send(new FailReply(asked.ConversationId, asked.QuestionId, code, message), writer, CancellationToken.None);
        }
        catch (Exception trouble)
        {
            logger.LogError(trouble, "Reply {Question} could not be closed; a job closes it later", asked.QuestionId);
        }
    }

    private async Task<Question> Question(AskedQuestion asked, IActor student, string text, CancellationToken ct)
    {
        var history = (await door.Send(new GetConversation(asked.ConversationId), student, ct)).Value
            ?? throw new InvalidOperationException("The conversation is gone.");
        var turns = history.Exchanges
            .Where(e => e.QuestionId != asked.QuestionId)
            .TakeLast(options.TurnsRemembered)
            .Select(e => new Turn(e.Question, string.Concat(e.Pieces.Where(p => p.GetProperty("kind").GetString() == PieceKinds.Text).Select(p => p.GetProperty("text").GetString()))))
            .ToList();
        return new Question(student, asked.ConversationId, asked.QuestionId, text, history.AttemptId, history.ClusterId, history.Namespace, turns);
    }
}

/// <summary>Limits of conversations.</summary>
public sealed class ConversationOptions
{
    /// <summary>Longest time for one reply; 5 s to 30 min.</summary>
    public TimeSpan ReplyTime { get; set; } = TimeSpan.FromMinutes(3);

    /// <summary>Text that arrives within this time becomes one piece; 0 to 1 s.</summary>
    public TimeSpan TextEvery { get; set; } = TimeSpan.FromMilliseconds(60);

    /// <summary>Earlier questions given to the assistant; 0 to 50.</summary>
    public int TurnsRemembered { get; set; } = 10;
}
