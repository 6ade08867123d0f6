namespace Academy.Curriculum.Gating;

/// <summary>What the quality gate of a lab found.</summary>
/// <param name="Checks">Every check of the lab, in order.</param>
/// <param name="Problems">What has to be repaired; empty when the lab may ship.</param>
public sealed record GateReport(string LabId, IReadOnlyList<GatedCheck> Checks, IReadOnlyList<GateProblem> Problems)
{
    public bool Passed => Problems.Count == 0;
}

/// <summary>One check held against both states and the mutations.</summary>
/// <param name="Noticed">Ids of the mutations that it must notice and did.</param>
public sealed record GatedCheck(string StepId, string CheckId, CheckResult Start, CheckResult Solution, IReadOnlyList<string> Noticed);

/// <param name="About">Id of the check, mutation or step.</param>
public sealed record GateProblem(string About, string Message)
{
    public override string ToString() => $"{About}: {Message}";
}
