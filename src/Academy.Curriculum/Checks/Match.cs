namespace Academy.Curriculum.Checks;

/// <summary>How far a value meets an assertion.</summary>
/// <param name="Failures">One sentence each, without the name of the object.</param>
internal sealed record Match(int Held, int Total, IReadOnlyList<string> Failures)
{
    public bool Complete => Failures.Count == 0;

    public static Match Of(bool held, string failure) => held ? new(1, 1, []) : new(0, 1, [failure]);

    public static Match None(int total, string failure) => new(0, total, [failure]);

    public static Match Both(Match a, Match b) => new(a.Held + b.Held, a.Total + b.Total, [.. a.Failures, .. b.Failures]);
}
