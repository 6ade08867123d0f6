using Academy.Clusters;
using Academy.Clusters.Classrooms;
using Academy.Domain.Environments;

namespace Academy.Features.Provisioning;

/// <summary>An environment as its student reaches it.</summary>
public sealed record EnteredEnvironment(ClusterConnection Connection, string Namespace);

/// <summary>
/// Looks into environments with a token of their own student that lives some minutes: what RBAC does not let a student see there, nobody
/// sees through Academy either.
/// </summary>
public sealed class EnvironmentAccess(IDocumentSession session, ClassroomAccess classrooms, TimeProvider clock)
{
    /// <param name="ns">Null for the environment's own; there is no other.</param>
    public async Task<Result<EnteredEnvironment>> Enter(Guid environment, string? ns, CancellationToken ct)
    {
        if (await session.LoadAsync<AttemptEnvironment>(environment, ct) is not { } found)
        {
            return new Refusal(RefusalKind.Conflict, "environment.not-requested", "There is no environment yet: request one for the attempt.");
        }

        if (found.Usable(clock.GetUtcNow()) is { Refusal: { } refusal })
        {
            return refusal with { RetryAfter = found.Status == EnvironmentStatus.Requested ? TimeSpan.FromSeconds(5) : null };
        }

        if (ns is not null && ns != found.Namespace)
        {
            return Refusals.NotFound("namespace", ns);
        }

        using var room = await classrooms.Open(found.ClassroomId, ct);
        if (room is null)
        {
            return new Refusal(RefusalKind.Unavailable, "environment.no-classroom", "The classroom of this environment is not open to Academy any more.");
        }

        try
        {
            var token = await StudentTokens.RequestAsync(room.Server, found.Namespace, StudentTokens.Shortest, ct);
            return new EnteredEnvironment(StudentTokens.Connection(room.Connection, found.Namespace, token), found.Namespace);
        }
        catch (ClusterReadException trouble)
        {
            return new Refusal(RefusalKind.Unavailable, trouble.Code, trouble.Message);
        }
        catch (ClassroomException trouble)
        {
            return new Refusal(RefusalKind.Unavailable, trouble.Code, trouble.Message);
        }
    }
}
