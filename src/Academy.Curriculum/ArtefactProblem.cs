namespace Academy.Curriculum;

/// <summary>Why an artefact cannot be used.</summary>
/// <param name="Line">Counted from 1; 0 where it is about the whole.</param>
/// <param name="Column">Counted from 1.</param>
public sealed record ArtefactProblem(string Message, int Line = 0, int Column = 0)
{
    public override string ToString() => Line > 0 ? $"line {Line}, column {Column}: {Message}" : Message;
}
