using Academy.Diagnosis;

namespace Academy.Agent.Tools;

/// <summary>In a lab the cause and its evidence are shown, and the way to the repair is the student's; hints lead there rung by rung.</summary>
internal static class Coaching
{
    /// <param name="instead">Said in place of each fix.</param>
    public static DiagnosisReport WithoutFixes(DiagnosisReport report, string instead) =>
        report with { RootCauses = [.. report.RootCauses.Select(c => c with { Fix = new Fix(instead) })] };
}
