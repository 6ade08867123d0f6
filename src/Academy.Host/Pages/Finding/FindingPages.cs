using Academy.Features.Learning;
using Academy.Features.Progressing;
using Academy.Features.Searching;
using Academy.Host.Pages.Frame;

namespace Academy.Host.Pages.Finding;

public sealed record PathListModel(IReadOnlyList<PathView> Paths, ProgressView Progress);

public sealed record PathModel(PathView Path, ProgressView Progress);

/// <param name="Results">Null before anything was asked.</param>
public sealed record SearchModel(string? Q, SearchResults? Results);

internal static class FindingPages
{
    public static async Task<IResult> Paths(Visitor visitor, CancellationToken ct)
    {
        var paths = await visitor.Ask(new ListPaths(), ct);
        var progress = await visitor.Ask(new GetProgress(), ct);
        return visitor.Show<PathListPage, PathListModel>(() => new(paths!, progress!));
    }

    public static async Task<IResult> Path(Visitor visitor, string pathId, CancellationToken ct)
    {
        var path = await visitor.Ask(new GetPath(pathId), ct);
        var progress = await visitor.Ask(new GetProgress(), ct);
        return visitor.Show<PathPage, PathModel>(() => new(path!, progress!));
    }

    public static async Task<IResult> Search(Visitor visitor, string? q, CancellationToken ct)
    {
        var wanted = q?.Trim() is { Length: > 0 } text ? text[..Math.Min(text.Length, 200)] : null;
        var results = wanted is null ? null : await visitor.Ask(new SearchCurriculum(wanted, Limit: 30), ct);
        return visitor.Show<SearchPage, SearchModel>(() => new(wanted, results));
    }
}
