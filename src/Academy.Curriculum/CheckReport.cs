using System.Text.Json.Serialization;

namespace Academy.Curriculum;

/// <summary>What the checks of a lab saw.</summary>
public sealed record CheckReport(IReadOnlyList<StepResult> Steps)
{
    public bool Passed => Steps.All(s => s.Passed);

    /// <summary>Whether it is enough for the lab: all of its steps, or as many points as its passing score asks for.</summary>
    public bool Passes(Lab lab)
    {
        ArgumentNullException.ThrowIfNull(lab);
        return Passed || (lab.PassingScore < 100 && MaxPoints > 0 && 100L * Points >= (long)lab.PassingScore * MaxPoints);
    }

    /// <summary>Checks that say nothing about the work, because they could not look.</summary>
    [JsonIgnore]
    public IEnumerable<CheckResult> NotCarriedOut => Steps.SelectMany(s => s.Checks).Where(c => c.Outcome == CheckOutcome.NotCarriedOut);

    [JsonIgnore]
    public int Points => Steps.Sum(s => s.Checks.Sum(c => c.Points));

    [JsonIgnore]
    public int MaxPoints => Steps.Sum(s => s.Checks.Sum(c => c.MaxPoints));
}

/// <param name="Passed">Whether all of its checks passed; one that could not be carried out has not.</param>
public sealed record StepResult(string StepId, bool Passed, IReadOnlyList<CheckResult> Checks);

/// <param name="Points">Earned, 0 to <paramref name="MaxPoints"/>; partial credit where the check has parts.</param>
/// <param name="Observed">What was found, said so that a student can act on it: "Deployment web: spec.replicas is 1, expected 2".</param>
public sealed record CheckResult(string CheckId, string Title, bool Passed, int Points, int MaxPoints, string Observed)
{
    public CheckOutcome Outcome { get; init; } = Passed ? CheckOutcome.Passed : CheckOutcome.Failed;
}

[JsonConverter(typeof(JsonStringEnumConverter<CheckOutcome>))]
public enum CheckOutcome
{
    [JsonStringEnumMemberName("passed")]
    Passed,

    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>The check could not look, and says why: neither passed nor failed.</summary>
    [JsonStringEnumMemberName("not-carried-out")]
    NotCarriedOut,
}
