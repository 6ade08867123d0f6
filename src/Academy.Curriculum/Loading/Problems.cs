namespace Academy.Curriculum.Loading;

/// <summary>Collects what is wrong, so that an author sees all of it at once.</summary>
internal sealed class Problems
{
    private readonly List<CatalogProblem> _found = [];

    public bool Any => _found.Count > 0;

    public bool In(string file) => _found.Any(p => p.File == file);

    public void Add(string file, Place at, string message) => _found.Add(new CatalogProblem(file, at.Line, message) { Column = at.Column });

    /// <summary>About the file as a whole.</summary>
    public void Add(string file, string message) => Add(file, Place.Top, message);

    public IReadOnlyList<CatalogProblem> Sorted() =>
        [.. _found.Distinct().OrderBy(p => p.File, StringComparer.Ordinal).ThenBy(p => p.Line).ThenBy(p => p.Column).ThenBy(p => p.Message, StringComparer.Ordinal)];
}
