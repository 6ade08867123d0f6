using Academy.Clusters.Unpacking;
using Academy.Diagnosis;

namespace Academy.Clusters;

/// <summary>
/// Reads a folder with <c>objects.json</c> (or any <c>*.json</c>, <c>*.yaml</c>, <c>*.yml</c> where there is none of that name) and
/// <c>logs/[NAMESPACE/]POD__CONTAINER[.previous].log</c>. <c>taken-at.txt</c> (RFC 3339) and <c>unreadable.txt</c> (a kind a line) may
/// stand beside them.
/// </summary>
public static class SnapshotFolder
{
    /// <exception cref="SnapshotRefusedException">It is not a snapshot, or exceeds a limit.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static ClusterSnapshot Read(string path, ClustersOptions? options = null)
    {
        options ??= new ClustersOptions();
        var parts = new SnapshotParts(options);
        AddAll(parts, Files(path, options));
        return parts.Snapshot();
    }

    internal static void AddAll(SnapshotParts parts, IEnumerable<UploadedFile> files)
    {
        var others = new List<UploadedFile>();
        var named = false;
        foreach (var file in files)
        {
            var name = file.Path.Split('/')[^1];
            if (name is "objects.json" or "objects.yaml")
            {
                named = true;
                parts.Add(file);
            }
            else if (SnapshotParts.IsObjects(name))
            {
                others.Add(file);
            }
            else
            {
                parts.Add(file);
            }
        }

        // With objects.json there, other JSON beside it is not of the cluster.
        (named ? [] : others).ForEach(parts.Add);
    }

    private static IEnumerable<UploadedFile> Files(string path, ClustersOptions options)
    {
        var walk = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 6, AttributesToSkip = FileAttributes.ReparsePoint | FileAttributes.Hidden };
        foreach (var file in new DirectoryInfo(path).EnumerateFiles("*", walk).OrderBy(f => f.FullName, StringComparer.Ordinal).Where(IsOfSnapshot))
        {
            if (file.Length > options.MaxUnpackedBytes)
            {
                throw new SnapshotRefusedException("snapshot.too-large", $"{file.Name} is larger than {options.MaxUnpackedBytes} bytes.");
            }

            yield return new UploadedFile(Path.GetRelativePath(path, file.FullName).Replace('\\', '/'), File.ReadAllBytes(file.FullName));
        }
    }

    private static bool IsOfSnapshot(FileInfo file) => SnapshotParts.IsObjects(file.Name) || file.Extension is ".log" or ".txt";
}
