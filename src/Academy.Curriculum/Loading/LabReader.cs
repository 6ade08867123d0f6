namespace Academy.Curriculum.Loading;

/// <summary>Reads <c>labs/ID/</c>: lab.yaml, instructions.md, steps/, faults/, mutations.yaml, start/ and solution/.</summary>
internal static class LabReader
{
    /// <summary>Folders whose files a student sees, is given or is graded by.</summary>
    private static readonly string[] Graded = ["steps", "start", "solution", "faults"];

    public static Lab? Read(CurriculumFolder folder, string path)
    {
        var id = Path.GetFileName(path);
        if (Section.FromFile(folder, $"{path}/lab.yaml") is not { } lab)
        {
            return null;
        }

        lab.CheckId("title", id);
        var steps = StepReader.ReadAll(folder, path, lab.Texts("steps"), $"{path}/lab.yaml");
        var recordings = new LabRecordings(Recording(folder, $"{path}/states/start"), Recording(folder, $"{path}/states/solution"));
        var read = new Lab(
            id,
            lab.Number("version", 1, 10_000),
            lab.Text("title"),
            lab.Text("summary"),
            lab.Id("namespace"),
            lab.Number("minutes", 5, 600),
            lab.OneOf("level", "beginner", "intermediate", "advanced"),
            [.. lab.Texts("objectives").Select(o => o.Value)],
            folder.Markdown($"{path}/instructions.md"),
            lab.Text("cleanUp"),
            lab.Text("cost"),
            Policy(lab),
            steps,
            Faults(folder, path, lab))
        {
            Start = ManifestReader.ReadFolder(folder, $"{path}/start"),
            Solution = ManifestReader.ReadFolder(folder, $"{path}/solution"),
            Mutations = MutationReader.Read(folder, $"{path}/mutations.yaml", [.. steps.SelectMany(s => s.Checks).Select(c => c.Id)]),
            Recordings = recordings,
            ContentHash = folder.Hash(
                [$"{path}/lab.yaml", $"{path}/instructions.md", .. Graded.SelectMany(part => folder.Files($"{path}/{part}", "*"))]),
        };
        lab.Done();
        return read;
    }

    private static string Recording(CurriculumFolder folder, string path)
    {
        if (!folder.HasFile($"{path}/objects.json"))
        {
            folder.Problems.Add($"{path}/objects.json", 1, "this file is missing");
        }

        return folder.Full(path);
    }

    private static HintPolicy Policy(Section lab)
    {
        if (lab.Child("hints", required: false) is not { } hints)
        {
            return new HintPolicy(5);
        }

        var policy = new HintPolicy(hints.Number("maxRung", 0, 5));
        hints.Done();
        return policy;
    }

    private static List<LabFault> Faults(CurriculumFolder folder, string path, Section lab)
    {
        var faults = new List<LabFault>();
        foreach (var section in lab.Sections("faults"))
        {
            var id = section.Id("id");
            if (faults.Any(f => f.Id == id))
            {
                section.Report("id", $"fault '{id}' is given twice");
            }

            var target = section.Child("object");
            var file = $"{path}/faults/{id}.yaml";
            var manifests = ManifestReader.ReadFile(folder, file);
            faults.Add(new LabFault(id, section.Text("title"), section.Reason("reason"), target?.Text("kind") ?? "", target?.Text("name") ?? "", manifests?.Text ?? ""));
            target?.Done();
            section.Done();
        }

        var listed = faults.Select(f => $"{path}/faults/{f.Id}.yaml").ToHashSet();
        foreach (var file in folder.Files($"{path}/faults", "*").Where(f => !listed.Contains(f)))
        {
            folder.Problems.Add(file, 1, "no fault in lab.yaml has this file");
        }

        return faults;
    }
}
