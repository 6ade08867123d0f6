namespace Academy.Domain.Conversations;

/// <summary>A student and the assistant. One question is answered at a time.</summary>
/// <param name="Open">The question being answered.</param>
/// <param name="LastActivity">Of the reply too, so that one whose writer died can be told.</param>
public sealed record Conversation(
    Guid Id, Guid StudentId, Guid? AttemptId, Guid? ClusterId, string? Namespace, DateTimeOffset LastActivity, Guid? Open = null, bool Begun = false)
    : IState<Conversation>
{
    public static Conversation? Fold(Conversation? state, object @event) => (state, @event) switch
    {
        (null, ConversationStarted e) => new(e.ConversationId, e.StudentId, e.AttemptId, e.ClusterId, e.Namespace, e.At),
        ({ } s, QuestionAsked e) => s with { Open = e.QuestionId, Begun = false, LastActivity = e.At },
        ({ } s, ReplyBegun e) => s with { Begun = true, LastActivity = e.At },
        ({ } s, ReplyPieceWritten e) => s with { LastActivity = e.At },
        ({ } s, ReplyFinished e) => s with { Open = null, LastActivity = e.At },
        ({ } s, ReplyFailed e) => s with { Open = null, LastActivity = e.At },
        ({ } s, ReplyCancelled e) => s with { Open = null, LastActivity = e.At },
        _ => state,
    };

    public Decision Ask(Guid question, Sealed text, DateTimeOffset at) => Open is null
        ? Decision.Record(new QuestionAsked(question, text, at))
        : Decision.Refuse(RefusalKind.Conflict, "conversation.busy", "The assistant is still answering. Wait for it, or cancel the reply.");

    /// <summary>One writer for each question, however often it was sent.</summary>
    public Decision Begin(Guid question, DateTimeOffset at) => Closed(question) ?? (Begun
        ? Decision.Refuse(RefusalKind.Conflict, "reply.begun", "This reply is being written already.")
        : Decision.Record(new ReplyBegun(question, at)));

    public Decision Write(Guid question, IReadOnlyList<(string Kind, Sealed Content)> pieces, DateTimeOffset at) =>
        Closed(question) ?? Decision.Record([.. pieces.Select(p => new ReplyPieceWritten(question, p.Kind, p.Content, at))]);

    public Decision Finish(Guid question, DateTimeOffset at) => Closed(question) ?? Decision.Record(new ReplyFinished(question, at));

    public Decision Fail(Guid question, string code, string message, DateTimeOffset at) =>
        Closed(question) ?? Decision.Record(new ReplyFailed(question, code, message, at));

    public Decision Cancel(DateTimeOffset at) => Open is { } question ? Decision.Record(new ReplyCancelled(question, at)) : Decision.Nothing;

    /// <param name="silence">How long a reply may be without a piece before its writer counts as gone.</param>
    public Decision EndInterrupted(TimeSpan silence, DateTimeOffset at) => Open is { } question && at - LastActivity >= silence
        ? Decision.Record(new ReplyFailed(question, "reply.interrupted", "The reply was interrupted. Ask again.", at))
        : Decision.Nothing;

    private Decision? Closed(Guid question) => Open == question
        ? null
        : Decision.Refuse(RefusalKind.Conflict, "reply.closed", "This reply is closed: it was finished, cancelled or interrupted.");
}
