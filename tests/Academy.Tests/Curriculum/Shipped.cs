using System.Text.Json.Nodes;
using Academy.Curriculum;
using Academy.Diagnosis;

namespace Academy.Tests.Curriculum;

/// <summary>The curriculum of this repository, loaded once, and its recordings.</summary>
internal static class Shipped
{
    /// <summary>The repository's root.</summary>
    public static string Root { get; } = FindRoot();

    public static string Folder { get; } = Path.Combine(Root, "curriculum");

    private static readonly Lazy<CatalogResult> LoadedOnce = new(() => CatalogLoader.Load(Path.Combine(Root, "curriculum")));

    public static CatalogResult Result => LoadedOnce.Value;

    public static Catalog Catalog => Result.Catalog ?? throw new InvalidOperationException(string.Join("\n", Result.Problems));

    public static Lab Lab(string id) => Catalog.FindLab(id) ?? throw new InvalidOperationException($"no lab {id}");

    /// <summary>Reads a recording: objects.json, a List, and logs/POD__CONTAINER[.previous].log.</summary>
    public static ClusterSnapshot Recording(string folder, string ns)
    {
        var list = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "objects.json")))!;
        var objects = list["items"]!.AsArray().Select(i => i!.DeepClone().AsObject()).ToList();
        var logs = Directory.Exists(Path.Combine(folder, "logs")) ? Directory.GetFiles(Path.Combine(folder, "logs")) : [];
        return ClusterSnapshot.Create(objects, logs.Order(StringComparer.Ordinal).Select(f => Log(f, ns)), TakenAt(objects));
    }

    private static ContainerLog Log(string file, string ns)
    {
        var name = Path.GetFileName(file)[..^".log".Length];
        var previous = name.EndsWith(".previous", StringComparison.Ordinal);
        var parts = (previous ? name[..^".previous".Length] : name).Split("__");
        return new ContainerLog(ns, parts[0], parts[1], previous, File.ReadAllText(file));
    }

    // The newest time that stands in any object; a recording is read moments after it.
    private static DateTimeOffset TakenAt(IEnumerable<JsonObject> objects) =>
        objects.SelectMany(Texts).Where(t => t.Length == 20 && t[10] == 'T' && t[^1] == 'Z')
            .Select(t => DateTimeOffset.TryParse(t, System.Globalization.CultureInfo.InvariantCulture, out var time) ? time : DateTimeOffset.UnixEpoch)
            .DefaultIfEmpty(DateTimeOffset.UnixEpoch).Max();

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject map => map.SelectMany(e => Texts(e.Value)),
        JsonArray list => list.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Academy.sln")))
        {
            folder = Path.GetDirectoryName(folder.TrimEnd(Path.DirectorySeparatorChar)) ?? throw new InvalidOperationException("Academy.sln is not above the tests");
        }

        return folder;
    }
}
