using System.Text.Json.Nodes;
using Academy.Clusters;
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

    /// <summary>Reads a recording as the product does.</summary>
    public static ClusterSnapshot Recording(string folder) => SnapshotFolder.Read(folder);

    /// <summary>The objects of a recording as they stand in its file.</summary>
    public static IReadOnlyList<JsonObject> Objects(string folder) =>
        [.. JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "objects.json")))!["items"]!.AsArray().Select(i => i!.AsObject())];

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
