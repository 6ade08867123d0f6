namespace Academy.Host.Embedded;

/// <summary>
/// Where the database's files lie: DATA/postgres, or, where PostgreSQL's user cannot get into DATA (below /root, say),
/// a folder of its own below /var/lib/academy, to which DATA/postgres is then a link.
/// </summary>
internal static class ClusterPlace
{
    private const string Elsewhere = "/var/lib/academy";

    public static async Task<string> Choose(DataFolder folder, ServiceUser user, TextWriter log, CancellationToken ct)
    {
        var place = Path.Combine(folder.Path, "postgres");
        if (new DirectoryInfo(place).LinkTarget is { } target)
        {
            return Directory.Exists(target)
                ? target
                : throw new EmbeddedException($"{place} leads to {target}, which is gone. Restore it, or delete {folder.Path} to start anew.");
        }

        if (Directory.Exists(place) || await user.CanEnter(folder.Path, ct))
        {
            PrivateFile.MakeFolder(place);
            await user.Own(place, ct);
            return Path.GetFullPath(place);
        }

        var other = Path.Combine(Elsewhere, $"postgres-{Convert.ToHexStringLower(System.Security.Cryptography.RandomNumberGenerator.GetBytes(6))}");
        Directory.CreateDirectory(Elsewhere);
        PrivateFile.MakeFolder(other);
        await user.Own(other, ct);
        Directory.CreateSymbolicLink(place, other);
        await log.WriteLineAsync($"The user {user.Name} cannot get into {folder.Path}: the database's files are in {other}");
        return other;
    }
}
