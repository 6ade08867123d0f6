using Academy.Curriculum;
using Academy.Domain.Attempts;
using Academy.Domain.Clusters;
using Academy.Domain.Conversations;
using Academy.Features.Connecting;

namespace Academy.Features.Conversing;

/// <summary>Begins a conversation with the assistant: about an attempt, about a cluster, or about the courses in general.</summary>
/// <param name="AttemptId">Brings its cluster and namespace with it.</param>
[Audience(Roles.Student)]
public sealed record StartConversation(Guid? AttemptId = null, Guid? ClusterId = null, string? Namespace = null) : IAcademyCommand<ConversationView>;

/// <param name="Busy">Whether a reply is being written.</param>
public sealed record ConversationView(Guid Id, Guid? AttemptId, Guid? ClusterId, string? Namespace, bool Busy, DateTimeOffset LastActivity)
{
    internal static ConversationView Of(Conversation c) => new(c.Id, c.AttemptId, c.ClusterId, c.Namespace, c.Open is not null, c.LastActivity);
}

internal sealed class StartConversationValidator : AbstractValidator<StartConversation>
{
    public StartConversationValidator()
    {
        RuleFor(c => c.Namespace).MustBeNamespace();
        RuleFor(c => c.ClusterId).Null().When(c => c.AttemptId is not null).WithMessage("An attempt brings its own cluster; leave clusterId out.");
    }
}

internal sealed class StartConversationHandler(IDocumentSession session, IActor actor, Catalog catalog, TimeProvider clock)
    : IRequestHandler<StartConversation, Result<ConversationView>>
{
    public async Task<Result<ConversationView>> Handle(StartConversation request, CancellationToken cancellationToken)
    {
        var attempt = request.AttemptId is { } attemptId ? await session.LoadAsync<Attempt>(attemptId, cancellationToken) : null;
        if (request.AttemptId is not null && attempt?.StudentId != actor.Id)
        {
            return Refusals.NotFound<Attempt>(request.AttemptId);
        }

        var cluster = request.ClusterId is { } clusterId ? await session.LoadAsync<Cluster>(clusterId, cancellationToken) : null;
        if (request.ClusterId is not null && cluster?.OwnerId != actor.Id)
        {
            return Refusals.NotFound<Cluster>(request.ClusterId);
        }

        if (await session.Forbids(actor.Id, attempt?.Id, attempt?.ClusterId ?? cluster?.Id, cancellationToken) is { } forbidden)
        {
            return forbidden;
        }

        var started = new ConversationStarted(
            Guid.CreateVersion7(clock.GetUtcNow()), actor.Id, attempt?.Id, attempt?.ClusterId ?? cluster?.Id,
            attempt?.Namespace ?? request.Namespace ?? catalog.NamespaceOf(cluster), clock.GetUtcNow());
        session.Events.StartStream<Conversation>(started.ConversationId, started);
        return ConversationView.Of(Conversation.Fold(null, started)!);
    }
}

internal sealed class StartConversationEndpoint(IDoor door) : DoorEndpoint<StartConversation, ConversationView>(door)
{
    public override void Configure() => Describe("POST", "conversations", "A student begins a conversation with the assistant");
}

[Audience(Roles.Student)]
public sealed record ListConversations(Guid? AttemptId = null, string? Cursor = null, int? Limit = null) : IAcademyQuery<Page<ConversationView>>, IPaged;

internal sealed class ListConversationsValidator : AbstractValidator<ListConversations>
{
    public ListConversationsValidator() => this.RulesForPaging();
}

internal sealed class ListConversationsHandler(IQuerySession session, IActor actor) : IRequestHandler<ListConversations, Result<Page<ConversationView>>>
{
    public async Task<Result<Page<ConversationView>>> Handle(ListConversations request, CancellationToken cancellationToken)
    {
        var mine = session.Query<Conversation>().Where(c => c.StudentId == actor.Id);
        mine = request.AttemptId is { } attempt ? mine.Where(c => c.AttemptId == attempt) : mine;
        return await mine.ToPage(request, ConversationView.Of, cancellationToken);
    }
}

internal sealed class ListConversationsEndpoint(IDoor door) : DoorEndpoint<ListConversations, Page<ConversationView>>(door)
{
    public override void Configure() => Describe("GET", "conversations", "The caller's conversations, newest first");
}
