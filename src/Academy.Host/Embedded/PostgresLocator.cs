using System.Globalization;
using System.Text.RegularExpressions;

namespace Academy.Host.Embedded;

/// <summary>A folder with PostgreSQL's programs that were seen to run.</summary>
public sealed record PostgresPrograms(string Folder, int Major)
{
    public string Program(string name) => Path.Combine(Folder, name);
}

/// <summary>Finds PostgreSQL on this machine: on PATH first, then where distributions put it, newest first.</summary>
public static partial class PostgresLocator
{
    /// <summary>Marten needs no more than this.</summary>
    public const int OldestMajor = 15;

    private static readonly string[] Needed = ["initdb", "postgres", "pg_ctl"];

    private static readonly string[] UsualFolders =
    [
        "usr/lib/postgresql/*/bin",
        "usr/pgsql-*/bin",
        "usr/lib/postgresql*/bin",
        "usr/libexec/postgresql*",
        "opt/homebrew/opt/postgresql@*/bin",
        "usr/local/opt/postgresql@*/bin",
        "home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",
        "Applications/Postgres.app/Contents/Versions/*/bin",
    ];

    /// <summary>Folders that hold all the programs, in the order in which they should be tried; each once.</summary>
    /// <param name="path">The value of PATH.</param>
    /// <param name="root">What the usual folders are relative to; "/" but in tests.</param>
    public static IReadOnlyList<string> Candidates(string? path, string root = "/") =>
    [
        .. (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(UsualFolders.SelectMany(pattern => Expand(root, pattern)))
            .Where(folder => Needed.All(name => File.Exists(Path.Combine(folder, name))))
            .DistinctBy(folder => RealPath(Path.Combine(folder, "postgres"))),
    ];

    /// <summary>Reads "postgres (PostgreSQL) 17.5 (Debian 17.5-1)"; null for anything else.</summary>
    public static int? ParseMajor(string version) =>
        VersionPattern().Match(version) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    /// <summary>The newest first, numerically: 17 before 9.</summary>
    private static IEnumerable<string> Expand(string root, string pattern)
    {
        var star = pattern.IndexOf('*', StringComparison.Ordinal);
        var parent = Path.Combine(root, pattern[..pattern.LastIndexOf('/', star)]);
        var rest = pattern[(pattern.LastIndexOf('/', star) + 1)..].Split('/', 2);
        return Directory.Exists(parent)
            ? Directory.EnumerateDirectories(parent, rest[0])
                .OrderByDescending(Number)
                .ThenByDescending(folder => folder, StringComparer.Ordinal)
                .Select(folder => rest.Length == 1 ? folder : Path.Combine(folder, rest[1]))
                .Where(Directory.Exists)
            : [];
    }

    private static double Number(string folder) =>
        double.TryParse(NumberPattern().Match(Path.GetFileName(folder)).Value, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static string RealPath(string file) => File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(file);

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex VersionPattern();

    [GeneratedRegex(@"\d+(\.\d+)?$")]
    private static partial Regex NumberPattern();
}
