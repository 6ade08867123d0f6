using System.Text.Json;
using Academy.Domain.Conversations;
using Academy.Features.Door.Sealing;

namespace Academy.Features.Conversing;

/// <summary>Takes the open question upon the sender; refused where somebody has done so.</summary>
[Audience(Actor.SystemRole)]
public sealed record BeginReply(Guid ConversationId, Guid QuestionId) : IAcademyCommand<Done>;

/// <summary>Appends pieces to the reply to the open question.</summary>
[Audience(Actor.SystemRole)]
public sealed record WritePieces(Guid ConversationId, Guid QuestionId, IReadOnlyList<ReplyPiece> Pieces) : IAcademyCommand<Done>;

[Audience(Actor.SystemRole)]
public sealed record FinishReply(Guid ConversationId, Guid QuestionId) : IAcademyCommand<Done>;

[Audience(Actor.SystemRole)]
public sealed record FailReply(Guid ConversationId, Guid QuestionId, string Code, string Message) : IAcademyCommand<Done>;

/// <summary>Closes a reply whose writer is gone; does nothing to one that is being written.</summary>
[Audience(Actor.SystemRole)]
public sealed record EndInterruptedReply(Guid ConversationId, TimeSpan Silence) : IAcademyCommand<Done>;

/// <summary>The student does not want the rest of the reply.</summary>
[Audience(Roles.Student)]
public sealed record CancelReply(Guid ConversationId) : IAcademyCommand<Done>;

internal sealed class WriteReplyHandlers(IDocumentSession session, IActor actor, PersonKeys keys, ConversationSignal signal, TimeProvider clock) :
    IRequestHandler<BeginReply, Result<Done>>,
    IRequestHandler<WritePieces, Result<Done>>,
    IRequestHandler<FinishReply, Result<Done>>,
    IRequestHandler<FailReply, Result<Done>>,
    IRequestHandler<EndInterruptedReply, Result<Done>>,
    IRequestHandler<CancelReply, Result<Done>>
{
    public Task<Result<Done>> Handle(BeginReply request, CancellationToken cancellationToken) =>
        Decide(request.ConversationId, c => c.Begin(request.QuestionId, clock.GetUtcNow()), cancellationToken);

    public async Task<Result<Done>> Handle(WritePieces request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<Conversation>(request.ConversationId, cancellationToken) is not { } conversation)
        {
            return Refusals.NotFound<Conversation>(request.ConversationId);
        }

        var pieces = new List<(string, Sealed)>();
        foreach (var piece in request.Pieces)
        {
            var json = JsonSerializer.SerializeToElement(piece, ApiJson.Options);
            pieces.Add((json.GetProperty("kind").GetString()!, await keys.Seal(conversation.StudentId, json.GetRawText(), cancellationToken)));
        }

        return await Decide(request.ConversationId, c => c.Write(request.QuestionId, pieces, clock.GetUtcNow()), cancellationToken);
    }

    public Task<Result<Done>> Handle(FinishReply request, CancellationToken cancellationToken) =>
        Decide(request.ConversationId, c => c.Finish(request.QuestionId, clock.GetUtcNow()), cancellationToken);

    public Task<Result<Done>> Handle(FailReply request, CancellationToken cancellationToken) =>
        Decide(request.ConversationId, c => c.Fail(request.QuestionId, request.Code, request.Message, clock.GetUtcNow()), cancellationToken);

    public Task<Result<Done>> Handle(EndInterruptedReply request, CancellationToken cancellationToken) =>
        Decide(request.ConversationId, c => c.EndInterrupted(request.Silence, clock.GetUtcNow()), cancellationToken);

    public async Task<Result<Done>> Handle(CancelReply request, CancellationToken cancellationToken) =>
        (await session.LoadAsync<Conversation>(request.ConversationId, cancellationToken))?.StudentId == actor.Id
            ? await Decide(request.ConversationId, c => c.Cancel(clock.GetUtcNow()), cancellationToken, calledOff: true)
            : Refusals.NotFound<Conversation>(request.ConversationId);

    private Task<Result<Done>> Decide(Guid id, Func<Conversation, Decision> decide, CancellationToken ct, bool calledOff = false)
    {
        signal.Announce(session, id, calledOff);
        return session.Decide(id, actor, decide, ct);
    }
}

internal sealed class CancelReplyEndpoint(IDoor door) : DoorEndpoint<CancelReply, Done>(door)
{
    public override void Configure() => Describe("POST", "conversations/{conversationId}/cancel", "Stops the reply that is being written");
}
