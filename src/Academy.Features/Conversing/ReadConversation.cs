using System.Text.Json;
using Academy.Domain.Conversations;
using Academy.Features.Door.Sealing;
using JasperFx.Events;

namespace Academy.Features.Conversing;

/// <summary>A conversation with all that was said.</summary>
[Audience]
public sealed record GetConversation(Guid ConversationId) : IAcademyQuery<ConversationHistory>;

/// <param name="Version">Of the stream; a live connection goes on after it.</param>
public sealed record ConversationHistory(
    Guid Id, Guid StudentId, Guid? AttemptId, Guid? ClusterId, string? Namespace, bool Busy, IReadOnlyList<Exchange> Exchanges, long Version) : IVersioned;

/// <param name="Outcome"><c>writing</c>, <c>done</c>, <c>failed</c> or <c>cancelled</c>.</param>
/// <param name="Error">Why it failed.</param>
/// <param name="Pieces">As they were streamed; see <see cref="ReplyPiece"/>.</param>
public sealed record Exchange(Guid QuestionId, string Question, DateTimeOffset AskedAt, string Outcome, string? Error, IReadOnlyList<JsonElement> Pieces);

/// <summary>What was written to a conversation after a version, for a live connection.</summary>
/// <param name="After">0 for the beginning.</param>
[Audience]
public sealed record ReadReply(Guid ConversationId, long After) : IAcademyQuery<ReplyEvents>;

internal sealed class ReadReplyValidator : AbstractValidator<ReadReply>
{
    public ReadReplyValidator() => RuleFor(q => q.After).GreaterThanOrEqualTo(0).LessThan(long.MaxValue);
}

/// <param name="Busy">Whether more will follow.</param>
public sealed record ReplyEvents(IReadOnlyList<ReplyEvent> Events, bool Busy);

/// <param name="Version">Of the stream at this event; the id of the server-sent event.</param>
/// <param name="Name">The event's name: a kind of piece, or <c>done</c> or <c>error</c>.</param>
/// <param name="Data">JSON.</param>
public sealed record ReplyEvent(long Version, string Name, string Data)
{
    public const string Done = "done";
    public const string Error = "error";
}

internal sealed class ReadConversationHandlers(IQuerySession session, IActor actor, PersonKeys keys) :
    IRequestHandler<GetConversation, Result<ConversationHistory>>,
    IRequestHandler<ReadReply, Result<ReplyEvents>>
{
    private const string Erased = "(erased)";

    public async Task<Result<ConversationHistory>> Handle(GetConversation request, CancellationToken cancellationToken)
    {
        var seen = await session.See<Conversation>(actor, request.ConversationId, c => c.StudentId, cancellationToken);
        if (seen.Value is not { } conversation)
        {
            return seen.Refusal!;
        }

        var exchanges = new List<Exchange>();
        var events = await session.Events.FetchStreamAsync(conversation.Id, token: cancellationToken);
        foreach (var e in events)
        {
            if (e.Data is QuestionAsked asked)
            {
                exchanges.Add(new(asked.QuestionId, await Unseal(conversation, asked.Text, cancellationToken) ?? Erased, asked.At, "writing", null, []));
            }
            else if (exchanges.Count > 0)
            {
                exchanges[^1] = await With(exchanges[^1], conversation, e.Data, cancellationToken);
            }
        }

        return new ConversationHistory(
            conversation.Id, conversation.StudentId, conversation.AttemptId, conversation.ClusterId, conversation.Namespace, conversation.Open is not null, exchanges, events[^1].Version);
    }

    public async Task<Result<ReplyEvents>> Handle(ReadReply request, CancellationToken cancellationToken)
    {
        var seen = await session.See<Conversation>(actor, request.ConversationId, c => c.StudentId, cancellationToken);
        if (seen.Value is not { } conversation)
        {
            return seen.Refusal!;
        }

        var replies = new List<ReplyEvent>();
        foreach (var e in await session.Events.FetchStreamAsync(request.ConversationId, fromVersion: request.After + 1, token: cancellationToken))
        {
            if (await Reply(conversation, e, cancellationToken) is { } reply)
            {
                replies.Add(reply);
            }
        }

        return new ReplyEvents(replies, conversation.Open is not null);
    }

    private async Task<Exchange> With(Exchange exchange, Conversation conversation, object data, CancellationToken ct) => data switch
    {
        ReplyPieceWritten e when await Unseal(conversation, e.Content, ct) is { } json => exchange with { Pieces = [.. exchange.Pieces, JsonElement.Parse(json)] },
        ReplyFinished => exchange with { Outcome = "done" },
        ReplyFailed e => exchange with { Outcome = "failed", Error = e.Message },
        ReplyCancelled => exchange with { Outcome = "cancelled" },
        _ => exchange,
    };

    private async Task<ReplyEvent?> Reply(Conversation conversation, IEvent e, CancellationToken ct) => e.Data switch
    {
        ReplyPieceWritten piece when await Unseal(conversation, piece.Content, ct) is { } json => new(e.Version, piece.Kind, json),
        ReplyFinished done => new(e.Version, ReplyEvent.Done, Json(new { done.QuestionId, outcome = "done" })),
        ReplyCancelled cancelled => new(e.Version, ReplyEvent.Done, Json(new { cancelled.QuestionId, outcome = "cancelled" })),
        ReplyFailed failed => new(e.Version, ReplyEvent.Error, Json(new { failed.QuestionId, failed.Code, failed.Message })),
        _ => null,
    };

    private Task<string?> Unseal(Conversation conversation, Sealed data, CancellationToken ct) => keys.Unseal(conversation.StudentId, data, ct);

    private static string Json(object value) => JsonSerializer.Serialize(value, ApiJson.Options);
}

internal sealed class GetConversationEndpoint(IDoor door) : DoorEndpoint<GetConversation, ConversationHistory>(door)
{
    public override void Configure() => Describe("GET", "conversations/{conversationId}", "A conversation with its whole history");
}
