using Academy.Diagnosis.Analyzers;

namespace Academy.Diagnosis;

/// <summary>Every rule the engine knows, by id.</summary>
public static class Rules
{
    public static IReadOnlyList<Rule> All { get; } =
        [.. Catalog.Analyzers.Select(analyzer => analyzer.Rule).OrderBy(rule => rule.Id, StringComparer.Ordinal)];

    /// <returns>The rule, or null where no rule has this id; upper and lower case are the same.</returns>
    public static Rule? Find(string id) => All.FirstOrDefault(rule => rule.Id.Equals(id, StringComparison.OrdinalIgnoreCase));
}
