using System.Text.Json.Serialization;
using Academy.Diagnosis;
using Academy.Features.Door;

namespace Academy.Features.Conversing;

/// <summary>Whoever answers students. It works only through the door, on behalf of the student who asks.</summary>
public interface IAssistant
{
    /// <summary>Answers one question piece by piece. Stops soon after <paramref name="ct"/> is cancelled.</summary>
    /// <exception cref="Exception">Anything: the student is told that the reply failed, and keeps the pieces that were written.</exception>
    IAsyncEnumerable<ReplyPiece> Answer(Question question, CancellationToken ct);
}

/// <summary>A question with what is known around it.</summary>
/// <param name="Student">To be passed to the door with everything that is looked up or done for the answer.</param>
/// <param name="AttemptId">The lab attempt the conversation is about, where there is one.</param>
/// <param name="ClusterId">The cluster the conversation is about, where there is one.</param>
/// <param name="Namespace">The namespace in that cluster; null: all of it.</param>
/// <param name="History">Earlier questions and replies of this conversation, oldest first, bounded.</param>
public sealed record Question(
    IActor Student, Guid ConversationId, Guid QuestionId, string Text, Guid? AttemptId, Guid? ClusterId, string? Namespace, IReadOnlyList<Turn> History);

/// <param name="Reply">The text of the reply; empty where it failed before there was any.</param>
public sealed record Turn(string Question, string Reply);

/// <summary>A piece of a reply, in the order the student should see it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ToolStarted), Domain.Conversations.PieceKinds.ToolStarted)]
[JsonDerivedType(typeof(ToolFinished), Domain.Conversations.PieceKinds.ToolFinished)]
[JsonDerivedType(typeof(TextWritten), Domain.Conversations.PieceKinds.Text)]
[JsonDerivedType(typeof(FindingShown), Domain.Conversations.PieceKinds.Finding)]
[JsonDerivedType(typeof(HintGiven), Domain.Conversations.PieceKinds.Hint)]
public abstract record ReplyPiece;

/// <param name="CallId">Joins it to its <see cref="ToolFinished"/>.</param>
/// <param name="Tool">Plugin and function, e.g. <c>diagnosis.diagnose</c>.</param>
/// <param name="Label">What it does, in words for the student.</param>
public sealed record ToolStarted(string CallId, string Tool, string Label) : ReplyPiece;
public sealed record ToolFinished(string CallId, string Tool, bool Ok, string Summary) : ReplyPiece;
/// <param name="Text">Markdown; the next such piece goes on where this one ends.</param>
public sealed record TextWritten(string Text) : ReplyPiece;
public sealed record FindingShown(RootCause Finding) : ReplyPiece;
public sealed record HintGiven(string StepId, int Rung, string Text) : ReplyPiece;
