using Academy.Curriculum.Checks;

namespace Academy.Curriculum.Loading;

/// <summary>Reads <c>artefact:</c> of a check; what may stand in it depends on the artefact's type.</summary>
internal static class ArtefactCheckReader
{
    private static readonly string[] Forms = ["assert", "absent", "contains", "mustNotContain"];

    public static ArtefactCheck? Read(Section check, CheckHead head, LabContext lab)
    {
        if (check.Child("artefact") is not { } section)
        {
            return null;
        }

        var id = section.Text("id");
        var artefact = lab.Artefacts.FirstOrDefault(a => a.Id == id);
        if (artefact is null && id.Length > 0)
        {
            section.Report("id", $"lab.yaml has no artefact '{id}'");
        }

        var given = Forms.Where(f => section.Item(f) is not null).ToList();
        if (given.Count != 1)
        {
            section.Report(section.Start, $"an artefact is held against exactly one of {string.Join(", ", Forms)}");
        }

        var manifests = artefact?.Type == ArtefactTypes.Manifests;
        ArtefactDemand? demand = (given.FirstOrDefault(), manifests) switch
        {
            ("assert", true) => ObjectDemandReader.Read(section) is { } objects ? new ManifestDemand(objects) : null,
            ("absent", true) => ObjectDemandReader.Object(section, "absent") is var (selector, fields) ? new NoManifestDemand(selector, fields) : null,
            ("assert", false) => Tree(section, "assert"),
            ("absent", false) => Tree(section, "absent"),
            ("contains" or "mustNotContain", _) => CheckReader.Line(section),
            _ => null,
        };
        section.Done();
        return artefact is null || demand is null ? null : new ArtefactCheck(head.Id, head.Title, head.Points, artefact, demand);
    }

    private static TreeDemand Tree(Section section, string key) =>
        new(new AssertionReader(section.File, section.Problems).Read(section.Item(key)!), key == "absent");
}
