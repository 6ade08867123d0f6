namespace Academy.Curriculum;

/// <summary>What the checks of a lab saw in one snapshot.</summary>
public sealed record CheckReport(IReadOnlyList<StepResult> Steps)
{
    public bool Passed => Steps.All(s => s.Passed);
}

public sealed record StepResult(string StepId, bool Passed, IReadOnlyList<CheckResult> Checks);

/// <param name="Points">Earned, 0 to <paramref name="MaxPoints"/>; partial credit where the check has parts.</param>
/// <param name="Observed">What was found, said so that a student can act on it: "Deployment web: spec.replicas is 1, expected 2".</param>
public sealed record CheckResult(string CheckId, string Title, bool Passed, int Points, int MaxPoints, string Observed);
