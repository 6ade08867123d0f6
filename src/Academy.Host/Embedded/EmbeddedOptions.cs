using System.Globalization;
using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("Academy.IntegrationTests")]

namespace Academy.Host.Embedded;

/// <summary>
/// What the command line and the environment say about the embedded mode, in which the program brings its own PostgreSQL.
/// </summary>
/// <param name="DataFolder">Absolute; holds the database, the master key and the lock.</param>
/// <param name="Port">The port of the API; null: the one of last time, else 8080, else a free one.</param>
/// <param name="ConnectionString">A PostgreSQL that somebody else runs; null: a private one below the data folder.</param>
public sealed record EmbeddedOptions(string DataFolder, int? Port = null, string? ConnectionString = null)
{
    /// <summary>Where downloaded PostgreSQL programs are kept.</summary>
    public string CacheFolder { get; init; } = DefaultCacheFolder();

    /// <summary>Connections the private PostgreSQL takes at once. A program needs fewer than the tests of a hundred programs.</summary>
    public int MaxConnections { get; init; } = 80;

    /// <summary>Where the search for the private PostgreSQL's port begins, the first time. Later it keeps the port it had.</summary>
    public int FirstPostgresPort { get; init; } = 15432;

    public static bool IsAsked(IEnumerable<string> args) => args.Contains("--embedded");

    /// <exception cref="EmbeddedException">An option without its value, or a port that is none (exit code 2).</exception>
    public static EmbeddedOptions Parse(IReadOnlyList<string> args, Func<string, string?>? environment = null)
    {
        environment ??= Environment.GetEnvironmentVariable;
        var folder = Value(args, "--data") ?? environment("ACADEMY_DATA");
        var connection = Value(args, "--postgres") ?? environment("ACADEMY_POSTGRES");
        return new EmbeddedOptions(
            Path.GetFullPath(string.IsNullOrEmpty(folder) ? DefaultDataFolder(environment) : folder),
            Value(args, "--port") is { } port ? ParsePort(port) : null,
            string.IsNullOrEmpty(connection) ? null : PostgresUri.ToConnectionString(connection));
    }

    /// <summary>Root's home is closed to the user PostgreSQL runs as, hence a folder of its own.</summary>
    public static string DefaultDataFolder(Func<string, string?> environment) =>
        Environment.IsPrivilegedProcess
            ? "/var/lib/academy"
            : Path.Combine(NotEmpty(environment("XDG_DATA_HOME")) ?? Path.Combine(Home(), ".local", "share"), "academy");

    private static string DefaultCacheFolder() =>
        Environment.IsPrivilegedProcess
            ? "/var/cache/academy"
            : Path.Combine(NotEmpty(Environment.GetEnvironmentVariable("XDG_CACHE_HOME")) ?? Path.Combine(Home(), ".cache"), "academy");

    private static string Home() => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    private static string? NotEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;

    private static string? Value(IReadOnlyList<string> args, string name)
    {
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i].StartsWith(name + "=", StringComparison.Ordinal))
            {
                return args[i][(name.Length + 1)..];
            }

            if (args[i] == name)
            {
                return i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal)
                    ? args[i + 1]
                    : throw new EmbeddedException($"{name} needs a value.", 2);
            }
        }

        return null;
    }

    private static int ParsePort(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65536
            ? port
            : throw new EmbeddedException($"--port needs a number from 1 to 65535, not '{text}'.", 2);
}
