using Academy.Curriculum.Artefacts;

namespace Academy.Curriculum.Checks;

/// <summary>Holds what was handed in against the demands of a check.</summary>
internal static class ArtefactChecks
{
    public static CheckResult Run(ArtefactCheck check, ArtefactDocument document, string ns)
    {
        var file = check.Artefact.File;
        if (document.Problem is { } problem)
        {
            return Verdict.Failed(check, $"{file}, {problem}");
        }

        return check.Demand switch
        {
            TreeDemand { Absent: false } tree => Tree(check, Match(tree, document, ns), file),
            TreeDemand tree => Match(tree, document, ns).Complete
                ? Verdict.Failed(check, $"{file}: holds {Wording.Described(tree.Demand)}, which should not be there")
                : Verdict.Passed(check, $"{file}: no such thing in it"),
            ManifestDemand manifests => ObjectChecks.Assert(check, manifests.Objects, SnapshotIndex.OfArtefact(document.Objects, file, ns)),
            NoManifestDemand manifests => ObjectChecks.Absent(check, manifests.Selector, manifests.Demand, SnapshotIndex.OfArtefact(document.Objects, file, ns)),
            LineDemand line => Line(check, line, document.Text, file),
            _ => throw new InvalidOperationException($"no rule for {check.Demand.GetType().Name}"),
        };
    }

    private static Match Match(TreeDemand tree, ArtefactDocument document, string ns) =>
        new TreeMatcher(ns, hideValues: false, document).Match(tree.Demand, document.Root, "");

    private static CheckResult Tree(ArtefactCheck check, Match match, string file) => match.Complete
        ? Verdict.Passed(check, $"{file}: as expected")
        : Verdict.Failed(check, $"{file}: {ObjectChecks.Failures(match).TrimStart()}", (double)match.Held / match.Total);

    private static CheckResult Line(ArtefactCheck check, LineDemand demand, string text, string file) => (Lines.First(text, demand.Pattern), demand.MustNotOccur) switch
    {
        ({ } line, false) => Verdict.Passed(check, $"{file} says \"{Wording.Clean(line.Trim())}\""),
        ({ } line, true) => Verdict.Failed(check, $"{file} says \"{Wording.Clean(line.Trim())}\""),
        (null, true) => Verdict.Passed(check, $"{file} has no such line"),
        _ => Verdict.Failed(check, $"{file} has no such line"),
    };
}
