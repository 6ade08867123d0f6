namespace Academy.Curriculum.Checks;

/// <summary>Makes results of checks.</summary>
internal static class Verdict
{
    public static CheckResult Passed(LabCheck check, string observed) => new(check.Id, check.Title, true, check.Points, check.Points, observed);

    /// <param name="share">The part that holds, 0 to 1. A failed check never earns all of its points.</param>
    public static CheckResult Failed(LabCheck check, string observed, double share = 0) =>
        new(check.Id, check.Title, false, Math.Clamp((int)(check.Points * share), 0, Math.Max(0, check.Points - 1)), check.Points,
            check.OnFailure is null ? observed : $"{observed}. {check.OnFailure.Trim()}");

    public static CheckResult NotCarriedOut(LabCheck check, string why) =>
        new(check.Id, check.Title, false, 0, check.Points, $"This check could not be carried out: {why}") { Outcome = CheckOutcome.NotCarriedOut };
}
