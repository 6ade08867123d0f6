using Academy.Curriculum.Artefacts;

namespace Academy.Curriculum;

/// <summary>Looks whether an upload is what its lab asks for: a text in UTF-8, not too large, that can be read as its type.</summary>
public static class ArtefactScanner
{
    /// <summary>Null when it is. Takes any bytes, in bounded time and memory.</summary>
    public static ArtefactProblem? Scan(LabArtefact artefact, ReadOnlySpan<byte> content)
    {
        ArgumentNullException.ThrowIfNull(artefact);
        return ArtefactReader.Read(artefact, content).Problem;
    }
}
