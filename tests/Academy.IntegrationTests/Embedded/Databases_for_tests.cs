using Npgsql;

namespace Academy.IntegrationTests.Embedded;

public sealed class Databases_for_tests(PostgresFixture postgres)
{
    [Fact]
    public async Task are_empty_and_each_its_own()
    {
        var (one, other) = (await postgres.CreateDatabase(), await postgres.CreateDatabase());
        await Run(one, "create table only_here (id int)");
        (await Run(other, "select count(*) from pg_tables where tablename = 'only_here'")).ShouldBe(0L);
    }

    [Fact]
    public async Task are_copied_from_one_that_is_prepared_once()
    {
        var prepared = 0;
        Task<string> Copy() => postgres.CreateDatabase(nameof(are_copied_from_one_that_is_prepared_once), async connection =>
        {
            prepared++;
            await Run(connection, "create table prepared (id int)");
        });
        foreach (var copy in await Task.WhenAll(Copy(), Copy(), Copy()))
        {
            (await Run(copy, "select count(*) from prepared")).ShouldBe(0L);
        }

        prepared.ShouldBe(1);
    }

    [Fact]
    public async Task keep_what_was_committed_when_their_server_is_killed()
    {
        await using var server = await PostgresFixture.StartOwnServer();
        await Run(server.ConnectionString, "create table kept as select 7 as id");
        await server.Kill();
        await Should.ThrowAsync<NpgsqlException>(() => Run(server.ConnectionString, "select 1"));
        await server.Restart();
        NpgsqlConnection.ClearAllPools();
        (await Run(server.ConnectionString, "select id from kept")).ShouldBe(7);
    }

    private static async Task<object?> Run(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
