using Academy.Agent.Understanding;
using Academy.Diagnosis;

namespace Academy.Agent.Tutoring;

/// <summary>Which of the findings the student speaks of.</summary>
internal static class Focus
{
    /// <summary>The cause that has most to do with what was mentioned, or null where none has.</summary>
    public static RootCause? Cause(DiagnosisReport report, IReadOnlyList<Mention> mentions)
    {
        var best = report.RootCauses
            .Select(c => (Cause: c, Score: mentions.Select(m => Score(c, m)).DefaultIfEmpty(0).Max()))
            .DefaultIfEmpty()
            .MaxBy(s => s.Score);
        return best.Score > 0 ? best.Cause : null;
    }

    /// <summary>The same, or the likeliest cause where nothing was meant; null where there is none.</summary>
    public static RootCause? CauseOrFirst(DiagnosisReport report, IReadOnlyList<Mention> mentions) =>
        Cause(report, mentions) ?? (report.RootCauses.Count > 0 ? report.RootCauses[0] : null);

    /// <summary>Whether the objects have one that is meant by the mention, by its full name or as the pods of a workload.</summary>
    public static ObjectRef? Find(IReadOnlyList<ObjectRef> objects, Mention mention) => mention.Name is { } name
        ? objects.FirstOrDefault(o => Same(o.Name, name) && IsKind(o.Kind, mention))
            ?? objects.FirstOrDefault(o => Same(o.Name, name))
            ?? objects.FirstOrDefault(o => Begins(o.Name, name) && IsKind(o.Kind, mention) && mention.Kind is not null)
        : null;

    /// <summary>Whether a mention can only be the name of an object, so that its absence is worth telling.</summary>
    public static bool IsCertain(Mention mention) => mention is { Name: { } name, Kind: not null } && name.Any(c => c is '-' || char.IsAsciiDigit(c));

    private static int Score(RootCause cause, Mention mention) => mention switch
    {
        { Name: { } name } when Same(cause.Name, name) && IsKind(cause.Kind, mention) => 10,
        { Name: { } name } when cause.Explains.Any(e => Same(e.Name, name) && IsKind(e.Kind, mention)) => 8,
        { Name: { } name } when Same(cause.Name, name) || cause.Explains.Any(e => Same(e.Name, name)) => 7,
        { Name: { } name } when cause.Explains.Any(e => Begins(e.Name, name)) => 6,
        { Name: { } name } when cause.Evidence.Any(e => Same(e.Object[(e.Object.LastIndexOf('/') + 1)..], name)) => 5,
        // A name that nothing has may be no name at all ("the model service"); then the kind counts, but little.
        { Kind: { } kind } when !IsCertain(mention) && Same(cause.Kind, kind) => mention.Name is null ? 3 : 1,
        { Kind: { } kind, Name: null } when cause.Explains.Any(e => Same(e.Kind, kind)) => 2,
        _ => 0,
    };

    private static bool IsKind(string kind, Mention mention) => mention.Kind is null || Same(kind, mention.Kind);

    private static bool Begins(string full, string name) => full.StartsWith($"{name}-", StringComparison.OrdinalIgnoreCase);

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
