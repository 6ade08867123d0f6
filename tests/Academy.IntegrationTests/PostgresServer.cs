using System.Diagnostics;
using Academy.Host.Embedded;
using Npgsql;

namespace Academy.IntegrationTests;

/// <summary>
/// A PostgreSQL for tests: one of our own in a temporary folder, started the way the embedded mode does it, or the one that
/// ACADEMY_TEST_POSTGRES names. Disposing leaves nothing behind.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string FolderPrefix = "academy-tests-";
    private readonly EmbeddedPostgres? _own;

    private PostgresServer(string administrator, EmbeddedPostgres? own) => (AdministratorConnection, _own) = (administrator, own);

    /// <summary>Connects to a database from which others can be made.</summary>
    public string AdministratorConnection { get; }

    /// <summary>The database a server of our own was started with.</summary>
    public string ConnectionString => Own.ConnectionString;

    private EmbeddedPostgres Own => _own ?? throw new InvalidOperationException("This server belongs to somebody else.");

    /// <summary>Ports are drawn from a wide range: no other server should take the one of a server that was just killed.</summary>
    internal static EmbeddedOptions Options(string folder) =>
        new(folder) { MaxConnections = 300, FirstPostgresPort = Random.Shared.Next(17000, 27000) };

    public static PostgresServer Given(string address) => new(PostgresUri.ToConnectionString(address), null);

    public static async Task<PostgresServer> Start(CancellationToken ct = default)
    {
        RemoveLeftovers();
        var folder = Path.Combine(Path.GetTempPath(), $"{FolderPrefix}{Environment.ProcessId}-{Path.GetRandomFileName()}");
        var own = await EmbeddedPostgres.StartAsync(Options(folder), TextWriter.Null, ct);
        var administrator = new NpgsqlConnectionStringBuilder(own.ConnectionString) { Database = "postgres", Pooling = false }.ConnectionString;
        var server = new PostgresServer(administrator, own);
        // A process that is killed loses nothing by this; a machine that is would, and no test does that.
        await server.Execute("alter system set fsync = off; alter system set full_page_writes = off; select pg_reload_conf()", ct);
        return server;
    }

    /// <summary>Ends the server the way the kernel does it when memory is short.</summary>
    public async Task Kill()
    {
        var file = PostmasterFile.Read(Path.Combine(Own.DataFolder, "postgres")) ?? throw new InvalidOperationException("The server does not run.");
        using var process = Process.GetProcessById(file.Pid);
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Starts a server that was killed, on the port it had.</summary>
    public async Task Restart(CancellationToken ct = default) => await Own.Revive(ct);

    public async Task Execute(string sql, CancellationToken ct = default)
    {
        await using var source = NpgsqlDataSource.Create(AdministratorConnection);
        await using var connection = await source.OpenConnectionAsync(ct);
        foreach (var statement in sql.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            await using var command = new NpgsqlCommand(statement, connection);
            await command.ExecuteNonQueryAsync(ct);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_own is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await _own.DisposeAsync();
            Directory.Delete(_own.DataFolder, recursive: true);
        }
    }

    /// <summary>Ends and removes what a test run left that was killed before it could.</summary>
    private static void RemoveLeftovers()
    {
        foreach (var folder in Directory.EnumerateDirectories(Path.GetTempPath(), FolderPrefix + "*"))
        {
            if (int.TryParse(Path.GetFileName(folder).Split('-')[2], out var owner) && !IsAlive(owner))
            {
                if (PostmasterFile.Read(Path.Combine(folder, "postgres")) is { } file && IsAlive(file.Pid))
                {
                    using var server = Process.GetProcessById(file.Pid);
                    server.Kill(entireProcessTree: true);
                    server.WaitForExit(5000);
                }

                Directory.Delete(folder, recursive: true);
            }
        }
    }

    private static bool IsAlive(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
