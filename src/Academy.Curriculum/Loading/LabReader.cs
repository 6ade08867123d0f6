namespace Academy.Curriculum.Loading;

/// <summary>Reads <c>labs/ID/</c>: lab.yaml, instructions.md, steps/, faults/, mutations.yaml, start/ and solution/.</summary>
internal static class LabReader
{
    /// <summary>Folders whose files a student sees, is given or is graded by.</summary>
    private static readonly string[] Graded = ["steps", "start", "solution", "faults"];

    public static Lab? Read(CurriculumFolder folder, string path, References references)
    {
        var id = Path.GetFileName(path);
        if (Section.FromFile(folder, $"{path}/lab.yaml") is not { } lab)
        {
            return null;
        }

        lab.CheckId("title", id);
        var skills = references.SkillsOf(lab);
        var context = new LabContext(references, LabSettingsReader.Clusters(lab), LabSettingsReader.Artefacts(lab));
        List<LabStep> steps = [.. StepReader.ReadAll(folder, path, lab.Texts("steps"), $"{path}/lab.yaml", context).Select(s => WithSkills(s, skills))];
        var (policy, hints) = LabSettingsReader.Policy(lab);
        var clusters = new LabFolders(folder, path, context, steps.SelectMany(s => s.Checks).Any(c => c.NeedsCluster));
        var read = new Lab(
            id,
            lab.Number("version", 1, 10_000),
            lab.Text("title"),
            lab.Text("summary"),
            lab.Id("namespace"),
            lab.Number("minutes", 5, 600),
            lab.Level(),
            [.. lab.Texts("objectives").Select(o => o.Value)],
            folder.Markdown($"{path}/instructions.md"),
            lab.Text("cleanUp"),
            lab.Text("cost"),
            hints,
            steps,
            Faults(folder, path, lab, clusters.NeedsCluster))
        {
            Skills = skills,
            PassingScore = lab.Number("passingScore", 1, 100, otherwise: 100),
            Attempts = LabSettingsReader.Attempts(lab),
            Policy = policy,
            Environment = LabSettingsReader.Environment(lab),
            Clusters = context.Clusters,
            Artefacts = context.Artefacts,
            Start = clusters.Manifests("start"),
            Solution = clusters.Manifests("solution"),
            ClusterStart = clusters.OtherManifests("start"),
            ClusterSolution = clusters.OtherManifests("solution"),
            Mutations = MutationReader.Read(folder, $"{path}/mutations.yaml", [.. steps.SelectMany(s => s.Checks).Select(c => c.Id)], context),
            Recordings = clusters.Recordings(),
            ContentHash = folder.Hash(
                [$"{path}/lab.yaml", $"{path}/instructions.md", .. Graded.SelectMany(part => folder.AllFiles($"{path}/{part}"))]),
        };
        lab.Done();
        return read;
    }

    // A check that names no skills trains those of its step, or of the lab.
    private static LabStep WithSkills(LabStep step, IReadOnlyList<string> lab)
    {
        var skills = step.Skills.Count > 0 ? step.Skills : lab;
        return step with { Skills = skills, Checks = [.. step.Checks.Select(c => c.Skills.Count > 0 ? c : c with { Skills = skills })] };
    }

    private static List<LabFault> Faults(CurriculumFolder folder, string path, Section lab, bool required)
    {
        var faults = new List<LabFault>();
        foreach (var section in lab.Sections("faults", required))
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
            folder.Problems.Add(file, "no fault in lab.yaml has this file");
        }

        return faults;
    }
}
