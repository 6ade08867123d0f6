using Academy.Clusters;
using Academy.Clusters.Classrooms;
using Academy.Domain.Environments;
using Microsoft.Extensions.Logging;

namespace Academy.Features.Provisioning;

/// <summary>
/// Removes from a classroom what has the labels of this Academy and this organisation and belongs to no environment that remains: a
/// process that was long held up may have made it after its environment was gone. Nothing else is touched.
/// </summary>
[Audience(Actor.SystemRole)]
public sealed record SweepClassroom(Guid ClassroomId) : IAcademyCommand<Done>;

internal sealed partial class SweepClassroomHandler(IDocumentSession session, IActor actor, ClassroomAccess classrooms, EnvironmentsOptions options, ILogger<SweepClassroomHandler> log)
    : IRequestHandler<SweepClassroom, Result<Done>>
{
    public async Task<Result<Done>> Handle(SweepClassroom request, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(options.WorkTimeout);
        try
        {
            using var room = await classrooms.Open(request.ClassroomId, cancellationToken);
            if (room is null)
            {
                return Done.Instance;
            }

            foreach (var item in await EnvironmentRemover.ListAsync(room.Server, classrooms.Owner, limit.Token))
            {
                // Looked up after the list: an environment is recorded before anything of it is made. Which classroom it is on is not asked:
                // one cluster may be two classrooms, and what remains on either stays.
                var known = await session.LoadAsync<AttemptEnvironment>(item.EnvironmentId, cancellationToken);
                if (!item.Leaving && !(known is { Remains: true } && known.Namespace == item.Name))
                {
                    await EnvironmentRemover.DeleteAsync(room.Server, item, limit.Token);
                    Swept(item.Path, actor.Tenant);
                }
            }

            return Done.Instance;
        }
        catch (Exception trouble) when (trouble is ClusterReadException or ClassroomException || (trouble is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return new Refusal(RefusalKind.Unavailable, (trouble as ClusterReadException)?.Code ?? "classroom.sweep", trouble.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Removed {Path} from a classroom of {Tenant}: it has no environment any more")]
    private partial void Swept(string path, string tenant);
}
