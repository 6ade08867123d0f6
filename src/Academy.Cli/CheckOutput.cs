using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Academy.Curriculum;

namespace Academy.Cli;

/// <summary>What the checks of a lab saw, for people and for programs.</summary>
internal static class CheckOutput
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Json(Lab lab, CheckReport report) =>
        JsonSerializer.Serialize(new { lab = lab.Id, passed = report.Passes(lab), points = report.Points, maxPoints = report.MaxPoints, steps = report.Steps }, Indented);

    public static string Text(Lab lab, CheckReport report, bool colour)
    {
        var text = new StringBuilder();
        foreach (var (step, result) in lab.Steps.Join(report.Steps, s => s.Id, r => r.StepId, (s, r) => (s, r)))
        {
            text.AppendLine($"{Mark(result.Passed, colour)} {step.Title}");
            foreach (var check in result.Checks)
            {
                text.AppendLine($"    {(check.Outcome == CheckOutcome.NotCarriedOut ? "?" : Mark(check.Passed, colour))} {check.Title} ({check.Points} of {check.MaxPoints})");
                if (!check.Passed)
                {
                    text.AppendLine($"      {Printable(check.Observed)}");
                }
            }
        }

        return text.Append(report.Passes(lab) ? "Passed" : "Not yet passed").Append($": {report.Points} of {report.MaxPoints} points").Append(NotCarriedOut(report)).ToString();
    }

    public static string Mark(bool passed, bool colour) => (passed, colour) switch
    {
        (true, true) => "\u001b[32m✓\u001b[0m",
        (true, false) => "✓",
        (false, true) => "\u001b[31m✗\u001b[0m",
        (false, false) => "✗",
    };

    // What was observed quotes the cluster, which must not steer the terminal.
    public static string Printable(string text) => string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));

    private static string NotCarriedOut(CheckReport report) => report.NotCarriedOut.Count() switch
    {
        0 => "",
        1 => "; 1 check could not be carried out",
        var several => $"; {several} checks could not be carried out",
    };
}
