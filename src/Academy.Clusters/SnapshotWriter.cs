using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Academy.Diagnosis;

namespace Academy.Clusters;

/// <summary>Writes a snapshot as the tar.gz that <see cref="SnapshotArchive"/> reads: what comes back gives the same diagnosis.</summary>
public static class SnapshotWriter
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task WriteAsync(ClusterSnapshot snapshot, Stream archive, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        await using var gzip = new GZipStream(archive, CompressionLevel.Optimal, leaveOpen: true);
        await using var tar = new TarWriter(gzip, TarEntryFormat.Pax, leaveOpen: true);
        foreach (var (name, text) in Files(snapshot))
        {
            await using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
            var time = snapshot.TakenAt > DateTimeOffset.UnixEpoch ? snapshot.TakenAt : DateTimeOffset.UnixEpoch;
            await tar.WriteEntryAsync(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = content, ModificationTime = time }, ct);
        }
    }

    private static IEnumerable<(string Name, string Text)> Files(ClusterSnapshot snapshot)
    {
        var list = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "List",
            ["items"] = new JsonArray([.. snapshot.Objects.Select(o => o.DeepClone())]),
        };
        yield return ("objects.json", list.ToJsonString(Indented) + "\n");
        yield return ("taken-at.txt", snapshot.TakenAt.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) + "\n");
        if (snapshot.Unreadable.Count > 0)
        {
            yield return ("unreadable.txt", string.Join('\n', snapshot.Unreadable) + "\n");
        }

        foreach (var log in snapshot.Logs)
        {
            yield return ($"logs/{log.Namespace}/{log.Pod}__{log.Container}{(log.Previous ? ".previous" : "")}.log", log.Text);
        }
    }
}
