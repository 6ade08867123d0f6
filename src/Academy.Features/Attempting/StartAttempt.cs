using Academy.Curriculum;
using Academy.Domain.Attempts;
using Academy.Domain.Clusters;
using Academy.Features.Connecting;

namespace Academy.Features.Attempting;

/// <param name="Namespace">Where the student works; the lab's own where it is not given.</param>
[Audience(Roles.Student)]
public sealed record StartAttempt(string LabId, Guid ClusterId, string? Namespace = null) : IAcademyCommand<AttemptView>;

internal sealed class StartAttemptValidator : AbstractValidator<StartAttempt>
{
    public StartAttemptValidator() => RuleFor(c => c.Namespace).MustBeNamespace();
}

internal sealed class StartAttemptHandler(IDocumentSession session, IActor actor, Catalog catalog, TimeProvider clock)
    : IRequestHandler<StartAttempt, Result<AttemptView>>
{
    public async Task<Result<AttemptView>> Handle(StartAttempt request, CancellationToken cancellationToken)
    {
        if (catalog.FindLab(request.LabId) is not { } lab)
        {
            return Refusals.NotFound<Lab>(request.LabId);
        }

        if (await session.LoadAsync<Cluster>(request.ClusterId, cancellationToken) is not { Removed: false } cluster || cluster.OwnerId != actor.Id)
        {
            return Refusals.NotFound<Cluster>(request.ClusterId);
        }

        var started = new AttemptStarted(
            Guid.CreateVersion7(clock.GetUtcNow()), actor.Id, lab.Id, lab.Version, cluster.Id, request.Namespace ?? catalog.NamespaceOf(cluster) ?? lab.Namespace,
            [.. lab.Steps.Select(s => s.Id)], lab.Hints.MaxRung, clock.GetUtcNow());
        session.Events.StartStream<Attempt>(started.AttemptId, started);
        return AttemptView.Fold(null, started)!;
    }
}

internal sealed class StartAttemptEndpoint(IDoor door) : DoorEndpoint<StartAttempt, AttemptView>(door)
{
    public override void Configure() => Describe("POST", "attempts", "A student starts a lab on a cluster");
}
