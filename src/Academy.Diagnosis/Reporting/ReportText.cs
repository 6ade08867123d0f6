using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Academy.Diagnosis;

/// <summary>The report for a terminal.</summary>
public static class ReportText
{
    private const string Bold = "\u001b[1m";
    private const string Red = "\u001b[31m";
    private const string Green = "\u001b[32m";
    private const string Dim = "\u001b[2m";
    private const string Reset = "\u001b[0m";
    private const int ShownSymptoms = 8;

    private static readonly JsonSerializerOptions Compact = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="colour">True writes ANSI colours; give it only for a terminal.</param>
    public static string Write(DiagnosisReport report, bool colour = false)
    {
        var text = new StringBuilder();
        string Paint(string code, string value) => colour ? code + value + Reset : value;
        if (report.Healthy)
        {
            text.Append(Paint(Green, "✓ Nothing is wrong here.")).Append('\n');
        }

        var number = 0;
        foreach (var cause in report.RootCauses)
        {
            var where = cause.Namespace is null ? cause.Name : $"{cause.Namespace}/{cause.Name}";
            text.Append(Paint(Red, string.Create(CultureInfo.InvariantCulture, $"{++number}. {cause.Reason}"))).Append("  ")
                .Append(Paint(Bold, $"{cause.Kind} {Printable(where)}"))
                .Append(Paint(Dim, string.Create(CultureInfo.InvariantCulture, $"  ({cause.Rule}, {cause.Confidence:P0} sure)"))).Append('\n');
            text.Append("   ").Append(Printable(cause.Summary)).Append('\n');
            Evidence(text, cause, Paint);
            Explains(text, cause);
            foreach (var other in cause.RulesOut)
            {
                text.Append("   not      ").Append(Printable($"{other.Kind} {other.Name} ({other.Reason}), which only follows")).Append('\n');
            }

            foreach (var command in cause.Confirm)
            {
                text.Append("   confirm  ").Append(Printable(command)).Append('\n');
            }

            text.Append("   fix      ").Append(Printable(cause.Fix.Text)).Append('\n');
            if (cause.Fix.Patch is { } patch)
            {
                text.Append("   patch    ").Append(Printable(patch.ToJsonString(Compact))).Append('\n');
                text.Append("            ").Append(Printable(ShownText.Predicted(cause.Fix))).Append('\n');
            }

            text.Append('\n');
        }

        foreach (var note in report.Notes)
        {
            text.Append(Paint(Dim, "note: " + Printable(note))).Append('\n');
        }

        return text.ToString();
    }

    /// <summary>One cause in one line, for a reader who waits for the report.</summary>
    public static string Line(RootCause cause) =>
        $"found {cause.Reason} at {cause.Kind} {Printable(cause.Namespace is null ? cause.Name : $"{cause.Namespace}/{cause.Name}")}";

    private static void Evidence(StringBuilder text, RootCause cause, Func<string, string, string> paint)
    {
        var label = "evidence ";
        foreach (var evidence in cause.Evidence)
        {
            var place = evidence.Field ?? (evidence.Log is null ? $"event {evidence.Event}" : $"log {evidence.Log}");
            text.Append("   ").Append(label).Append(paint(Dim, Printable($"{evidence.Object} {place}"))).Append('\n')
                .Append("            ").Append(Printable(evidence.Quote)).Append('\n');
            label = "         ";
        }
    }

    private static void Explains(StringBuilder text, RootCause cause)
    {
        if (cause.Explains.Count == 0)
        {
            return;
        }

        var shown = cause.Explains.Take(ShownSymptoms).Select(at => $"{at.Kind} {at.Name}");
        var rest = cause.Explains.Count - ShownSymptoms;
        text.Append("   explains ").Append(Printable(string.Join(", ", shown)));
        if (rest > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $" and {rest} more");
        }

        text.Append('\n');
    }

    /// <summary>Names and messages come from the cluster: control characters could drive the terminal.</summary>
    private static string Printable(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
}
