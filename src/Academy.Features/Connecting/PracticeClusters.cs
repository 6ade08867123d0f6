using Academy.Curriculum;
using Academy.Domain.Clusters;

namespace Academy.Features.Connecting;

internal static class PracticeNamespaces
{
    /// <summary>Where a practice cluster's story takes place; null for other clusters.</summary>
    public static string? NamespaceOf(this Catalog catalog, Cluster? cluster) =>
        cluster?.PracticeId is { } id ? catalog.FindPracticeCluster(id)?.Namespace : null;
}

/// <summary>Takes a recorded cluster of the curriculum to practise on.</summary>
[Audience(Roles.Student)]
public sealed record UsePracticeCluster(string PracticeId) : IAcademyCommand<ClusterView>;

internal sealed class UsePracticeClusterHandler(IDocumentSession session, IActor actor, Catalog catalog, TimeProvider clock)
    : IRequestHandler<UsePracticeCluster, Result<ClusterView>>
{
    public Task<Result<ClusterView>> Handle(UsePracticeCluster request, CancellationToken cancellationToken) => Task.FromResult<Result<ClusterView>>(
        catalog.FindPracticeCluster(request.PracticeId) is { } practice
            ? session.Register(actor, ClusterKind.Practice, practice.Title, practice.Id, clock)
            : Refusals.NotFound("practice-cluster", request.PracticeId));
}

internal sealed class UsePracticeClusterEndpoint(IDoor door) : DoorEndpoint<UsePracticeCluster, ClusterView>(door)
{
    public override void Configure() => Describe("POST", "clusters/practice", "A student takes a practice cluster");
}

/// <summary>Shows the practice cluster as it is after the repair.</summary>
[Audience(Roles.Student)]
public sealed record RepairPracticeCluster(Guid ClusterId) : IAcademyCommand<ClusterView>;

internal sealed class RepairPracticeClusterHandler(IDocumentSession session, IActor actor, Catalog catalog, TimeProvider clock)
    : IRequestHandler<RepairPracticeCluster, Result<ClusterView>>
{
    public async Task<Result<ClusterView>> Handle(RepairPracticeCluster request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<Cluster>(request.ClusterId, cancellationToken) is not { Removed: false } mine || mine.OwnerId != actor.Id)
        {
            return Refusals.NotFound<Cluster>(request.ClusterId);
        }

        return mine.PracticeId is { } id && catalog.FindPracticeCluster(id) is { RepairedPath: null }
            ? new Refusal(RefusalKind.Conflict, "cluster.no-repair", "There is no recording of this cluster after its repair.")
            : await session.Decide<Cluster, ClusterView>(request.ClusterId, actor, c => c.Repair(clock.GetUtcNow()), ClusterView.Of, cancellationToken);
    }
}

internal sealed class RepairPracticeClusterEndpoint(IDoor door) : DoorEndpoint<RepairPracticeCluster, ClusterView>(door)
{
    public override void Configure() => Describe("POST", "clusters/{clusterId}/repair", "Shows a practice cluster as it is after the repair");
}
