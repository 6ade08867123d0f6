using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Academy.Diagnosis;

/// <summary>The report in Markdown, to be pasted into an issue. What the cluster says stands in code or escaped: it makes no link, image, heading or mention.</summary>
public static partial class ReportMarkdown
{
    private const int ShownSymptoms = 12;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(DiagnosisReport report)
    {
        var text = new StringBuilder("## Diagnosis\n\n");
        if (report.Healthy)
        {
            text.Append("Nothing is wrong here.\n\n");
        }

        var number = 0;
        foreach (var cause in report.RootCauses)
        {
            Cause(text, ++number, cause);
        }

        if (report.Notes.Count > 0)
        {
            text.Append("### Notes\n\n");
            foreach (var note in report.Notes)
            {
                text.Append("- ").Append(Prose(note)).Append('\n');
            }
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Cause(StringBuilder text, int number, RootCause cause)
    {
        text.Append(CultureInfo.InvariantCulture, $"### {number}. {Code(cause.Reason)} at {Code($"{cause.Kind} {ShownText.Place(cause.Namespace, cause.Name)}")}\n\n")
            .Append(Prose(cause.Summary))
            .Append(CultureInfo.InvariantCulture, $" ({(cause.Rule.Length > 0 ? Code(cause.Rule) + ", " : "")}{cause.Confidence * 100:0} % sure)\n\n");
        foreach (var evidence in cause.Evidence)
        {
            var place = evidence.Field ?? (evidence.Log is null ? $"event {evidence.Event}" : $"log {evidence.Log}");
            text.Append("Seen in ").Append(Code($"{evidence.Object} {place}")).Append(":\n\n");
            Block(text, "text", ShownText.Plain(evidence.Quote));
        }

        if (cause.Explains.Count > 0)
        {
            text.Append("Explains ").AppendJoin(", ", cause.Explains.Take(ShownSymptoms).Select(at => Code($"{at.Kind} {ShownText.Place(at.Namespace, at.Name)}")));
            text.Append(cause.Explains.Count > ShownSymptoms ? string.Create(CultureInfo.InvariantCulture, $" and {cause.Explains.Count - ShownSymptoms} more.\n\n") : ".\n\n");
        }

        if (cause.RulesOut.Count > 0)
        {
            text.Append("Rules out ").AppendJoin(", ", cause.RulesOut.Select(other => $"{Code($"{other.Kind} {ShownText.Place(other.Namespace, other.Name)}")} ({Code(other.Reason)})")).Append(", which only follows.\n\n");
        }

        if (cause.Confirm.Count > 0)
        {
            text.Append("To confirm by hand:\n\n");
            Block(text, "sh", string.Join('\n', cause.Confirm.Select(command => ShownText.Plain(command))));
        }

        text.Append("**Fix:** ").Append(Prose(cause.Fix.Text)).Append("\n\n");
        if (cause.Fix.Patch is { } patch)
        {
            Block(text, "json", string.Join('\n', patch.ToJsonString(Indented).Split('\n').Select(line => ShownText.Plain(line.TrimEnd('\r')))));
            text.Append(Prose($"The patch {ShownText.Predicted(cause.Fix)}")).Append("\n\n");
        }
    }

    // A fence longer than any inside cannot be closed by what it holds.
    private static void Block(StringBuilder text, string language, string content)
    {
        var fence = new string('`', Math.Max(3, LongestTicks(content) + 1));
        text.Append(fence).Append(language).Append('\n').Append(content).Append('\n').Append(fence).Append("\n\n");
    }

    private static string Code(string value)
    {
        var plain = ShownText.Plain(value);
        var ticks = new string('`', LongestTicks(plain) + 1);
        return ticks.Length > 1 ? $"{ticks} {plain} {ticks}" : $"`{plain}`";
    }

    private static int LongestTicks(string text) => Ticks().Matches(text).Select(match => match.Length).DefaultIfEmpty().Max();

    // A zero-width space keeps @name and #1 from becoming a mention and a reference, and an address from becoming a link.
    private static string Prose(string text) => Special().Replace(ShownText.Plain(text), m => m.Value switch
    {
        "<" => "&lt;",
        ">" => "&gt;",
        "&" => "&amp;",
        "@" or "#" or "://" => m.Value + "\u200b",
        "www." => "www\u200b.",
        _ => "\\" + m.Value,
    });

    [GeneratedRegex("`+")]
    private static partial Regex Ticks();

    [GeneratedRegex(@"[\\`*_\[\]<>&@#|~!]|://|www\.")]
    private static partial Regex Special();
}
