namespace Academy.Curriculum.Loading;

/// <summary>Reads <c>practice/ID/practice.yaml</c>; the recordings beside it are read when they are used.</summary>
internal static class PracticeReader
{
    public static PracticeCluster? Read(CurriculumFolder folder, string path, IReadOnlySet<string> labIds, IReadOnlyList<Lab> labs)
    {
        if (Section.FromFile(folder, $"{path}/practice.yaml") is not { } section)
        {
            return null;
        }

        var (lab, fault) = (section.OptionalText("lab"), section.OptionalText("fault"));
        var known = labs.FirstOrDefault(l => l.Id == lab);
        if (lab is not null && !labIds.Contains(lab))
        {
            section.Report("lab", $"there is no lab '{lab}'");
        }

        if (fault is not null && (lab is null || known is not null && known.FindFault(fault) is null))
        {
            section.Report("fault", lab is null ? "'fault' needs a 'lab'" : $"lab '{lab}' has no fault '{fault}'");
        }

        if (!folder.HasFile($"{path}/broken/objects.json"))
        {
            folder.Problems.Add($"{path}/broken/objects.json", "this file is missing");
        }

        var repaired = folder.HasFile($"{path}/repaired/objects.json") ? folder.Full($"{path}/repaired") : null;
        var practice = new PracticeCluster(
            section.CheckId("title", Path.GetFileName(path)),
            section.Text("title"),
            section.Text("story"),
            section.Id("namespace"),
            lab,
            folder.Full($"{path}/broken"),
            repaired)
        {
            FaultId = fault,
            Cause = Cause(section, fault is null ? null : known?.FindFault(fault)),
            Repair = folder.HasFile($"{path}/repair.yaml") ? ManifestReader.ReadFile(folder, $"{path}/repair.yaml")?.Text ?? "" : "",
        };
        section.Done();
        return practice;
    }

    // With a fault of a lab, that fault is the cause; otherwise the author says it.
    private static PracticeCause Cause(Section section, LabFault? fault)
    {
        if (section.Child("cause", required: fault is null && section.Item("fault") is null) is not { } cause)
        {
            return new PracticeCause(fault?.ObjectKind ?? "", fault?.ObjectName ?? "", fault?.Reason ?? "");
        }

        var read = new PracticeCause(cause.Text("kind"), cause.Text("name"), cause.Reason("reason"));
        cause.Done();
        return read;
    }
}
