using System.Text.Json;
using Academy.Clusters;
using Academy.Curriculum;
using Academy.Diagnosis;
using Academy.Features.Connecting;
using Academy.Features.Conversing;
using Academy.Features.Door;
using Academy.Features.Http;
using Academy.Features.Storing;

namespace Academy.Host.Setup;

/// <summary>
/// Walks the way of a question once after the start, on recordings that ship, so that the first student does not wait for the compiler:
/// without it the first finding took 1.4 s instead of 0.3 s. It writes nothing, and its failure hurts nobody.
/// </summary>
internal sealed class WarmUp(
    IHostApplicationLifetime lifetime, Catalog catalog, RecordingCache recordings, IClusterReader reader, ClustersOptions options, IDoor door, ILogger<WarmUp> logger)
    : BackgroundService
{
    private const int Recordings = 3;

    // What a start itself has to do comes first.
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        await Task.Delay(Pause, stoppingToken);
        try
        {
            await door.Send(new ReadReply(Ids.From("nothing"), 0), Actor.System(Actor.DefaultTenant), stoppingToken);
            foreach (var practice in catalog.PracticeClusters.OrderByDescending(p => p.LabId is not null).Take(Recordings))
            {
                await Walk(practice, stoppingToken);
            }
        }
        catch (Exception trouble) when (trouble is not OperationCanceledException)
        {
            logger.LogDebug(trouble, "Warming up ended early");
        }
    }

    private async Task Walk(PracticeCluster practice, CancellationToken ct)
    {
        var recording = await recordings.Folder(practice.BrokenPath, options);
        var cluster = await reader.ReadAsync(new ClusterSource.Recorded(recording), practice.Namespace, ct);
        foreach (var cause in Diagnoser.Diagnose(cluster, practice.Namespace, ct).RootCauses)
        {
            JsonSerializer.Serialize<ReplyPiece>(new FindingShown(cause), ApiJson.Options);
        }

        if (practice.LabId is { } id && catalog.FindLab(id) is { } lab)
        {
            LabChecker.Check(lab, cluster, practice.Namespace, ct);
        }
    }
}
