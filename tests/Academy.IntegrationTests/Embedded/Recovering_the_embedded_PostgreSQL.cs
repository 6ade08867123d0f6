using Academy.Host.Embedded;
using Npgsql;

namespace Academy.IntegrationTests.Embedded;

public sealed class Recovering_the_embedded_PostgreSQL : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"academy-tests-{Environment.ProcessId}-{Path.GetRandomFileName()}");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task ends_children_that_did_not_notice_the_death_of_a_killed_server()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc");
        await using var server = await PostgresServer.Start(TestContext.Current.CancellationToken);
        await Query(server.ConnectionString, "create table kept as select 7 as id");
        var busy = Query(server.ConnectionString, "select count(*) from generate_series(1, 1000000000000) a");
        while (await Query(server.ConnectionString, "select count(*) from pg_stat_activity where query like '%generate_series(1%' and pid <> pg_backend_pid() and state = 'active'") is 0L)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        await server.Kill();
        await server.Restart(TestContext.Current.CancellationToken);
        await Should.ThrowAsync<NpgsqlException>(() => busy);
        NpgsqlConnection.ClearAllPools();
        (await Query(server.ConnectionString, "select id from kept")).ShouldBe(7);
    }

    [Fact]
    public async Task takes_over_a_server_that_outlived_its_program()
    {
        var ct = TestContext.Current.CancellationToken;
        var user = await ServiceUser.Choose(_folder, ct);
        var place = await Place(user);
        var programs = await new PostgresProvider(user, _folder, TextWriter.Null).Get(null, ct);
        var first = new PostgresCluster(place, programs, user, "secret", 20);
        await first.Create(ct);
        var port = await first.Start(FreePort.Choose(null, 16500), ct);
        var pid = PostmasterFile.Read(place)!.Pid;
        var next = new PostgresCluster(place, programs, user, "secret", 20);
        try
        {
            (await next.Start(FreePort.Choose(null, 16600), ct)).ShouldBe(port);
            PostmasterFile.Read(place)!.Pid.ShouldBe(pid);
        }
        finally
        {
            await next.Stop(CancellationToken.None);
        }
    }

    [Fact]
    public async Task lets_runs_that_start_at_once_each_find_a_port()
    {
        var folders = Enumerable.Range(0, 3).Select(i => $"{_folder}-{i}").ToList();
        var started = await Task.WhenAll(folders.Select(folder =>
            EmbeddedPostgres.StartAsync(new EmbeddedOptions(folder), TextWriter.Null, TestContext.Current.CancellationToken)));
        started.Select(postgres => new NpgsqlConnectionStringBuilder(postgres.ConnectionString).Port).ShouldBeUnique();
        foreach (var postgres in started)
        {
            await postgres.DisposeAsync();
            Directory.Delete(postgres.DataFolder, recursive: true);
        }
    }

    [Fact]
    public async Task makes_anew_what_was_interrupted_while_it_was_made()
    {
        var place = await Place(await ServiceUser.Choose(_folder, TestContext.Current.CancellationToken));
        File.WriteAllText(place + ".making", "");
        File.WriteAllText(Path.Combine(place, "PG_VERSION"), "15\n");
        await using var postgres = await Start();
        (await Query(postgres.ConnectionString, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task leaves_a_folder_alone_that_holds_something_else()
    {
        var place = await Place(await ServiceUser.Choose(_folder, TestContext.Current.CancellationToken));
        File.WriteAllText(Path.Combine(place, "thesis.txt"), "three years of work");
        (await Should.ThrowAsync<EmbeddedException>(Start)).Message.ShouldContain(place);
        File.ReadAllText(Path.Combine(place, "thesis.txt")).ShouldBe("three years of work");
    }

    [Fact]
    public async Task says_so_when_the_database_that_was_given_does_not_answer()
    {
        var closed = FreePort.Choose(null, 17000);
        var given = new EmbeddedOptions(_folder, ConnectionString: $"Host=127.0.0.1;Port={closed};Username=x;Password=hunter2;Database=x");
        var refusal = await Should.ThrowAsync<EmbeddedException>(() => EmbeddedPostgres.StartAsync(given, TextWriter.Null, TestContext.Current.CancellationToken));
        refusal.Message.ShouldContain("does not let us in");
        refusal.Message.ShouldNotContain("hunter2");
    }

    [Fact]
    public async Task uses_a_database_that_was_given_and_makes_none()
    {
        await using var server = await PostgresServer.Start(TestContext.Current.CancellationToken);
        await using (var given = await EmbeddedPostgres.StartAsync(
            new EmbeddedOptions(_folder, ConnectionString: server.ConnectionString), TextWriter.Null, TestContext.Current.CancellationToken))
        {
            given.ConnectionString.ShouldBe(server.ConnectionString);
            Directory.Exists(Path.Combine(_folder, "postgres")).ShouldBeFalse();
        }

        (await Query(server.ConnectionString, "select 1")).ShouldBe(1);
    }

    private async Task<string> Place(ServiceUser user)
    {
        using var folder = DataFolder.Hold(_folder);
        return await ClusterPlace.Choose(folder, user, TextWriter.Null, TestContext.Current.CancellationToken);
    }

    private Task<EmbeddedPostgres> Start() =>
        EmbeddedPostgres.StartAsync(PostgresServer.Options(_folder), TextWriter.Null, TestContext.Current.CancellationToken);

    private static async Task<object?> Query(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connectionString) { CommandTimeout = 120 });
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
