using System.Text.Json;
using Academy.Curriculum;
using Microsoft.Extensions.Caching.Memory;
using Npgsql;
using NpgsqlTypes;

namespace Academy.Features.Publishing;

/// <summary>Contents by their hash: the one in use, or an older one that somebody is still held to.</summary>
public sealed class Contents(CurriculumShelf shelf, NpgsqlDataSource postgres) : IDisposable
{
    private readonly MemoryCache _cache = new(new MemoryCacheOptions { SizeLimit = 128 });

    /// <param name="hash">Null: the one in use. Where an older one cannot be had any more, it is the one in use too.</param>
    public async Task<Lab?> Lab(string id, string? hash, CancellationToken ct) =>
        await Older(Part.Lab, id, hash, body => LabBundle.Unpack(body, id) is { } lab && lab.ContentHash == hash ? lab : null, ct) ?? shelf.Now.Catalog.FindLab(id);

    /// <inheritdoc cref="Lab"/>
    public async Task<Course?> Course(string id, string? hash, CancellationToken ct) =>
        await Older(Part.Course, id, hash, Read<Course>, ct) ?? shelf.Now.Catalog.FindCourse(id);

    /// <inheritdoc cref="Lab"/>
    public async Task<Quiz?> Quiz(string courseId, string topicId, string? hash, CancellationToken ct) =>
        await Older(Part.Quiz, $"{courseId}/{topicId}", hash, Read<Quiz>, ct) ?? shelf.Now.Catalog.FindCourse(courseId)?.FindTopic(topicId)?.Quiz;

    /// <inheritdoc cref="Lab"/>
    public async Task<Exercise?> Exercise(string id, string? hash, CancellationToken ct) =>
        await Older(Part.Exercise, id, hash, Read<Exercise>, ct) ?? shelf.Now.Catalog.FindExercise(id);

    /// <summary>Whether what somebody is held to differs from what is in use.</summary>
    public bool HasChanged(string kind, string id, string? hash) => hash is not null && shelf.Now.HashOf(kind, id) != hash;

    /// <summary>Keeps every part of an edition. What is there already is left alone.</summary>
    public async Task Keep(Edition edition, CancellationToken ct)
    {
        await using var connection = await postgres.OpenConnectionAsync(ct);
        var known = new HashSet<string>();
        await using (var ask = new NpgsqlCommand($"select kind || '/' || id || ' ' || hash from {AcademyStore.Schema}.{PublishingTables.Contents} where hash = any($1)", connection))
        {
            ask.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. edition.Parts.Select(p => p.Hash)] });
            await using var rows = await ask.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct))
            {
                known.Add(rows.GetString(0));
            }
        }

        foreach (var part in edition.Parts.Where(p => !known.Contains(p.ToString())))
        {
            if (Body(edition.Catalog, part) is { } body)
            {
                await using var keep = new NpgsqlCommand($"insert into {AcademyStore.Schema}.{PublishingTables.Contents} (kind, id, hash, body) values ($1, $2, $3, $4) on conflict do nothing", connection)
                {
                    Parameters = { Text(part.Kind), Text(part.Id), Text(part.Hash), new NpgsqlParameter<byte[]> { TypedValue = body, NpgsqlDbType = NpgsqlDbType.Bytea } },
                };
                await keep.ExecuteNonQueryAsync(ct);
            }
        }
    }

    public void Dispose() => _cache.Dispose();

    private byte[]? Body(Catalog catalog, Part part) => part.Kind switch
    {
        Part.Lab => LabBundle.Pack(shelf.Folder, part.Id),
        Part.Course => JsonSerializer.SerializeToUtf8Bytes(catalog.FindCourse(part.Id)),
        Part.Quiz when part.Id.Split('/') is [var course, var topic] => JsonSerializer.SerializeToUtf8Bytes(catalog.FindCourse(course)?.FindTopic(topic)?.Quiz),
        Part.Exercise => JsonSerializer.SerializeToUtf8Bytes(catalog.FindExercise(part.Id)),
        _ => null,
    };

    private async Task<T?> Older<T>(string kind, string id, string? hash, Func<byte[], T?> read, CancellationToken ct)
        where T : class
    {
        if (hash is null || shelf.Now.HashOf(kind, id) == hash)
        {
            return null;
        }

        var key = $"{kind}/{id} {hash}";
        if (_cache.TryGetValue(key, out T? known))
        {
            return known;
        }

        await using var ask = postgres.CreateCommand($"select body from {AcademyStore.Schema}.{PublishingTables.Contents} where kind = $1 and id = $2 and hash = $3");
        ask.Parameters.Add(Text(kind));
        ask.Parameters.Add(Text(id));
        ask.Parameters.Add(Text(hash));
        return await ask.ExecuteScalarAsync(ct) is byte[] body && read(body) is { } found
            ? _cache.Set(key, found, new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromHours(1) })
            : null;
    }

    private static T? Read<T>(byte[] body) => JsonSerializer.Deserialize<T>(body);

    private static NpgsqlParameter<string> Text(string value) => new() { TypedValue = value };
}
