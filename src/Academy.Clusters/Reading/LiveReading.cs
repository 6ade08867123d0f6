using System.Net;
using Academy.Clusters.Discovering;
using Academy.Clusters.Normalising;
using Academy.Diagnosis;
using k8s;

namespace Academy.Clusters.Reading;

/// <summary>One reading of one live cluster.</summary>
internal static class LiveReading
{
    public static async Task<ClusterSnapshot> ReadAsync(Kubernetes client, string? ns, Action<ClusterSnapshot>? objectsRead, ClustersOptions options, TimeProvider clock, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.ReadTimeout);
        using var api = new ApiRequests(client, options);
        try
        {
            var (kinds, leftOut) = await new Discovery(api, options).FindAsync(limit.Token);
            var lists = new ListReader(api, options);
            var listed = await FirstFailure.WhenAll(kinds.Select(k => lists.ReadAsync(k, ns, limit.Token)), limit);
            RequireSomething(listed);
            var objects = listed.SelectMany(l => l.Objects ?? []).ToList();
            var takenAt = clock.GetUtcNow();

            // A kind that is not there any more (404: its definition was just deleted) has no objects; nothing is withheld.
            string[] unreadable = [.. listed.Where(l => l.Objects is null && l.Status != HttpStatusCode.NotFound).Select(l => l.Kind.Kind), .. leftOut];
            var reading = new LogReader(api, options).ReadAsync(LogChoice.Of(objects, options), limit.Token);
            try
            {
                objectsRead?.Invoke(SnapshotNormal.Of(objects, [], takenAt, unreadable, options));
            }
            finally
            {
                await reading.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            }

            var (logs, forbidden) = await reading;
            return SnapshotNormal.Of(objects, logs, takenAt, [.. unreadable, .. forbidden ? ["PodLog"] : Array.Empty<string>()], options);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new ClusterReadException("cluster.timeout", $"The server did not answer everything within {options.ReadTimeout.TotalSeconds:0} seconds.", e);
        }
    }

    private static void RequireSomething(IReadOnlyList<ListedKind> listed)
    {
        if (listed.Any(l => l.Objects is not null))
        {
            return;
        }

        throw listed.Any(l => l.Status == HttpStatusCode.Forbidden)
            ? new ClusterReadException("cluster.forbidden", "The credentials may read nothing there. They need get and list on the namespace, for example by the role 'view'.")
            : new ClusterReadException("cluster.unreachable", $"The server answers, but with errors only ({string.Join(", ", listed.Select(l => (int)l.Status).Distinct().Order())}).");
    }
}
