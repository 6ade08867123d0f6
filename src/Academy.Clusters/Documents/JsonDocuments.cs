using System.Text.Json;

namespace Academy.Clusters.Documents;

/// <summary>JSON values, one after the other, as <c>kubectl get -o json</c> writes them.</summary>
internal static class JsonDocuments
{
    /// <summary>Yields each value. The documents are the caller's to dispose.</summary>
    /// <exception cref="DocumentException">Not JSON, too deep, or a key given twice.</exception>
    public static List<JsonDocument> Read(ReadOnlyMemory<byte> utf8, int maxDepth)
    {
        var documents = new List<JsonDocument>();
        var start = 0;
        try
        {
            var rest = utf8;
            while (Next(rest.Span, maxDepth) is { } range)
            {
                documents.Add(JsonDocument.Parse(rest[range], new JsonDocumentOptions { MaxDepth = maxDepth, AllowDuplicateProperties = false }));
                start += range.End.Value;
                rest = utf8[start..];
            }
        }
        catch (JsonException e)
        {
            documents.ForEach(d => d.Dispose());
            var line = utf8.Span[..start].Count((byte)'\n') + (e.LineNumber ?? 0) + 1;
            throw new DocumentException("this is not valid JSON: " + Cause(e), line, e);
        }

        return documents;
    }

    /// <summary>Where the next value stands; null when only white space is left.</summary>
    private static Range? Next(ReadOnlySpan<byte> utf8, int maxDepth)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = maxDepth, AllowMultipleValues = true });
        if (!reader.Read())
        {
            return null;
        }

        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        return start..(int)reader.BytesConsumed;
    }

    // The framework's text ends with a position that is counted from another place than the caller's.
    private static string Cause(JsonException e) => e.Message.Split(" LineNumber:", 2)[0].Split(" Path:", 2)[0];
}
