using System.Text.Json;
using Academy.Clusters;
using Academy.Curriculum;
using Academy.Diagnosis;
using Academy.Domain.Clusters;
using Academy.Features.Door.Sealing;
using Academy.Features.Provisioning;

namespace Academy.Features.Connecting;

/// <summary>Reads a student's cluster, whatever kind it is. Only its owner does; trouble with the cluster is a refusal.</summary>
public sealed class ClusterAccess(
    IDocumentSession session, IActor actor, PersonKeys keys, IClusterReader reader, RecordingCache recordings, EnvironmentAccess environments, Catalog catalog, ClustersOptions options)
{
    /// <param name="ns">Null: everything that can be read.</param>
    /// <param name="objectsRead">Called when the objects of a live cluster are there and its logs are still being read.</param>
    public async Task<Result<ClusterSnapshot>> Read(Guid id, string? ns, CancellationToken ct, Action<ClusterSnapshot>? objectsRead = null)
    {
        if (await session.LoadAsync<Cluster>(id, ct) is not { Removed: false } cluster || cluster.OwnerId != actor.Id)
        {
            return Refusals.NotFound<Cluster>(id);
        }

        try
        {
            if (cluster.Kind == ClusterKind.Classroom)
            {
                var place = await environments.Enter(cluster.Id, ns, ct);
                return place.Value is { } within ? await reader.ReadAsync(new ClusterSource.Live(within.Connection), within.Namespace, objectsRead, ct) : place.Refusal!;
            }

            return await Source(cluster, ct) is { } source
                ? await reader.ReadAsync(source, ns, objectsRead, ct)
                : new Refusal(RefusalKind.Conflict, "cluster.no-snapshot", "Nothing was uploaded for this cluster yet.");
        }
        catch (ClusterReadException trouble)
        {
            return new Refusal(RefusalKind.Unavailable, trouble.Code, trouble.Message);
        }
    }

    /// <summary>How to ask the services of a cluster; null for a recording, which nobody can ask, and for what is not the caller's.</summary>
    public async Task<Reached?> Reach(Guid id, string ns, CancellationToken ct)
    {
        if (await session.LoadAsync<Cluster>(id, ct) is not { Removed: false } cluster || cluster.OwnerId != actor.Id)
        {
            return null;
        }

        return cluster.Kind switch
        {
            ClusterKind.Classroom => (await environments.Enter(cluster.Id, ns, ct)).Value is { } place ? new Reached(place.Connection, place.Namespace) : null,
            ClusterKind.Live => await Connection(cluster, ct) is { } connection ? new Reached(connection, ns) : null,
            _ => null,
        };
    }

    /// <summary>Whether a cluster shows the recording of a lab after all of its steps.</summary>
    public async Task<bool> ShowsSolution(Guid id, string labId, CancellationToken ct) =>
        await session.LoadAsync<Cluster>(id, ct) is { Removed: false, Repaired: true, PracticeId: { } practice } cluster
        && cluster.OwnerId == actor.Id && catalog.FindPracticeCluster(practice)?.LabId == labId;

    private async Task<ClusterSource?> Source(Cluster cluster, CancellationToken ct) => cluster.Kind switch
    {
        ClusterKind.Live => await Connection(cluster, ct) is { } connection ? new ClusterSource.Live(connection) : null,
        ClusterKind.Snapshot => await Recording(cluster, ct) is { } snapshot ? new ClusterSource.Recorded(snapshot) : null,
        _ => await Practice(cluster) is { } practice ? new ClusterSource.Recorded(practice) : null,
    };

    private async Task<ClusterConnection?> Connection(Cluster cluster, CancellationToken ct) =>
        await session.LoadAsync<ClusterCredentials>(cluster.Id, ct) is { } sealedOnes && await keys.Unseal(cluster.OwnerId, sealedOnes.Cipher, ct) is { } plain
            ? JsonSerializer.Deserialize<ClusterConnection>(plain)
            : null;

    private async Task<ClusterSnapshot?> Recording(Cluster cluster, CancellationToken ct) =>
        await session.LoadAsync<ClusterRecording>(cluster.Id, ct) is { } recording
            ? await recordings.Get($"{actor.Tenant} {cluster.Id} {recording.Sha256}", async () =>
                await keys.Unseal(cluster.OwnerId, recording.Cipher, ct) is { } plain ? RecordingFormat.Read(plain) : null)
            : null;

    private async Task<ClusterSnapshot?> Practice(Cluster cluster) =>
        cluster.PracticeId is { } id && catalog.FindPracticeCluster(id) is { } practice
            ? await recordings.Folder(cluster.Repaired && practice.RepairedPath is { } repaired ? repaired : practice.BrokenPath, options)
            : null;
}

/// <summary>A cluster that can be asked, and the namespace to ask in.</summary>
public sealed record Reached(ClusterConnection Connection, string Namespace);
