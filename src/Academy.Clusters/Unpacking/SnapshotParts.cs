using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Academy.Clusters.Documents;
using Academy.Clusters.Normalising;
using Academy.Diagnosis;

namespace Academy.Clusters.Unpacking;

/// <summary>Collects what the files of a snapshot hold, within the limits, and makes the snapshot of it.</summary>
internal sealed class SnapshotParts(ClustersOptions options)
{
    private readonly List<JsonObject> _objects = [];
    private readonly List<(LogFile File, string Text)> _logs = [];
    private readonly List<string> _unreadable = [];
    private DateTimeOffset? _takenAt;
    private long _bytes;
    private int _files;

    public void Add(UploadedFile file)
    {
        if (++_files > options.MaxEntries)
        {
            throw new SnapshotRefusedException("snapshot.too-many", $"There are more than {options.MaxEntries} files.");
        }

        if ((_bytes += file.Bytes.Length) > options.MaxUnpackedBytes)
        {
            throw new SnapshotRefusedException("snapshot.too-large", $"The files are larger than {options.MaxUnpackedBytes} bytes together.");
        }

        var name = file.Path.Split('/')[^1];
        if (LogFile.Of(file.Path) is { } log)
        {
            _logs.Add((log, Encoding.UTF8.GetString(file.Bytes.Span)));
        }
        else if (name == "unreadable.txt")
        {
            _unreadable.AddRange(Lines(file).Where(l => l.Length <= 253).Take(options.MaxEntries));
        }
        else if (name == "taken-at.txt")
        {
            _takenAt = Lines(file).Select(Moment).FirstOrDefault();
        }
        else if (IsObjects(name))
        {
            AddObjects(file);
        }
    }

    /// <summary>Whether a file is read as objects by its ending. Notes of macOS about its own files are not.</summary>
    public static bool IsObjects(string name) =>
        !name.StartsWith("._", StringComparison.Ordinal)
        && (name.EndsWith(".json", StringComparison.Ordinal) || name.EndsWith(".yaml", StringComparison.Ordinal) || name.EndsWith(".yml", StringComparison.Ordinal));

    /// <summary>Reads JSON or YAML, whichever it is.</summary>
    public void AddObjects(UploadedFile file)
    {
        List<JsonDocument> documents = [];
        try
        {
            documents = IsJson(file.Bytes.Span)
                ? JsonDocuments.Read(WithoutMark(file.Bytes), options.MaxDepth)
                : YamlDocuments.Read(new StreamReader(new MemoryStream(file.Bytes.ToArray()), new UTF8Encoding(false, true)), options.MaxDepth);
            foreach (var document in documents)
            {
                AddItem(file, document.RootElement, null, 0);
            }
        }
        catch (DocumentException e)
        {
            throw new SnapshotRefusedException("snapshot.malformed", $"{Where(file)}{(e.Line > 0 ? $"line {e.Line}: " : "")}{e.Message}", e);
        }
        finally
        {
            documents.ForEach(d => d.Dispose());
        }
    }

    public ClusterSnapshot Snapshot()
    {
        if (_objects.Count == 0)
        {
            throw new SnapshotRefusedException("snapshot.empty", "There is no Kubernetes object in it. Was the namespace right? kubectl get pods -n NAMESPACE -o json");
        }

        var logs = from l in _logs
                   let ns = l.File.Namespace ?? NamespaceOf(l.File.Pod)
                   where ns is not null
                   select new ContainerLog(ns, l.File.Pod, l.File.Container, l.File.Previous, l.Text);
        return SnapshotNormal.Of(_objects, logs, _takenAt ?? RecordedTime.Of(_objects), _unreadable, options);
    }

    private void AddItem(UploadedFile file, JsonElement item, (string ApiVersion, string Kind)? listed, int nested)
    {
        var kind = item.Text("kind");
        if (item.ValueKind == JsonValueKind.Array || (kind?.EndsWith("List", StringComparison.Ordinal) == true && item.At("items") is { ValueKind: JsonValueKind.Array }))
        {
            if (nested > 2)
            {
                throw new SnapshotRefusedException("snapshot.malformed", $"{Where(file)}lists are nested in lists.");
            }

            (string, string)? of = kind is null or "List" ? null : (item.Text("apiVersion") ?? "v1", kind[..^"List".Length]);
            foreach (var inner in item.ValueKind == JsonValueKind.Array ? item.EnumerateArray() : item.Items("items"))
            {
                AddItem(file, inner, of, nested + 1);
            }
        }
        else if (item.ValueKind != JsonValueKind.Null)
        {
            _objects.Add(NormalObject.From(item, listed?.ApiVersion, listed?.Kind) ?? throw new SnapshotRefusedException(
                "snapshot.not-kubernetes",
                $"{Where(file)}object {_objects.Count + 1} has no apiVersion, kind or metadata.name. Expected is the output of kubectl get -o json or -o yaml."));
            if (_objects.Count > options.MaxObjects)
            {
                throw new SnapshotRefusedException("snapshot.too-many", $"There are more than {options.MaxObjects} objects. Take a snapshot of one namespace.");
            }
        }
    }

    private string? NamespaceOf(string pod)
    {
        var homes = _objects.Where(o => o.Kind() == "Pod" && o.Name() == pod).Select(o => o.Namespace()).OfType<string>().Distinct().Take(2).ToList();
        return homes is [var home] ? home : null;
    }

    private static string[] Lines(UploadedFile file) =>
        Encoding.UTF8.GetString(file.Bytes.Span).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static DateTimeOffset? Moment(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment) ? moment : null;

    private static bool IsJson(ReadOnlySpan<byte> bytes) => WithoutMark(bytes).TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];

    // Windows' shells write a byte order mark in front.
    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> bytes) => bytes.StartsWith("\uFEFF"u8) ? bytes[3..] : bytes;

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> bytes) => bytes[(bytes.Length - WithoutMark(bytes.Span).Length)..];

    private static string Where(UploadedFile file) => file.Path.Length == 0 ? "" : $"{Shown.Text(file.Path)}: ";
}
