namespace Academy.Curriculum.Loading;

/// <summary>Reads <c>practice/ID/practice.yaml</c>; the recordings beside it are read when they are used.</summary>
internal static class PracticeReader
{
    public static PracticeCluster? Read(CurriculumFolder folder, string path, IReadOnlySet<string> labs)
    {
        if (Section.FromFile(folder, $"{path}/practice.yaml") is not { } section)
        {
            return null;
        }

        var lab = section.OptionalText("lab");
        if (lab is not null && !labs.Contains(lab))
        {
            section.Report("lab", $"there is no lab '{lab}'");
        }

        if (!folder.HasFile($"{path}/broken/objects.json"))
        {
            folder.Problems.Add($"{path}/broken/objects.json", 1, "this file is missing");
        }

        var repaired = folder.HasFile($"{path}/repaired/objects.json") ? folder.Full($"{path}/repaired") : null;
        var practice = new PracticeCluster(
            section.CheckId("title", Path.GetFileName(path)),
            section.Text("title"),
            section.Text("story"),
            section.Id("namespace"),
            lab,
            folder.Full($"{path}/broken"),
            repaired);
        section.Done();
        return practice;
    }
}
