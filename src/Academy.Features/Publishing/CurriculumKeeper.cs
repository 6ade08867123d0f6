using System.ComponentModel.DataAnnotations;
using Academy.Features.Searching;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Academy.Features.Publishing;

public sealed class PublishingOptions
{
    /// <summary>Whether an edit of the folder goes into use by itself, once it is free of mistakes.</summary>
    public bool Watch { get; set; } = true;

    /// <summary>How often to look at the folder, and whether another process has put a newer edition into use; 1 s to 1 h.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>
/// Publishes the curriculum at the start, and puts a newer edition into use when the folder has changed or another process has done so.
/// An edition with mistakes is refused, said in the log and by the API, and what was in use stays.
/// </summary>
public sealed class CurriculumKeeper(
    CurriculumShelf shelf, Contents contents, SearchIndex index, IDoor door, NpgsqlDataSource postgres, PublishingOptions options, TimeProvider clock,
    ILogger<CurriculumKeeper> logger) : BackgroundService
{
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await Publish(shelf.Now, cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <summary>Makes an edition what is found and kept, here and for every other process.</summary>
    public async Task Publish(Edition edition, CancellationToken ct)
    {
        await contents.Keep(edition, ct);
        await index.Fill(edition, ct);
        await using var use = postgres.CreateCommand(
            $"insert into {AcademyStore.Schema}.{PublishingTables.Editions} (hash, used_at) values ($1, clock_timestamp()) on conflict (hash) do update set used_at = excluded.used_at");
        use.Parameters.Add(new NpgsqlParameter<string> { TypedValue = edition.Hash });
        await use.ExecuteNonQueryAsync(ct);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (seen, known) = (Fingerprint(), shelf.Now.Hash);
        using var timer = new PeriodicTimer(options.LookEvery, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                var (now, latest) = (Fingerprint(), await Latest(stoppingToken));
                if ((options.Watch && now != seen) || (latest != known && latest != shelf.Now.Hash))
                {
                    await Look(stoppingToken);
                }

                (seen, known) = (now, latest);
            }
            catch (Exception trouble) when (trouble is not OperationCanceledException)
            {
                // A database or a folder that is away for a while must not end the program; the next look finds what this one missed.
                logger.LogWarning("Could not look for a newer curriculum: {Trouble}", trouble.Message);
            }
        }
    }

    // Through the door, like everybody: it validates, publishes and records.
    private async Task Look(CancellationToken ct)
    {
        var reply = await door.Send(new ReloadCurriculum(), Actor.System(Actor.DefaultTenant), ct);
        if (reply.Refusal is { } refusal)
        {
            logger.LogWarning(
                "The curriculum was changed and is not taken: {Refusal}\n  {Problems}", refusal.Message, string.Join("\n  ", refusal.Fields.Select(f => $"{f.Field}: {f.Message}")));
        }
    }

    private async Task<string?> Latest(CancellationToken ct)
    {
        await using var ask = postgres.CreateCommand($"select hash from {AcademyStore.Schema}.{PublishingTables.Editions} order by used_at desc limit 1");
        return await ask.ExecuteScalarAsync(ct) as string;
    }

    // Names, sizes and times: cheap enough to look at every few seconds. What it says is only that it is worth reading.
    private string Fingerprint() => Directory.Exists(shelf.Folder)
        ? Edition.HashOf(new DirectoryInfo(shelf.Folder).EnumerateFiles("*", SearchOption.AllDirectories)
            .Select(f => (f.FullName, f.Length, f.LastWriteTimeUtc.Ticks)).OrderBy(f => f.FullName, StringComparer.Ordinal).Select(f => $"{f}"))
        : "";
}
