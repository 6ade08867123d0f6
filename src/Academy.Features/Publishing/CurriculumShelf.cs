using Academy.Curriculum;

namespace Academy.Features.Publishing;

/// <summary>
/// The curriculum in use by this process. It is exchanged as a whole, so that whoever took it from here sees one state of it; what a
/// broken edit did not reach stays.
/// </summary>
/// <param name="folder">What authors edit.</param>
public sealed class CurriculumShelf(string folder, Catalog catalog)
{
    private volatile Edition _now = Edition.Of(catalog);
    private volatile IReadOnlyList<CatalogProblem> _problems = [];

    public string Folder => folder;

    public Edition Now => _now;

    /// <summary>What was wrong with the folder when it was last looked at; empty where it is what is in use.</summary>
    public IReadOnlyList<CatalogProblem> Problems => _problems;

    public Edition? Look(out IReadOnlyList<CatalogProblem> problems)
    {
        var loaded = CatalogLoader.Load(folder);
        problems = loaded.Problems;
        return loaded.Catalog is { } found ? Edition.Of(found) : null;
    }

    public void Put(Edition edition) => (_now, _problems) = (edition, []);

    public void Complain(IReadOnlyList<CatalogProblem> problems) => _problems = problems;
}
