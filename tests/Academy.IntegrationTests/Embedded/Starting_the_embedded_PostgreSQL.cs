using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Academy.Host.Embedded;
using Npgsql;

namespace Academy.IntegrationTests.Embedded;

public sealed class Starting_the_embedded_PostgreSQL : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"academy-tests-{Environment.ProcessId}-{Path.GetRandomFileName()}");
    private EmbeddedPostgres _postgres = null!;

    private string Cluster => Path.Combine(_folder, "postgres");

    public async ValueTask InitializeAsync() => _postgres = await Start();

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        await _postgres.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void never_runs_it_as_root()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Reads /proc");
        var status = File.ReadAllLines($"/proc/{PostmasterFile.Read(Cluster)!.Pid}/status");
        status.Single(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1..].ShouldAllBe(id => id != "0");
        status.Single(line => line.StartsWith("Groups:", StringComparison.Ordinal)).Split(':')[1].Split(' ').ShouldAllBe(id => id.Trim() != "0");
    }

    [Fact]
    public async Task lets_nobody_in_without_the_password()
    {
        var wrong = new NpgsqlConnectionStringBuilder(_postgres.ConnectionString) { Password = "guess", Pooling = false };
        (await Should.ThrowAsync<PostgresException>(() => Query(wrong.ConnectionString, "select 1"))).SqlState.ShouldBe(PostgresErrorCodes.InvalidPassword);
        File.GetUnixFileMode(Cluster).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        File.GetUnixFileMode(Path.Combine(_folder, "postgres.password")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.GetUnixFileMode(Path.Combine(_folder, "master.key")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task listens_on_loopback_alone() =>
        (await Query(_postgres.ConnectionString, "show listen_addresses")).ShouldBe("127.0.0.1");

    [Fact]
    public async Task refuses_a_second_run_on_the_same_folder_and_names_the_first()
    {
        var refusal = await Should.ThrowAsync<EmbeddedException>(Start);
        refusal.ExitCode.ShouldBe(3);
        refusal.Message.ShouldContain(_postgres.Url);
        refusal.Message.ShouldContain(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        (await Query(_postgres.ConnectionString, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task goes_on_with_the_same_data_keys_and_ports_after_a_stop()
    {
        var (connection, key, url) = (_postgres.ConnectionString, _postgres.MasterKey, _postgres.Url);
        await Query(connection, "create table kept as select 7 as id");
        await _postgres.DisposeAsync();
        PostmasterFile.Read(Cluster).ShouldBeNull();
        _postgres = await Start();
        (_postgres.ConnectionString, _postgres.MasterKey, _postgres.Url).ShouldBe((connection, key, url));
        (await Query(_postgres.ConnectionString, "select id from kept")).ShouldBe(7);
    }

    [Fact]
    public async Task takes_other_ports_when_its_own_are_taken_by_then()
    {
        var url = new Uri(_postgres.Url);
        await _postgres.DisposeAsync();
        using var squatter = new TcpListener(IPAddress.Loopback, url.Port);
        squatter.Start();
        _postgres = await Start();
        new Uri(_postgres.Url).Port.ShouldNotBe(url.Port);
    }

    [Theory]
    [InlineData("master.key")]
    [InlineData("postgres.password")]
    public async Task refuses_to_make_new_secrets_for_data_sealed_with_lost_ones(string secret)
    {
        await _postgres.DisposeAsync();
        var kept = File.ReadAllText(Path.Combine(_folder, secret));
        File.Delete(Path.Combine(_folder, secret));
        (await Should.ThrowAsync<EmbeddedException>(Start)).Message.ShouldContain(secret);
        File.WriteAllText(Path.Combine(_folder, secret), kept);
        _postgres = await Start();
    }

    [Fact]
    public async Task is_not_misled_by_a_pid_file_whose_pid_is_another_programs_by_now()
    {
        await _postgres.DisposeAsync();
        var port = new NpgsqlConnectionStringBuilder(_postgres.ConnectionString).Port;
        File.WriteAllText(Path.Combine(Cluster, "postmaster.pid"), $"{Environment.ProcessId}\n{Cluster}\n1700000000\n{port}\n\n127.0.0.1\n  1  1\nready\n");
        _postgres = await Start();
        (await Query(_postgres.ConnectionString, "select 1")).ShouldBe(1);
    }

    [Fact]
    public async Task goes_on_as_the_user_that_owns_the_data_when_there_is_a_better_one_by_now()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "Only root can give files away");
        await _postgres.DisposeAsync();
        (await Tool.Run(["chown", "-R", "nobody", Cluster], TestContext.Current.CancellationToken)).Ok.ShouldBeTrue();
        _postgres = await Start();
        var nobody = await Tool.Run(["id", "-u", "nobody"], TestContext.Current.CancellationToken);
        File.ReadAllLines($"/proc/{PostmasterFile.Read(Cluster)!.Pid}/status").Single(line => line.StartsWith("Uid:", StringComparison.Ordinal))
            .Split('\t')[1].ShouldBe(nobody.Output);
    }

    private Task<EmbeddedPostgres> Start() =>
        EmbeddedPostgres.StartAsync(PostgresServer.Options(_folder), TextWriter.Null, TestContext.Current.CancellationToken);

    private static async Task<object?> Query(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
