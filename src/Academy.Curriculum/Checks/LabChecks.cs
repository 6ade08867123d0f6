namespace Academy.Curriculum.Checks;

/// <summary>Which objects a check looks at.</summary>
/// <param name="Kinds">One or several; the first match of any of them will do.</param>
/// <param name="Group">API group, where the author gave an apiVersion: versions of one group are the same thing here.</param>
/// <param name="Name">An exact name, or <c>$namespace</c> for the namespace of the lab.</param>
/// <param name="Labels">Used to select when there is no name.</param>
internal sealed record ObjectSelector(IReadOnlyList<string> Kinds, string? Group, string? Name, IReadOnlyDictionary<string, string> Labels);

/// <summary>How many of the selected objects must meet the assertion.</summary>
internal enum Quantifier
{
    Any,
    All,
}

/// <summary>Objects are there and meet an assertion.</summary>
/// <param name="OnFailure">A sentence of the author, added to what was observed.</param>
internal sealed record AssertCheck(
    string Id, string Title, int Points, string? OnFailure, ObjectSelector Selector, Fields Demand, Quantifier Quantifier, int AtLeast) : LabCheck(Id, Title, Points);

/// <summary>No object meets an assertion.</summary>
internal sealed record AbsentCheck(string Id, string Title, int Points, string? OnFailure, ObjectSelector Selector, Fields Demand) : LabCheck(Id, Title, Points);

/// <summary>A line does, or does not, stand in the log of a selected pod.</summary>
/// <param name="Line">A regular expression, matched line by line in linear time.</param>
internal sealed record LogCheck(
    string Id, string Title, int Points, string? OnFailure, ObjectSelector Pods, string? Container, System.Text.RegularExpressions.Regex Line, bool MustNotOccur)
    : LabCheck(Id, Title, Points);

/// <summary>Pods run in the namespace, and a diagnosis of it names none of these reasons; none at all where the list is empty.</summary>
internal sealed record NoFindingsCheck(string Id, string Title, int Points, string? OnFailure, IReadOnlyList<string> Reasons) : LabCheck(Id, Title, Points);
