using System.Globalization;
using Academy.Diagnosis.Graph;

namespace Academy.Diagnosis;

/// <summary>A finding that is known and shall not be reported again. What only it explains is not reported either.</summary>
/// <param name="Rule">The rule's id, such as <c>ACD101</c>.</param>
/// <param name="Object">Kind/namespace/name, or Kind/name for a cluster-wide object, as evidence names it; a <c>*</c> at the end stands for any rest.</param>
public sealed record Silence(string Rule, string Object)
{
    internal bool Covers(RootCause cause) =>
        cause.Rule.Equals(Rule, StringComparison.OrdinalIgnoreCase)
        && Quote.Name(new ObjectRef(cause.Kind, cause.Namespace, cause.Name)) is var name
        && (Object.EndsWith('*') ? name.StartsWith(Object[..^1], StringComparison.Ordinal) : name == Object);

    /// <summary>The report without what is silenced, with a note that says how much that is.</summary>
    internal static DiagnosisReport Apply(DiagnosisReport report, IReadOnlyList<Silence> silences)
    {
        var heard = report.RootCauses.Where(cause => !silences.Any(silence => silence.Covers(cause))).ToList();
        var count = report.RootCauses.Count - heard.Count;
        return count == 0
            ? report
            : new DiagnosisReport(heard.Count == 0, heard, [.. report.Notes, count == 1 ? "1 finding silenced." : string.Create(CultureInfo.InvariantCulture, $"{count} findings silenced.")]);
    }
}
