using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using Academy.Diagnosis;

namespace Academy.Features.Connecting;

/// <summary>How a snapshot is kept: gzipped JSON.</summary>
internal static class RecordingFormat
{
    private sealed record Kept(IReadOnlyList<JsonObject> Objects, IReadOnlyList<ContainerLog> Logs, DateTimeOffset TakenAt, IReadOnlyList<string> Unreadable);

    public static byte[] Write(ClusterSnapshot snapshot)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            JsonSerializer.Serialize(gzip, new Kept(snapshot.Objects, snapshot.Logs, snapshot.TakenAt, snapshot.Unreadable));
        }

        return bytes.ToArray();
    }

    public static ClusterSnapshot Read(byte[] bytes)
    {
        using var gzip = new GZipStream(new MemoryStream(bytes), CompressionMode.Decompress);
        var kept = JsonSerializer.Deserialize<Kept>(gzip)!;
        return ClusterSnapshot.Create(kept.Objects, kept.Logs, kept.TakenAt, kept.Unreadable);
    }
}
