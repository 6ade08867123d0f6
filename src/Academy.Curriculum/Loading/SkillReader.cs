namespace Academy.Curriculum.Loading;

/// <summary>Reads <c>skills.yaml</c>; a curriculum without it has no skills.</summary>
internal static class SkillReader
{
    public static IReadOnlyList<Skill> Read(CurriculumFolder folder)
    {
        if (!folder.HasFile("skills.yaml") || Section.FromFile(folder, "skills.yaml") is not { } root)
        {
            return [];
        }

        var skills = new List<Skill>();
        foreach (var section in root.Sections("skills"))
        {
            var skill = new Skill(section.NewId("skill", skills.Select(s => s.Id)), section.Text("title"), section.OneOf("area", [.. Skill.Areas]), section.Text("description"));
            section.Done();
            skills.Add(skill);
        }

        root.Done();
        return skills;
    }
}
