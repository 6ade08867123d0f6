using Academy.Curriculum;
using Academy.Domain.Attempts;
using Academy.Features.Connecting;

namespace Academy.Features.Attempting;

/// <summary>Looks at the cluster and records what was seen of every step.</summary>
[Audience(Roles.Student)]
public sealed record CheckWork(Guid AttemptId) : IAcademyCommand<AttemptView>;

internal sealed class CheckWorkHandler(IDocumentSession session, IActor actor, Catalog catalog, ClusterAccess clusters, TimeProvider clock)
    : IRequestHandler<CheckWork, Result<AttemptView>>
{
    public async Task<Result<AttemptView>> Handle(CheckWork request, CancellationToken cancellationToken)
    {
        var found = await session.LoadAsync<AttemptView>(request.AttemptId, cancellationToken);
        if (found is not { } view || view.StudentId != actor.Id)
        {
            return Refusals.NotFound<Attempt>(request.AttemptId);
        }

        if (catalog.FindLab(view.LabId) is not { } lab)
        {
            return Refusals.NotFound<Lab>(view.LabId);
        }

        var cluster = await clusters.Read(view.ClusterId, view.Namespace, cancellationToken);
        if (cluster.Refusal is { } refusal)
        {
            return refusal;
        }

        var seen = LabChecker.Check(lab, cluster.Value!, view.Namespace, cancellationToken).Steps
            .Select(s => new StepObservation(
                s.StepId, s.Passed, [.. s.Checks.Select(c => new CheckObservation(c.CheckId, c.Title, c.Passed, c.Points, c.MaxPoints, c.Observed))]))
            .ToList();
        return await session.DecideView(request.AttemptId, actor, view, a => a.Check(seen, clock.GetUtcNow()), cancellationToken);
    }
}

internal sealed class CheckWorkEndpoint(IDoor door) : DoorEndpoint<CheckWork, AttemptView>(door)
{
    public override void Configure() => Describe("POST", "attempts/{attemptId}/checks", "Checks the work of an attempt on its cluster");
}
