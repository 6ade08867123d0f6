using System.Collections.Concurrent;
using Marten.Services;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Academy.Features.Conversing;

/// <summary>
/// Tells whoever waits for a conversation that something was written to it, in whatever process that was: PostgreSQL passes the word
/// (LISTEN, NOTIFY). A lost word delays a reader by one look, never loses anything: what counts is in the stream.
/// </summary>
public sealed class ConversationSignal(NpgsqlDataSource postgres, TimeProvider clock, ILogger<ConversationSignal> logger) : BackgroundService
{
    public const string Channel = "academy_conversation";

    private const char CalledOffMark = '!';

    /// <summary>How long a reader waits at most before it looks for itself.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _waiting = new();

    /// <summary>A student called a reply off, in whatever process: its writer may stop at once rather than at the next piece.</summary>
    public event Action<Guid>? CalledOff;

    /// <summary>Call it before looking, and await what it gives after having found nothing.</summary>
    public async Task Next(Guid conversation, CancellationToken ct)
    {
        var waiter = _waiting.GetOrAdd(conversation, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await waiter.Task.WaitAsync(LongestWait, clock, ct);
        }
        catch (TimeoutException)
        {
            _waiting.TryRemove(KeyValuePair.Create(conversation, waiter));
        }
    }

    /// <summary>Sends the word once the session has committed, to whoever waits for the conversation.</summary>
    /// <param name="calledOff">Whether the word is that the student does not want the rest.</param>
    public void Announce(IDocumentSession session, Guid conversation, bool calledOff = false) =>
        session.Listeners.Add(new Announcement(postgres, calledOff ? $"{conversation}{CalledOffMark}" : $"{conversation}"));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Listen(stoppingToken);
            }
            catch (Exception trouble) when (trouble is NpgsqlException or IOException or TimeoutException)
            {
                logger.LogWarning("Not listening to PostgreSQL just now: {Trouble}", trouble.Message);
                await Task.Delay(LongestWait, clock, stoppingToken);
            }
        }
    }

    private async Task Listen(CancellationToken ct)
    {
        await using var connection = await postgres.OpenConnectionAsync(ct);
        connection.Notification += (_, word) => Pulse(word.Payload);
        await using (var listen = new NpgsqlCommand($"listen {Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(ct);
        }

        while (true)
        {
            await connection.WaitAsync(ct);
        }
    }

    private sealed class Announcement(NpgsqlDataSource postgres, string word) : DocumentSessionListenerBase
    {
        public override async Task AfterCommitAsync(IDocumentSession session, IChangeSet commit, CancellationToken token)
        {
            await using var command = postgres.CreateCommand("select pg_notify($1, $2)");
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = Channel });
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = word });
            await command.ExecuteNonQueryAsync(token);
        }
    }

    private void Pulse(string payload)
    {
        if (!Guid.TryParse(payload.TrimEnd(CalledOffMark), out var conversation))
        {
            return;
        }

        if (payload.EndsWith(CalledOffMark))
        {
            CalledOff?.Invoke(conversation);
        }

        if (_waiting.TryRemove(conversation, out var waiter))
        {
            waiter.TrySetResult();
        }
    }
}
