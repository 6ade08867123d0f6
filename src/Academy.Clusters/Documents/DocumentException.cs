namespace Academy.Clusters.Documents;

/// <summary>A text is not the JSON or YAML it should be, or is built to do harm.</summary>
/// <param name="line">Counted from 1; 0 where it is not known.</param>
internal sealed class DocumentException(string message, long line, Exception? inner = null) : Exception(message, inner)
{
    public long Line { get; } = line;
}
