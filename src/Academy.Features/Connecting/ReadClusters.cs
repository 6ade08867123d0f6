using Academy.Domain.Clusters;
using Academy.Domain.Environments;

namespace Academy.Features.Connecting;

/// <summary>The caller's own clusters.</summary>
[Audience(Roles.Student)]
public sealed record ListClusters(ClusterKind? Kind = null, string? Cursor = null, int? Limit = null) : IAcademyQuery<Page<ClusterView>>, IPaged;

internal sealed class ListClustersValidator : AbstractValidator<ListClusters>
{
    public ListClustersValidator() => this.RulesForPaging();
}

internal sealed class ListClustersHandler(IQuerySession session, IActor actor) : IRequestHandler<ListClusters, Result<Page<ClusterView>>>
{
    public async Task<Result<Page<ClusterView>>> Handle(ListClusters request, CancellationToken cancellationToken)
    {
        var mine = session.Query<Cluster>().Where(c => c.OwnerId == actor.Id && !c.Removed);
        mine = request.Kind is { } kind ? mine.Where(c => c.Kind == kind) : mine;
        return await mine.ToPage(request, ClusterView.Of, cancellationToken);
    }
}

internal sealed class ListClustersEndpoint(IDoor door) : DoorEndpoint<ListClusters, Page<ClusterView>>(door)
{
    public override void Configure() => Describe("GET", "clusters", "The caller's clusters, newest first");
}

[Audience(Roles.Student)]
public sealed record GetCluster(Guid ClusterId) : IAcademyQuery<ClusterView>;

internal sealed class GetClusterHandler(IQuerySession session, IActor actor) : IRequestHandler<GetCluster, Result<ClusterView>>
{
    public async Task<Result<ClusterView>> Handle(GetCluster request, CancellationToken cancellationToken) =>
        await session.LoadAsync<Cluster>(request.ClusterId, cancellationToken) is { Removed: false } mine && mine.OwnerId == actor.Id
            ? ClusterView.Of(mine)
            : Refusals.NotFound<Cluster>(request.ClusterId);
}

internal sealed class GetClusterEndpoint(IDoor door) : DoorEndpoint<GetCluster, ClusterView>(door)
{
    public override void Configure() => Describe("GET", "clusters/{clusterId}", "One of the caller's clusters; its credentials are never shown");
}

/// <summary>Forgets a cluster: its credentials and recordings are deleted.</summary>
[Audience(Roles.Student)]
public sealed record RemoveCluster(Guid ClusterId) : IAcademyCommand<Done>;

internal sealed class RemoveClusterHandler(IDocumentSession session, IActor actor, TimeProvider clock) : IRequestHandler<RemoveCluster, Result<Done>>
{
    public async Task<Result<Done>> Handle(RemoveCluster request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<Cluster>(request.ClusterId, cancellationToken) is not { } mine || mine.OwnerId != actor.Id)
        {
            return Refusals.NotFound<Cluster>(request.ClusterId);
        }

        if (mine.Kind == ClusterKind.Classroom && await session.LoadAsync<AttemptEnvironment>(mine.Id, cancellationToken) is { Remains: true })
        {
            return new Refusal(RefusalKind.Conflict, "cluster.in-use", "This is the environment of an attempt. End the environment first.");
        }

        session.Delete<ClusterCredentials>(mine.Id);
        session.Delete<ClusterRecording>(mine.Id);
        return await session.Decide<Cluster>(mine.Id, actor, c => c.Remove(clock.GetUtcNow()), cancellationToken);
    }
}

internal sealed class RemoveClusterEndpoint(IDoor door) : DoorEndpoint<RemoveCluster, Done>(door)
{
    public override void Configure() => Describe("DELETE", "clusters/{clusterId}", "Forgets a cluster with its credentials and recordings");
}
