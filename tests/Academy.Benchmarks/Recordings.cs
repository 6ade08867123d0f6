using Academy.Clusters;
using Academy.Diagnosis;

namespace Academy.Benchmarks;

/// <summary>The recorded clusters of the repository, found from wherever the benchmark runs.</summary>
internal static class Recordings
{
    public static string Root { get; } = Find();

    public static ClusterSnapshot Scenario(string name) => SnapshotFolder.Read(Path.Combine(Root, "tests", "scenarios", name));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Academy.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("Run the benchmarks from inside the repository.");
    }
}
