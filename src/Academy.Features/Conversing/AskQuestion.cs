using Academy.Domain.Conversations;
using Academy.Features.Door.Sealing;

namespace Academy.Features.Conversing;

/// <summary>Records a question. Whoever sends this lets the <see cref="ReplyWriter"/> answer it.</summary>
[Audience(Roles.Student)]
public sealed record AskQuestion(Guid ConversationId, string Text) : IAcademyCommand<AskedQuestion>;

/// <param name="After">The version of the conversation before the reply: the reply is what comes after it.</param>
public sealed record AskedQuestion(Guid ConversationId, Guid QuestionId, long After);

internal sealed class AskQuestionValidator : AbstractValidator<AskQuestion>
{
    public AskQuestionValidator() => RuleFor(c => c.Text).NotEmpty().MaximumLength(4000);
}

internal sealed class AskQuestionHandler(IDocumentSession session, IActor actor, PersonKeys keys, ConversationSignal signal, TimeProvider clock)
    : IRequestHandler<AskQuestion, Result<AskedQuestion>>
{
    public async Task<Result<AskedQuestion>> Handle(AskQuestion request, CancellationToken cancellationToken)
    {
        var stream = await session.Events.FetchForWriting<Conversation>(request.ConversationId, cancellationToken);
        if (stream.Aggregate is not { } mine || mine.StudentId != actor.Id)
        {
            return Refusals.NotFound<Conversation>(request.ConversationId);
        }

        if (await session.Forbids(actor.Id, mine.AttemptId, mine.ClusterId, cancellationToken) is { } forbidden)
        {
            return forbidden;
        }

        var id = Guid.CreateVersion7(clock.GetUtcNow());
        var decision = mine.Ask(id, await keys.Seal(actor.Id, request.Text, cancellationToken), clock.GetUtcNow());
        if (decision.Refusal is { } refusal)
        {
            return refusal;
        }

        stream.AppendMany(decision.Events);
        signal.Announce(session, mine.Id);
        return new AskedQuestion(mine.Id, id, stream.CurrentVersion!.Value + decision.Events.Count);
    }
}
