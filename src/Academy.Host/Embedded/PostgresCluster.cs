using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Academy.Host.Embedded;

/// <summary>A private PostgreSQL cluster: made once, started, taken over after a crash, stopped. Loopback only, by password.</summary>
internal sealed class PostgresCluster(string folder, PostgresPrograms programs, ServiceUser user, string password, int maxConnections)
{
    private const string Role = "academy";
    private const string Database = "academy";

    /// <summary>Small: one program with a pool of connections, on a machine that has other work. Durability stays as it is.</summary>
    private static readonly string[] Settings =
    [
        "listen_addresses=127.0.0.1", "unix_socket_directories=", "shared_buffers=32MB", "work_mem=4MB",
        "maintenance_work_mem=32MB", "max_wal_size=256MB", "min_wal_size=64MB", "max_parallel_workers_per_gather=0", "jit=off", "huge_pages=off",
        "autovacuum_max_workers=2", "log_min_messages=warning",
    ];

    public string Folder => folder;

    /// <summary>Stands in the title of each of the server's processes.</summary>
    private string ServerName { get; } = $"academy-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder)))[..12]}";

    private string Log => Path.Combine(folder, "server.log");

    public static int? MajorOf(string folder)
    {
        var file = Path.Combine(folder, "PG_VERSION");
        return File.Exists(file) && int.TryParse(File.ReadAllText(file).Trim(), out var major) ? major : null;
    }

    public string ConnectionString(int port, string database = Database) => new NpgsqlConnectionStringBuilder
    {
        Host = "127.0.0.1",
        Port = port,
        Username = Role,
        Password = password,
        Database = database,
        MaxPoolSize = 60,
        ApplicationName = "academy",
    }.ConnectionString;

    /// <summary>Makes the cluster where there is none yet. A mark beside the folder tells a making that was interrupted from data.</summary>
    public async Task Create(CancellationToken ct)
    {
        var mark = folder + ".making";
        if (File.Exists(mark))
        {
            Directory.Delete(folder, recursive: true);
            PrivateFile.MakeFolder(folder);
        }
        else if (MajorOf(folder) is not null)
        {
            return;
        }
        else if (Directory.EnumerateFileSystemEntries(folder).Any())
        {
            throw new EmbeddedException($"{folder} holds files that are no PostgreSQL cluster. Choose another folder with --data DIR.");
        }

        var secret = folder + ".initdb";
        try
        {
            PrivateFile.Write(mark, "");
            PrivateFile.Write(secret, password);
            await user.Own(secret, ct);
            await user.Own(folder, ct);
            Ensure(await user.Run(ct, programs.Program("initdb"), "-D", folder, "-U", Role, "--pwfile", secret,
                "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--data-checksums"), "made");
            File.Delete(mark);
        }
        finally
        {
            File.Delete(secret);
        }
    }

    /// <summary>Starts the server, or takes over the one that still runs. Returns its port.</summary>
    public async Task<int> Start(int port, CancellationToken ct)
    {
        if (ServerProcesses.Running(folder) is { } running)
        {
            if (await Answers(running.Port, ct))
            {
                return running.Port;
            }

            await Stop(ct);
        }

        await ServerProcesses.ClearAfterKill(folder, ServerName, ct);
        if (File.Exists(Log) && new FileInfo(Log).Length > 10_000_000)
        {
            File.Move(Log, Log + ".old", overwrite: true);
        }

        var options = string.Join(' ', Settings.Append($"port={port}").Append($"max_connections={maxConnections}").Append($"cluster_name={ServerName}").Select(setting => $"-c '{setting}'"));
        // pg_ctl makes the server the leader of a session of its own: Ctrl-C reaches the API alone, which then stops the server.
        Ensure(await user.Run(ct, programs.Program("pg_ctl"), "start", "-D", folder, "-w", "-t", "120", "-s", "-l", Log, "-o", options), "started");
        return port;
    }

    public async Task CreateDatabase(int port, CancellationToken ct)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString(port, "postgres")) { Pooling = false });
        await using var exists = source.CreateCommand($"select count(*) from pg_database where datname = '{Database}'");
        if (await exists.ExecuteScalarAsync(ct) is 0L)
        {
            await using var create = source.CreateCommand($"create database {Database}");
            await create.ExecuteNonQueryAsync(ct);
        }
    }

    public async Task Stop(CancellationToken ct)
    {
        if (ServerProcesses.Running(folder) is null)
        {
            return;
        }

        var stop = await user.Run(ct, programs.Program("pg_ctl"), "stop", "-D", folder, "-m", "fast", "-w", "-t", "30", "-s");
        if (!stop.Ok && ServerProcesses.Running(folder) is not null)
        {
            Ensure(await user.Run(ct, programs.Program("pg_ctl"), "stop", "-D", folder, "-m", "immediate", "-w", "-t", "30", "-s"), "stopped");
        }
    }

    private async Task<bool> Answers(int port, CancellationToken ct)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(ConnectionString(port, "postgres")) { Pooling = false, Timeout = 5 });
            await using var ask = source.CreateCommand("select 1");
            return await ask.ExecuteScalarAsync(ct) is 1;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private void Ensure(Tool.Outcome outcome, string done)
    {
        if (!outcome.Ok)
        {
            var log = File.Exists(Log) ? string.Join('\n', File.ReadLines(Log).TakeLast(8)) : "";
            throw new EmbeddedException($"PostgreSQL in {folder} could not be {done} (as {user.Name}, {programs.Folder}):\n{outcome.Output}\n{log}".TrimEnd());
        }
    }
}
