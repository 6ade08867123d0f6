namespace Academy.Curriculum;

/// <summary>What loading gave: a catalog when nothing is wrong, otherwise every problem found.</summary>
/// <param name="Catalog">Null when there is at least one problem.</param>
public sealed record CatalogResult(Catalog? Catalog, IReadOnlyList<CatalogProblem> Problems);

/// <summary>Something an author has to repair.</summary>
/// <param name="File">Path below the curriculum folder, with forward slashes.</param>
/// <param name="Line">Counted from 1.</param>
public sealed record CatalogProblem(string File, int Line, string Message)
{
    /// <summary>Counted from 1.</summary>
    public int Column { get; init; } = 1;

    public override string ToString() => $"{File}:{Line}:{Column}: {Message}";
}
