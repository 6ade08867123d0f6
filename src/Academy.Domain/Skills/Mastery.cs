namespace Academy.Domain.Skills;

/// <summary>One thing a learner did that shows a skill, or shows that it is not there yet.</summary>
/// <param name="Source">What it was: <c>lab/ID/CHECK</c>, <c>quiz/COURSE/TOPIC/QUESTION</c> or <c>exercise/ID</c>. Each counts once, by its newest evidence.</param>
/// <param name="Weight">How much it tells, more than 0.</param>
/// <param name="Success">0 to 1: how well it went.</param>
/// <param name="Assisted">A command or the solution was shown before.</param>
public sealed record Evidence(string Source, string SkillId, double Weight, double Success, bool Assisted, DateTimeOffset ShownAt);

/// <param name="Value">0 to 1.</param>
public sealed record SkillMastery(string SkillId, double Value, IReadOnlyList<Evidence> Evidence);

/// <summary>
/// How far a learner masters a skill: the mean of what was shown, weighted, with a prior of nothing shown,
/// <c>mastery = Σ(weight · success) / (Σ weight + Prior)</c>.
/// It is the posterior mean of a Beta distribution (Laplace's rule of succession with a prior mean of 0), so one lucky answer does not
/// make a master, and with much evidence the prior fades. That help taken lowers what a success says follows knowledge tracing
/// (Corbett and Anderson 1995), where a step solved with a hint counts as not known; here it counts for less, because a command that
/// was shown and then applied is still practice.
/// </summary>
public static class Mastery
{
    /// <summary>As much as three checks of a lab.</summary>
    public const double Prior = 3;

    /// <summary>A check that passed on a real cluster.</summary>
    public const double CheckWeight = 1;

    /// <summary>A question is answered sooner than a thing is built, and can be guessed.</summary>
    public const double QuestionWeight = 0.5;

    /// <summary>Work of days that a mentor has read.</summary>
    public const double ExerciseWeight = 3;

    /// <summary>What a passed check says of a skill after the highest rung taken for its step.</summary>
    public static double SuccessAfter(int rung) => rung switch
    {
        <= 3 => 1,
        4 => 0.5,
        _ => 0.2,
    };

    /// <summary>From rung 4, the command, a pass counts as assisted.</summary>
    public static bool IsAssisted(int rung) => rung >= 4;

    /// <summary>Of two pieces of evidence from one source the newer counts; the better of two at one moment.</summary>
    public static IReadOnlyList<SkillMastery> Of(IEnumerable<Evidence> evidence) =>
    [
        .. evidence
            .GroupBy(e => e.SkillId, StringComparer.Ordinal)
            .Select(skill => skill.GroupBy(e => e.Source, StringComparer.Ordinal).Select(s => s.OrderBy(e => e.ShownAt).ThenBy(e => e.Success).Last()))
            .Select(counted => counted.OrderBy(e => e.ShownAt).ThenBy(e => e.Source, StringComparer.Ordinal).ToList())
            .Select(counted => new SkillMastery(counted[0].SkillId, Value(counted), counted))
            .OrderBy(m => m.SkillId, StringComparer.Ordinal),
    ];

    private static double Value(IReadOnlyList<Evidence> counted) => counted.Sum(e => e.Weight * e.Success) / (counted.Sum(e => e.Weight) + Prior);
}
