namespace Academy.Domain.Conversations;

/// <param name="AttemptId">The lab attempt it is about, where there is one.</param>
/// <param name="ClusterId">The cluster it is about, where there is one.</param>
public sealed record ConversationStarted(Guid ConversationId, Guid StudentId, Guid? AttemptId, Guid? ClusterId, string? Namespace, DateTimeOffset At);
public sealed record QuestionAsked(Guid QuestionId, Sealed Text, DateTimeOffset At);

/// <summary>Somebody has taken it upon them to write the reply; nobody else will.</summary>
public sealed record ReplyBegun(Guid QuestionId, DateTimeOffset At);

/// <summary>One piece of the reply to the open question, in the order it was made.</summary>
/// <param name="Kind">One of <see cref="PieceKinds"/>.</param>
/// <param name="Content">The piece as JSON; it may quote the student and the student's cluster.</param>
public sealed record ReplyPieceWritten(Guid QuestionId, string Kind, Sealed Content, DateTimeOffset At);
public sealed record ReplyFinished(Guid QuestionId, DateTimeOffset At);
/// <param name="Code">Stable, e.g. <c>reply.interrupted</c>.</param>
public sealed record ReplyFailed(Guid QuestionId, string Code, string Message, DateTimeOffset At);
public sealed record ReplyCancelled(Guid QuestionId, DateTimeOffset At);

public static class PieceKinds
{
    public const string ToolStarted = "tool-started";
    public const string ToolFinished = "tool-finished";
    public const string Text = "text";
    public const string Finding = "finding";
    public const string Hint = "hint";
}
