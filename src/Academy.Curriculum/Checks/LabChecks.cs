using System.Text.RegularExpressions;

namespace Academy.Curriculum.Checks;

/// <summary>Which objects a check looks at.</summary>
/// <param name="Kinds">One or several; the first match of any of them will do.</param>
/// <param name="Group">API group, where the author gave an apiVersion: versions of one group are the same thing here.</param>
/// <param name="Name">An exact name, or <c>$namespace</c> for the namespace of the lab.</param>
/// <param name="Labels">Used to select when there is no name.</param>
internal sealed record ObjectSelector(IReadOnlyList<string> Kinds, string? Group, string? Name, IReadOnlyDictionary<string, string> Labels);

/// <summary>Objects that must be there and meet an assertion.</summary>
/// <param name="All">Whether all that are selected must meet it.</param>
/// <param name="AtMost">Null where any number will do.</param>
internal sealed record ObjectDemand(ObjectSelector Selector, Fields Demand, bool All, int AtLeast, int? AtMost);

/// <summary>Objects are there and meet an assertion.</summary>
internal sealed record AssertCheck(string Id, string Title, int Points, ObjectDemand Objects) : LabCheck(Id, Title, Points);

/// <summary>No object meets an assertion.</summary>
internal sealed record AbsentCheck(string Id, string Title, int Points, ObjectSelector Selector, Fields Demand) : LabCheck(Id, Title, Points);

/// <summary>A line does, or does not, stand in the log of a selected pod.</summary>
internal sealed record LogCheck(string Id, string Title, int Points, ObjectSelector Pods, string? Container, LineDemand Line) : LabCheck(Id, Title, Points);

/// <summary>Pods run in the namespace, and a diagnosis of it names none of these reasons; none at all where the list is empty.</summary>
internal sealed record NoFindingsCheck(string Id, string Title, int Points, IReadOnlyList<string> Reasons) : LabCheck(Id, Title, Points);

/// <summary>An Event was, or was not, recorded about an object.</summary>
/// <param name="Name">Name of the object; may end in <c>*</c>.</param>
/// <param name="Message">Matched line by line in linear time; null where any message will do.</param>
internal sealed record EventCheck(string Id, string Title, int Points, string Kind, string Name, string Reason, Regex? Message, bool MustNotOccur) : LabCheck(Id, Title, Points);

/// <summary>A service answers a request.</summary>
/// <param name="Contains">Matched line by line with the body.</param>
internal sealed record HttpCheck(string Id, string Title, int Points, HttpQuestion Question, int Status, Regex? Contains) : LabCheck(Id, Title, Points);

/// <summary>An artefact was handed in and is as demanded.</summary>
internal sealed record ArtefactCheck(string Id, string Title, int Points, LabArtefact Artefact, ArtefactDemand Demand) : LabCheck(Id, Title, Points)
{
    public override bool NeedsCluster => false;
}

internal abstract record ArtefactDemand;

/// <summary>The JSON root meets an assertion, or must not meet it.</summary>
internal sealed record TreeDemand(Assertion Demand, bool Absent) : ArtefactDemand;

/// <summary>Of manifests: objects are there and meet an assertion.</summary>
internal sealed record ManifestDemand(ObjectDemand Objects) : ArtefactDemand;

/// <summary>Of manifests: no object meets an assertion.</summary>
internal sealed record NoManifestDemand(ObjectSelector Selector, Fields Demand) : ArtefactDemand;

/// <param name="Pattern">A regular expression, matched line by line in linear time.</param>
internal sealed record LineDemand(Regex Pattern, bool MustNotOccur) : ArtefactDemand;
