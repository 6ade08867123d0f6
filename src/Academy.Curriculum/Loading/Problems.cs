namespace Academy.Curriculum.Loading;

/// <summary>Collects what is wrong, so that an author sees all of it at once.</summary>
internal sealed class Problems
{
    private readonly List<CatalogProblem> _found = [];

    public bool Any => _found.Count > 0;

    public bool In(string file) => _found.Any(p => p.File == file);

    public void Add(string file, int line, string message) => _found.Add(new CatalogProblem(file, Math.Max(1, line), message));

    public IReadOnlyList<CatalogProblem> Sorted() =>
        [.. _found.Distinct().OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line).ThenBy(p => p.Message, StringComparer.Ordinal)];
}
