using Npgsql;

namespace Academy.Host.Embedded;

/// <summary>The data folder of this run and the PostgreSQL that belongs to it.</summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private readonly DataFolder _folder;
    private readonly PostgresCluster? _cluster;
    private readonly int _port;
    private readonly SemaphoreSlim _gate = new(1);
    private bool _stopped;

    private EmbeddedPostgres(DataFolder folder, PostgresCluster? cluster, int port, string connectionString, string url)
    {
        (_folder, _cluster, _port) = (folder, cluster, port);
        (ConnectionString, MasterKey, Url) = (connectionString, folder.MasterKey, url);
    }

    public string ConnectionString { get; }

    public string DataFolder => _folder.Path;

    /// <summary>32 bytes in base64, the same at every start on this folder.</summary>
    public string MasterKey { get; }

    /// <summary>Where the API should listen: loopback, a free port, the same one at the next start where that is free.</summary>
    public string Url { get; }

    /// <exception cref="EmbeddedException">It cannot start; the message says what to do.</exception>
    public static async Task<EmbeddedPostgres> StartAsync(EmbeddedOptions options, TextWriter log, CancellationToken ct)
    {
        var folder = Embedded.DataFolder.Hold(options.DataFolder);
        PostgresCluster? cluster = null;
        try
        {
            await log.WriteLineAsync($"Data folder {folder.Path}");
            var url = ChooseUrl(options, folder);
            folder.Announce(url);
            if (options.ConnectionString is { } given)
            {
                await Check(given, ct);
                return new EmbeddedPostgres(folder, null, 0, given, url);
            }

            var user = await ServiceUser.Choose(Path.Combine(folder.Path, "postgres"), ct);
            var place = await ClusterPlace.Choose(folder, user, log, ct);
            var major = PostgresCluster.MajorOf(place);
            folder.ExpectSecrets(major is not null && !File.Exists(place + ".making"));
            var programs = await new PostgresProvider(user, options.CacheFolder, log).Get(major, ct);
            if (major is null)
            {
                user = await ServiceUser.Choose("", ct); // installing it may have brought a user of its own
            }

            cluster = new PostgresCluster(place, programs, user, folder.PostgresPassword, options.MaxConnections);
            await cluster.Create(ct);
            var port = await StartOnFreePort(cluster, folder.PostgresPort, options.FirstPostgresPort, ct);
            folder.PostgresPort = port;
            await cluster.CreateDatabase(port, ct);
            await log.WriteLineAsync($"PostgreSQL {programs.Major} from {programs.Folder} on port {port}, as {user.Name}");
            return new EmbeddedPostgres(folder, cluster, port, cluster.ConnectionString(port), url);
        }
        catch
        {
            await (cluster?.Stop(CancellationToken.None) ?? Task.CompletedTask);
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Starts the server again when it was killed, on the same port. Returns whether it had to.</summary>
    public async Task<bool> Revive(CancellationToken ct)
    {
        if (_cluster is null || ServerProcesses.Running(_cluster.Folder) is not null)
        {
            return false;
        }

        await _gate.WaitAsync(ct);
        try
        {
            if (_stopped || ServerProcesses.Running(_cluster.Folder) is not null)
            {
                return false;
            }

            await _cluster.Start(_port, ct);
            return true;
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Stops the server and lets go of the data folder. A second call does nothing.</summary>
    public async Task StopAsync(CancellationToken ct = default)
    {
        await _gate.WaitAsync(ct);
        try
        {
            if (!_stopped)
            {
                _stopped = true;
                await (_cluster?.Stop(ct) ?? Task.CompletedTask);
                _folder.Dispose();
            }
        }
        finally
        {
            _gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _gate.Dispose();
    }

    /// <summary>A port that was free may be taken a moment later, by another run that starts.</summary>
    private static async Task<int> StartOnFreePort(PostgresCluster cluster, int? remembered, int first, CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            var port = FreePort.Choose(tries == 0 ? remembered : null, first + (tries * 50));
            try
            {
                return await cluster.Start(port, ct);
            }
            catch (EmbeddedException) when (tries < 5 && !FreePort.IsFree(port))
            {
                await Task.Delay(Random.Shared.Next(300), ct);
            }
        }
    }

    private static string ChooseUrl(EmbeddedOptions options, DataFolder folder)
    {
        if (options.Port is { } wanted && !FreePort.IsFree(wanted))
        {
            throw new EmbeddedException($"Port {wanted} is taken. Choose another one with --port, or leave it out for a free one.");
        }

        var port = options.Port ?? FreePort.Choose(folder.ApiPort, 8080);
        folder.ApiPort = port;
        return $"http://127.0.0.1:{port}";
    }

    private static async Task Check(string connectionString, CancellationToken ct)
    {
        try
        {
            await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, Timeout = 10 });
            await using var connection = await source.OpenConnectionAsync(ct);
            if (connection.PostgreSqlVersion.Major < PostgresLocator.OldestMajor)
            {
                throw new EmbeddedException($"The PostgreSQL that was given is version {connection.ServerVersion}; Academy needs {PostgresLocator.OldestMajor} or newer.");
            }
        }
        catch (Exception trouble) when (trouble is NpgsqlException or ArgumentException)
        {
            throw new EmbeddedException($"The PostgreSQL that was given does not let us in: {trouble.Message}");
        }
    }
}
