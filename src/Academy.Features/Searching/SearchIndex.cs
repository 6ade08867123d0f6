using Academy.Curriculum;
using Academy.Features.Learning;
using Academy.Features.Publishing;
using Npgsql;
using NpgsqlTypes;

namespace Academy.Features.Searching;

/// <summary>What there is to find of an edition: never an answer, a hint or a solution.</summary>
/// <param name="Id">As an address has it: of a lesson and a quiz <c>course/topic</c>.</param>
internal sealed record SearchText(string Kind, string Id, string Title, string Summary, string Body, string? Course, string? Level, IReadOnlyList<string> Skills)
{
    public static IEnumerable<SearchText> Of(Catalog catalog)
    {
        foreach (var course in catalog.Courses)
        {
            yield return new("course", course.Id, course.Title, course.Summary, string.Join('\n', course.Modules.Select(m => m.Title)), course.Id, null, []);
            foreach (var topic in course.Modules.SelectMany(m => m.Topics))
            {
                var place = $"{course.Id}/{topic.Id}";
                yield return new("topic", place, topic.Title, topic.Summary, topic.Lesson ?? "", course.Id, null, catalog.SkillsOf(topic));
                if (topic.Quiz is { } quiz)
                {
                    yield return new("quiz", place, quiz.Title, topic.Title, "", course.Id, null, [.. quiz.Questions.SelectMany(q => q.Skills).Distinct()]);
                }
            }
        }

        foreach (var lab in catalog.Labs)
        {
            var steps = lab.Steps.SelectMany(s => s.Checks.Select(c => c.Title).Prepend(s.Instructions).Prepend(s.Title));
            yield return new("lab", lab.Id, lab.Title, lab.Summary, string.Join('\n', [.. lab.Objectives, lab.Instructions, .. steps]), null, lab.Level, lab.Skills);
        }

        foreach (var exercise in catalog.Exercises)
        {
            yield return new("exercise", exercise.Id, exercise.Title, exercise.Summary, exercise.Brief, null, exercise.Level, exercise.Skills);
        }

        foreach (var path in catalog.Paths)
        {
            yield return new("path", path.Id, path.Title, path.Summary, string.Join('\n', [path.Audience, .. path.Outcome]), null, null, []);
        }

        foreach (var skill in catalog.Skills)
        {
            yield return new("skill", skill.Id, skill.Title, skill.Description, skill.Area, null, null, [skill.Id]);
        }
    }

    public static IReadOnlyList<string> Kinds { get; } = ["course", "topic", "quiz", "lab", "exercise", "path", "skill"];
}

/// <summary>
/// PostgreSQL's full text search over the curriculum. Titles weigh most, then summaries, then texts. Each edition has rows of its own,
/// so that processes with different editions, as during a rollout, find their own.
/// </summary>
public sealed class SearchIndex(NpgsqlDataSource postgres)
{
    private const string Table = $"{AcademyStore.Schema}.{PublishingTables.Texts}";
    private const int EditionsKept = 4;

    // PostgreSQL takes at most 1 MiB of words for one text.
    private const int LongestBody = 200_000;

    public async Task Fill(Edition edition, CancellationToken ct)
    {
        await using var connection = await postgres.OpenConnectionAsync(ct);
        await using var ask = new NpgsqlCommand($"select exists (select from {Table} where edition = $1)", connection);
        ask.Parameters.Add(new NpgsqlParameter<string> { TypedValue = edition.Hash });
        if (await ask.ExecuteScalarAsync(ct) is true)
        {
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync(ct);
        foreach (var text in SearchText.Of(edition.Catalog))
        {
            await using var insert = new NpgsqlCommand(
                $"""
                insert into {Table} (edition, kind, id, title, summary, body, course, level, skills, words)
                values ($1, $2, $3, $4, $5, $6, $7, $8, $9,
                    setweight(to_tsvector('english', $4), 'A') || setweight(to_tsvector('english', $5), 'B') || setweight(to_tsvector('english', $6), 'D'))
                on conflict do nothing
                """,
                connection, transaction);
            var body = text.Body.Replace("\0", "", StringComparison.Ordinal);
            foreach (var value in new[] { edition.Hash, text.Kind, text.Id, text.Title, text.Summary, body[..Math.Min(body.Length, LongestBody)], text.Course, text.Level })
            {
                insert.Parameters.Add(new NpgsqlParameter { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
            }

            insert.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. text.Skills] });
            await insert.ExecuteNonQueryAsync(ct);
        }

        await using var forget = new NpgsqlCommand(
            $"""
            delete from {Table} where edition <> $1 and edition not in (
                select hash from {AcademyStore.Schema}.{PublishingTables.Editions} order by used_at desc limit {EditionsKept})
            """,
            connection, transaction);
        forget.Parameters.Add(new NpgsqlParameter<string> { TypedValue = edition.Hash });
        await forget.ExecuteNonQueryAsync(ct);
        await transaction.CommitAsync(ct);
    }
}
