using Academy.Curriculum;

namespace Academy.Features.Learning;

internal static class TopicSkills
{
    /// <summary>What one learns in a topic: the skills of its lab, its quiz and its exercise.</summary>
    public static IReadOnlyList<string> SkillsOf(this Catalog catalog, Topic topic) =>
    [
        .. (topic.LabId is { } lab ? catalog.FindLab(lab)?.Skills ?? [] : [])
            .Concat(topic.Quiz?.Questions.SelectMany(q => q.Skills) ?? [])
            .Concat(topic.ExerciseId is { } exercise ? catalog.FindExercise(exercise)?.Skills ?? [] : [])
            .Distinct().Order(StringComparer.Ordinal),
    ];
}
