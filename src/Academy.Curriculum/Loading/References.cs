namespace Academy.Curriculum.Loading;

/// <summary>Ids that files of the curriculum name in other files.</summary>
internal sealed record References(IReadOnlySet<string> Skills, IReadOnlySet<string> Labs, IReadOnlySet<string> Exercises)
{
    /// <summary>The skills that a file names; unknown ones are reported where they stand.</summary>
    public IReadOnlyList<string> SkillsOf(Section section, bool required = false)
    {
        var given = section.Texts("skills", required);
        foreach (var skill in given.Where(s => !Skills.Contains(s.Value)))
        {
            section.Report(skill.At, $"there is no skill '{skill.Value}' in skills.yaml");
        }

        return [.. given.Select(s => s.Value).Distinct()];
    }
}

/// <summary>What a check may name of its lab.</summary>
internal sealed record LabContext(References References, IReadOnlyList<LabCluster> Clusters, IReadOnlyList<LabArtefact> Artefacts);
