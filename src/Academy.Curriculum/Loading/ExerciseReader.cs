namespace Academy.Curriculum.Loading;

/// <summary>Reads <c>exercises/ID/</c>: exercise.yaml, brief.md, facilitation.md and example/.</summary>
internal static class ExerciseReader
{
    public static Exercise? Read(CurriculumFolder folder, string path, References references)
    {
        if (Section.FromFile(folder, $"{path}/exercise.yaml") is not { } section)
        {
            return null;
        }

        var deliverables = Deliverables(section);
        var kind = section.OneOf("kind", [.. Exercise.Kinds]);
        var exercise = new Exercise(
            section.CheckId("title", Path.GetFileName(path)),
            section.Number("version", 1, 10_000),
            section.Text("title"),
            section.Text("summary"),
            kind,
            section.Number("minutes", 5, 6000),
            section.Level(),
            references.SkillsOf(section, required: true),
            deliverables,
            Rubric(section),
            section.Number("passingScore", 1, 100))
        {
            Brief = folder.Markdown($"{path}/brief.md"),
            Facilitation = folder.Markdown($"{path}/facilitation.md"),
            Examples = Examples(folder, path, deliverables),
            Roles = Roles(section, kind),
            ContentHash = folder.Hash(folder.AllFiles(path)),
        };
        section.Done();
        return exercise;
    }

    private static List<Deliverable> Deliverables(Section exercise)
    {
        var deliverables = new List<Deliverable>();
        foreach (var section in exercise.Sections("deliverables"))
        {
            var id = section.NewId("deliverable", deliverables.Select(d => d.Id));
            var (min, max) = (section.Number("minWords", 1, 20_000), section.Number("maxWords", 1, 20_000));
            if (max < min)
            {
                section.Report("maxWords", "'maxWords' is less than 'minWords'");
            }

            deliverables.Add(new Deliverable(
                id, section.Text("title"), section.FileName("file"), min, max, [.. section.Texts("sections", required: false).Select(s => s.Value)]));
            section.Done();
        }

        return deliverables;
    }

    private static List<RubricCriterion> Rubric(Section exercise)
    {
        var rubric = new List<RubricCriterion>();
        foreach (var section in exercise.Sections("rubric"))
        {
            var id = section.NewId("criterion", rubric.Select(r => r.Id));
            var points = section.Number("points", 1, 1000);
            var levels = section.Sections("levels").Select(Level).ToList();
            if (levels.Count is < 3 or > 5)
            {
                section.Report("levels", "a criterion has three to five levels");
            }
            else if (levels.Zip(levels.Skip(1)).Any(pair => pair.First.Points >= pair.Second.Points) || levels[^1].Points != points)
            {
                section.Report("levels", $"the points of the levels rise, and those of the last are {points}");
            }

            rubric.Add(new RubricCriterion(id, section.Text("title"), points, levels));
            section.Done();
        }

        return rubric;
    }

    private static RubricLevel Level(Section section)
    {
        var level = new RubricLevel(section.Number("points", 0, 1000), section.Text("text"));
        section.Done();
        return level;
    }

    private static List<ExerciseRole> Roles(Section exercise, string kind)
    {
        var roles = new List<ExerciseRole>();
        foreach (var section in exercise.Sections("roles", required: false))
        {
            roles.Add(new ExerciseRole(section.NewId("role", roles.Select(r => r.Id)), section.Text("title"), section.Text("brief")));
            section.Done();
        }

        if (roles.Count > 0 && kind != Exercise.Team)
        {
            exercise.Report("roles", "only a team exercise has roles");
        }

        return roles;
    }

    // One good submission of each deliverable, held against what it demands.
    private static Dictionary<string, string> Examples(CurriculumFolder folder, string path, List<Deliverable> deliverables)
    {
        var examples = new Dictionary<string, string>();
        foreach (var deliverable in deliverables.Where(d => d.File.Length > 0))
        {
            var file = $"{path}/example/{deliverable.File}";
            var text = examples[deliverable.Id] = folder.Markdown(file);
            foreach (var complaint in text.Length > 0 ? deliverable.Complaints(text) : [])
            {
                folder.Problems.Add(file, complaint);
            }
        }

        foreach (var file in folder.Files($"{path}/example", "*").Where(f => deliverables.All(d => d.File != Path.GetFileName(f))))
        {
            folder.Problems.Add(file, "no deliverable in exercise.yaml has this file");
        }

        return examples;
    }
}
