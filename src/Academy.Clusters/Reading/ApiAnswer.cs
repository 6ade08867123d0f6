using System.Net;
using System.Text.Json;

namespace Academy.Clusters.Reading;

/// <summary>What an API server said: a document, or that it has none for us.</summary>
/// <param name="Document">Null unless the status is 200.</param>
internal sealed record ApiAnswer(HttpStatusCode Status, JsonDocument? Document) : IDisposable
{
    public void Dispose() => Document?.Dispose();
}
