using Academy.Domain.Classrooms;
using Academy.Domain.Clusters;

namespace Academy.Features.Provisioning;

/// <summary>For an attempt that is to be worked on in a classroom: the cluster it sees. The environment itself is requested apart.</summary>
internal static class ClassroomPlaces
{
    public static async Task<Result<Cluster>> TakePlace(this IDocumentSession session, IActor actor, Guid attempt, string title, TimeProvider clock, CancellationToken ct)
    {
        if (!await session.Query<Classroom>().AnyAsync(c => !c.Removed, ct))
        {
            return new Refusal(RefusalKind.Conflict, "attempt.no-cluster", "There is no classroom here. Name a cluster of yours, a snapshot or a practice cluster.");
        }

        var registered = new ClusterRegistered(EnvironmentNames.Environment(attempt), actor.Id, ClusterKind.Classroom, title, null, clock.GetUtcNow());
        session.Events.StartStream<Cluster>(registered.ClusterId, registered);
        return Cluster.Fold(null, registered)!;
    }
}
