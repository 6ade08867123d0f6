using System.Collections.Concurrent;
using System.Runtime.Versioning;
using Academy.IntegrationTests;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresFixture))]
[assembly: UnsupportedOSPlatform("windows")]

namespace Academy.IntegrationTests;

/// <summary>
/// Hands out fresh databases of one PostgreSQL that all tests share. It is started by the first test that asks for one;
/// ask for it in the constructor of a test class: <c>public sealed class My_tests(PostgresFixture postgres)</c>.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly Lazy<Task<PostgresServer>> _server = new(() =>
        Environment.GetEnvironmentVariable("ACADEMY_TEST_POSTGRES") is { Length: > 0 } address
            ? Task.FromResult(PostgresServer.Given(address))
            : PostgresServer.Start());

    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _templates = new();
    private readonly ConcurrentBag<string> _databases = [];
    private readonly string _run = Path.GetRandomFileName()[..8];
    private int _count;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    /// <summary>An empty database.</summary>
    /// <returns>Its connection string. The pool is small: many tests share the server.</returns>
    public Task<string> CreateDatabase(CancellationToken ct = default) => Create("template0", ct);

    /// <summary>A copy of a database that is prepared once for all tests that name it alike, for example with the schema.</summary>
    /// <param name="template">The name of the preparation.</param>
    /// <param name="prepare">Takes the connection string of an empty database. It must close what it opens.</param>
    public async Task<string> CreateDatabase(string template, Func<string, Task> prepare, CancellationToken ct = default)
    {
        var database = await _templates.GetOrAdd(template, _ => new(() => Prepare(prepare))).Value;
        return await Create(database, ct);
    }

    /// <summary>A server for one test alone, which it may kill and restart without hurting others. Takes about two seconds.</summary>
    public static Task<PostgresServer> StartOwnServer(CancellationToken ct = default) => PostgresServer.Start(ct);

    public async ValueTask DisposeAsync()
    {
        if (!_server.IsValueCreated || !_server.Value.IsCompletedSuccessfully)
        {
            return;
        }

        await using var server = await _server.Value;
        NpgsqlConnection.ClearAllPools();
        foreach (var database in _databases)
        {
            await server.Execute($"drop database if exists \"{database}\" with (force)");
        }
    }

    private async Task<string> Prepare(Func<string, Task> prepare)
    {
        var connection = await Create("template0", CancellationToken.None);
        await prepare(connection);
        NpgsqlConnection.ClearPool(new NpgsqlConnection(connection));
        var database = new NpgsqlConnectionStringBuilder(connection).Database!;
        // A database with connections cannot be copied.
        await (await _server.Value).Execute($"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{database}'");
        return database;
    }

    private async Task<string> Create(string template, CancellationToken ct)
    {
        var server = await _server.Value;
        var name = $"test_{_run}_{Interlocked.Increment(ref _count)}";
        await server.Execute($"create database \"{name}\" template \"{template}\"", ct);
        _databases.Add(name);
        return new NpgsqlConnectionStringBuilder(server.AdministratorConnection)
        {
            Database = name,
            Pooling = true,
            MaxPoolSize = 30,
            ConnectionIdleLifetime = 10,
        }.ConnectionString;
    }
}
