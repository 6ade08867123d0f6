namespace Academy.Curriculum.Loading;

/// <summary>Reads <c>steps/ID.yaml</c> for every step that lab.yaml lists, in that order.</summary>
internal static class StepReader
{
    private static readonly string[] Rungs = ["question", "whereToLook", "concept", "command", "solution"];

    public static IReadOnlyList<LabStep> ReadAll(CurriculumFolder folder, string path, IReadOnlyList<YamlText> ids, string labFile, LabContext lab)
    {
        var steps = new List<(LabStep Step, Section Section)>();
        foreach (var id in ids)
        {
            if (steps.Any(s => s.Step.Id == id.Value))
            {
                folder.Problems.Add(labFile, id.At, $"step '{id.Value}' is listed twice");
            }
            else if (Section.FromFile(folder, $"{path}/steps/{id.Value}.yaml") is { } section)
            {
                steps.Add((Read(section, id.Value, lab), section));
            }
        }

        foreach (var file in folder.Files($"{path}/steps", "*").Where(f => ids.All(i => $"{path}/steps/{i.Value}.yaml" != f)))
        {
            folder.Problems.Add(file, "lab.yaml does not list this step");
        }

        CheckIds(steps);
        CheckNeeds(steps, [.. ids.Select(i => i.Value)]);
        return [.. steps.Select(s => s.Step)];
    }

    private static LabStep Read(Section section, string id, LabContext lab)
    {
        var step = new LabStep(
            section.CheckId("title", id),
            section.Text("title"),
            section.Text("instructions"),
            [.. section.Texts("needs", required: false).Select(n => n.Value)],
            [.. section.Sections("checks").Select(c => CheckReader.Read(c, lab))],
            Hints(section))
        {
            Skills = lab.References.SkillsOf(section),
        };
        section.Done();
        return step;
    }

    private static string[] Hints(Section section)
    {
        if (section.Child("hints") is not { } hints)
        {
            return [];
        }

        string[] texts = [.. Rungs.Select(hints.Text)];
        hints.Done();
        return texts;
    }

    private static void CheckIds(List<(LabStep Step, Section Section)> steps)
    {
        var seen = new HashSet<string>();
        foreach (var (step, section) in steps)
        {
            foreach (var check in step.Checks.Where(c => !seen.Add(c.Id)))
            {
                section.Report("checks", $"check '{check.Id}' is given twice in this lab");
            }
        }
    }

    private static void CheckNeeds(List<(LabStep Step, Section Section)> steps, HashSet<string> listed)
    {
        var needs = steps.ToDictionary(s => s.Step.Id, s => s.Step.Needs);
        foreach (var (step, section) in steps)
        {
            foreach (var need in step.Needs.Where(n => !listed.Contains(n)))
            {
                section.Report("needs", $"there is no step '{need}'");
            }

            if (Reaches(step.Id, step.Id, needs, []))
            {
                section.Report("needs", $"step '{step.Id}' needs itself, directly or through other steps");
            }
        }
    }

    private static bool Reaches(string from, string goal, Dictionary<string, IReadOnlyList<string>> needs, HashSet<string> seen) =>
        needs.GetValueOrDefault(from, []).Any(n => n == goal || (seen.Add(n) && Reaches(n, goal, needs, seen)));
}
