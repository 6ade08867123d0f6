using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Academy.Features.Conversing;

namespace Academy.IntegrationTests.Api;

/// <summary>An assistant that says what the test tells it to, when the test tells it to.</summary>
public sealed class ScriptedAssistant : IAssistant
{
    private readonly ConcurrentDictionary<Guid, Channel<ReplyPiece>> _scripts = new();
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _stopped = new();
    private int _asked;

    /// <summary>How many questions came this far.</summary>
    public int Asked => _asked;

    /// <summary>What to say in a conversation. Completing it ends the reply; completing it with an exception breaks it.</summary>
    public ChannelWriter<ReplyPiece> In(Guid conversation) => Script(conversation).Writer;

    /// <summary>Ends when the assistant was told to stop before its time.</summary>
    public Task Stopped(Guid conversation) => End(conversation).Task;

    public async IAsyncEnumerable<ReplyPiece> Answer(Question question, [EnumeratorCancellation] CancellationToken ct)
    {
        Interlocked.Increment(ref _asked);
        try
        {
            await foreach (var piece in Script(question.ConversationId).Reader.ReadAllAsync(ct))
            {
                yield return piece;
            }
        }
        finally
        {
            if (ct.IsCancellationRequested)
            {
                End(question.ConversationId).TrySetResult();
            }
        }
    }

    private TaskCompletionSource End(Guid conversation) => _stopped.GetOrAdd(conversation, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));

    private Channel<ReplyPiece> Script(Guid conversation) => _scripts.GetOrAdd(conversation, _ => Channel.CreateUnbounded<ReplyPiece>());
}
