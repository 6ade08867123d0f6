using Academy.Curriculum;
using Academy.Domain.Attempts;
using Academy.Domain.Clusters;
using Academy.Features.Connecting;
using Academy.Features.Provisioning;

namespace Academy.Features.Attempting;

/// <param name="ClusterId">One of the student's; a place in a classroom of the organisation where it is not given.</param>
/// <param name="Namespace">Where the student works; the lab's own where it is not given. In a classroom it is given to the student.</param>
[Audience(Roles.Student)]
public sealed record StartAttempt(string LabId, Guid? ClusterId = null, string? Namespace = null) : IAcademyCommand<AttemptView>;

internal sealed class StartAttemptValidator : AbstractValidator<StartAttempt>
{
    public StartAttemptValidator()
    {
        RuleFor(c => c.Namespace).MustBeNamespace();
        RuleFor(c => c.Namespace).Null().When(c => c.ClusterId is null).WithMessage("In a classroom the namespace is given to you.");
    }
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

        var attempt = Guid.CreateVersion7(clock.GetUtcNow());
        var found = request.ClusterId is { } id
            ? await Own(id, cancellationToken)
            : await session.TakePlace(actor, attempt, lab.Title, clock, cancellationToken);
        if (found.Value is not { } cluster)
        {
            return found.Refusal!;
        }

        var ns = cluster.Kind == ClusterKind.Classroom ? EnvironmentNames.Namespace(attempt) : request.Namespace ?? catalog.NamespaceOf(cluster) ?? lab.Namespace;
        var started = new AttemptStarted(
            attempt, actor.Id, lab.Id, lab.Version, cluster.Id, ns,
            [.. lab.Steps.Select(s => s.Id)], lab.Hints.MaxRung, clock.GetUtcNow());
        session.Events.StartStream<Attempt>(started.AttemptId, started);
        return AttemptView.Fold(null, started)!;
    }

    // A place in a classroom is another attempt's, and stays with it.
    private async Task<Result<Cluster>> Own(Guid id, CancellationToken ct) =>
        await session.LoadAsync<Cluster>(id, ct) is { Removed: false, Kind: not ClusterKind.Classroom } cluster && cluster.OwnerId == actor.Id
            ? cluster
            : Refusals.NotFound<Cluster>(id);
}

internal sealed class StartAttemptEndpoint(IDoor door) : DoorEndpoint<StartAttempt, AttemptView>(door)
{
    public override void Configure() => Describe("POST", "attempts", "A student starts a lab on a cluster");
}
