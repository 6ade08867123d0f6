using Academy.Features.Publishing;
using Npgsql;
using NpgsqlTypes;

namespace Academy.Features.Searching;

/// <summary>Finds courses, topics, quizzes, labs, exercises, paths and skills by their words.</summary>
/// <param name="Q">Words; <c>"in this order"</c>, <c>or</c> and <c>-without</c> are understood, and nothing is a mistake.</param>
/// <param name="Kind">One of course, topic, quiz, lab, exercise, path, skill.</param>
/// <param name="Limit">1 to 50; 20 where it is not given.</param>
[Audience]
public sealed record SearchCurriculum(string Q, string? Kind = null, string? Level = null, string? Skill = null, string? CourseId = null, int? Limit = null)
    : IAcademyQuery<SearchResults>;

/// <summary>Best first.</summary>
public sealed record SearchResults(IReadOnlyList<SearchHit> Items);

/// <param name="Id">Of a topic and a quiz <c>course/topic</c>.</param>
/// <param name="Rank">0 to 1; for comparing within one answer.</param>
/// <param name="Snippet">Pieces of the text as the author wrote it, those that match being marked. Plain text: nothing in it is HTML.</param>
public sealed record SearchHit(string Kind, string Id, string Title, string Summary, string? Level, IReadOnlyList<string> Skills, double Rank, IReadOnlyList<SnippetPart> Snippet);

public sealed record SnippetPart(string Text, bool Match);

internal sealed class SearchCurriculumValidator : AbstractValidator<SearchCurriculum>
{
    public SearchCurriculumValidator()
    {
        RuleFor(q => q.Q).NotEmpty().MaximumLength(200);
        RuleFor(q => q.Kind).Must(k => k is null || SearchText.Kinds.Contains(k)).WithMessage($"One of {string.Join(", ", SearchText.Kinds)}.");
        RuleFor(q => q.Limit).InclusiveBetween(1, 50);
        RuleFor(q => q.Level).MaximumLength(100);
        RuleFor(q => q.Skill).MaximumLength(100);
        RuleFor(q => q.CourseId).MaximumLength(100);
    }
}

internal sealed class SearchCurriculumHandler(NpgsqlDataSource postgres, CurriculumShelf shelf) : IRequestHandler<SearchCurriculum, Result<SearchResults>>
{
    private const int Usual = 20;

    // Characters that no author's text has: of the private use area.
    private const char Start = '\uE000';
    private const char Stop = '\uE001';

    public async Task<Result<SearchResults>> Handle(SearchCurriculum request, CancellationToken cancellationToken)
    {
        // The headline is made for the rows that are shown and for no others: it is what costs.
        await using var command = postgres.CreateCommand(
            $"""
            select kind, id, title, summary, level, skills, rank,
                ts_headline('english', case when body = '' then summary else body end, query,
                    'StartSel={Start},StopSel={Stop},MaxFragments=2,MinWords=8,MaxWords=30,FragmentDelimiter=" … "')
            from (
                select t.*, query, ts_rank_cd(words, query, 32) as rank
                from {AcademyStore.Schema}.{PublishingTables.Texts} t, websearch_to_tsquery('english', $2) query
                where edition = $1 and words @@ query
                    and ($3::text is null or kind = $3) and ($4::text is null or level = $4) and ($5::text is null or $5 = any(skills)) and ($6::text is null or course = $6)
                order by rank desc, kind, id
                limit $7) best
            order by rank desc, kind, id
            """);
        foreach (var value in new[] { shelf.Now.Hash, request.Q, request.Kind, request.Level, request.Skill, request.CourseId })
        {
            command.Parameters.Add(new NpgsqlParameter { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        }

        command.Parameters.Add(new NpgsqlParameter<int> { TypedValue = request.Limit ?? Usual });
        var hits = new List<SearchHit>();
        await using var rows = await command.ExecuteReaderAsync(cancellationToken);
        while (await rows.ReadAsync(cancellationToken))
        {
            hits.Add(new SearchHit(
                rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetString(3), rows.IsDBNull(4) ? null : rows.GetString(4),
                rows.GetFieldValue<string[]>(5), Math.Round(rows.GetFloat(6), 4), [.. Parts(rows.GetString(7))]));
        }

        return new SearchResults(hits);
    }

    private static IEnumerable<SnippetPart> Parts(string headline) =>
        from piece in headline.Split(Start).SelectMany((piece, i) => i == 0 ? [(Text: piece, Match: false)] : Marked(piece))
        where piece.Text.Length > 0
        select new SnippetPart(piece.Text, piece.Match);

    private static (string Text, bool Match)[] Marked(string piece) => piece.IndexOf(Stop, StringComparison.Ordinal) is >= 0 and var end
        ? [(piece[..end], true), (piece[(end + 1)..], false)]
        : [(piece, false)];
}

internal sealed class SearchCurriculumEndpoint(IDoor door) : DoorEndpoint<SearchCurriculum, SearchResults>(door)
{
    public override void Configure() => Describe("GET", "search", "Finds courses, topics, quizzes, labs, exercises, paths and skills by their words");
}
