using Academy.Clusters.Documents;

namespace Academy.Clusters.Unpacking;

/// <summary>Paths of an archive's entries: relative, inside, and in one spelling.</summary>
internal static class SafePath
{
    /// <exception cref="SnapshotRefusedException"><c>snapshot.path</c>.</exception>
    public static string Of(string name)
    {
        var parts = name.Split('/');
        var leadsOut = name.Length == 0
            || name.StartsWith('/')
            || name.Contains('\\')
            || name.Any(char.IsControl)
            || (name.Length > 1 && name[1] == ':')
            || parts.Contains("..");
        return leadsOut
            ? throw new SnapshotRefusedException("snapshot.path", $"{Shown.Text(name)}: the path must stay inside the archive: relative, without '..'.")
            : string.Join('/', parts.Where(p => p is not ("" or ".")));
    }
}
