using System.Buffers.Text;
using System.Text;
using Academy.Domain;
using Academy.Features.Door;
using FluentValidation;
using Marten;

namespace Academy.Features.Storing;

/// <summary>One page of a list, newest first.</summary>
/// <param name="Next">Cursor of the next page; null on the last one.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next) : IPage;

public interface IPage
{
    string? Next { get; }
}

/// <summary>A query that gives a list.</summary>
public interface IPaged
{
    /// <summary>Opaque, from the reply before; null for the first page.</summary>
    string? Cursor { get; }

    /// <summary>1 to 100; 20 where it is not given.</summary>
    int? Limit { get; }
}

internal static class Paging
{
    public const int DefaultLimit = 20;
    public const int MaxLimit = 100;

    public static void RulesForPaging<T>(this AbstractValidator<T> validator)
        where T : IPaged
    {
        validator.RuleFor(q => q.Limit).InclusiveBetween(1, MaxLimit);
        validator.RuleFor(q => q.Cursor).Must(c => c is null || Parse(c) is not null).WithMessage("This cursor was not made here. Start again without one.");
    }

    /// <summary>Pages by id, which grows with time (version 7), so that new arrivals move nothing.</summary>
    public static async Task<Page<TView>> ToPage<TDocument, TView>(
        this IQueryable<TDocument> query, IPaged paging, Func<TDocument, TView> view, CancellationToken ct)
        where TDocument : class, IState<TDocument>
    {
        var limit = paging.Limit ?? DefaultLimit;
        if (paging.Cursor is { } cursor && Parse(cursor) is { } after)
        {
            query = query.Where(d => d.Id.CompareTo(after) < 0);
        }

        var rows = await query.OrderByDescending(d => d.Id).Take(limit + 1).ToListAsync(ct);
        return new Page<TView>([.. rows.Take(limit).Select(view)], rows.Count > limit ? Make(rows[limit - 1].Id) : null);
    }

    private static string Make(Guid id) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"i{id:N}"));

    private static Guid? Parse(string cursor)
    {
        var bytes = new byte[64];
        return cursor.Length <= 64 && Base64Url.IsValid(cursor)
            && Base64Url.TryDecodeFromChars(cursor, bytes, out var length)
            && Encoding.ASCII.GetString(bytes, 0, length) is ['i', .. var text]
            && Guid.TryParseExact(text, "N", out var id)
                ? id
                : null;
    }
}
