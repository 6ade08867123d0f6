using System.Diagnostics;
using Academy.Host.Embedded;

namespace Academy.IntegrationTests.Embedded;

/// <summary>Whole processes, ended in every way that happens. The tests share one data folder, each going on where the last one ended.</summary>
public sealed class Running_the_program(Running_the_program.Folder folder) : IClassFixture<Running_the_program.Folder>
{
    public sealed class Folder : IDisposable
    {
        public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"academy-tests-{Environment.ProcessId}-{System.IO.Path.GetRandomFileName()}");

        public void Dispose() => Directory.Delete(Path, recursive: true);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("HUP")]
    public async Task stops_everything_when_it_is_asked_to_stop(string signal)
    {
        await using var host = await HostProcess.Start(folder.Path);
        var postgres = host.Postgres!.Pid;
        (await host.End(signal)).ShouldBe(0);
        IsRunning(postgres).ShouldBeFalse();
        host.Postgres.ShouldBeNull();
        FreePort.IsFree(host.Port).ShouldBeTrue();
    }

    [Fact]
    public async Task says_where_it_is_and_gives_three_ways_in()
    {
        await using var host = await HostProcess.Start(folder.Path);
        await Until(() => host.Output.Contains("Ctrl-C", StringComparison.Ordinal));
        host.Output.ShouldContain(folder.Path);
        foreach (var role in (string[])["Student", "Mentor", "Administrator"])
        {
            var link = host.Output.Split('\n').Single(line => line.TrimStart().StartsWith(role, StringComparison.Ordinal)).Split(' ')[^1];
            link.ShouldStartWith($"http://127.0.0.1:{host.Port}/");
            using var answer = await host.Get(link);
            ((int)answer.StatusCode).ShouldBeLessThan(400, $"{role}: {link}");
            answer.Headers.Contains("Set-Cookie").ShouldBeTrue(role);
        }
    }

    [Fact]
    public async Task goes_on_when_PostgreSQL_was_killed()
    {
        await using var host = await HostProcess.Start(folder.Path);
        await host.Query("create table if not exists survives (id int)");
        var before = host.Postgres!.Pid;
        host.KillPostgres();
        await Until(() => host.Postgres is { } now && now.Pid != before);
        await host.Ready();
        (await host.Query("select count(*) from survives")).ShouldBe(0L);
    }

    [Fact]
    public async Task takes_over_what_a_killed_program_left_behind()
    {
        int postgres;
        await using (var killed = await HostProcess.Start(folder.Path))
        {
            await killed.Query("create table if not exists left_behind as select 7 as id");
            postgres = killed.Postgres!.Pid;
            await killed.End("KILL");
            IsRunning(postgres).ShouldBeTrue();
        }

        await using var next = await HostProcess.Start(folder.Path);
        next.Postgres!.Pid.ShouldBe(postgres);
        (await next.Query("select id from left_behind")).ShouldBe(7);
    }

    [Fact]
    public async Task recovers_when_both_were_killed()
    {
        await using (var killed = await HostProcess.Start(folder.Path))
        {
            await killed.Query("create table if not exists committed as select 7 as id");
            killed.KillPostgres();
            await killed.End("KILL");
        }

        await using var next = await HostProcess.Start(folder.Path);
        (await next.Query("select id from committed")).ShouldBe(7);
    }

    [Fact]
    public async Task refuses_a_second_run_on_the_same_folder()
    {
        await using var first = await HostProcess.Start(folder.Path);
        await using var second = HostProcess.Launch(folder.Path);
        (await second.Ended()).ShouldBe(3);
        await Until(() => second.Output.Contains($"http://127.0.0.1:{first.Port}", StringComparison.Ordinal));
        second.Output.ShouldContain("already runs");
        await first.Ready();
    }

    private static async Task Until(Func<bool> condition)
    {
        for (var waited = Stopwatch.StartNew(); !condition() && waited.Elapsed < TimeSpan.FromSeconds(30);)
        {
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        condition().ShouldBeTrue();
    }

    /// <summary>A zombie, which nobody has fetched yet, does not run.</summary>
    private static bool IsRunning(int pid) =>
        !OperatingSystem.IsLinux() ? Process.GetProcesses().Any(process => process.Id == pid)
        : File.Exists($"/proc/{pid}/cmdline") && File.ReadAllText($"/proc/{pid}/cmdline").Length > 0;
}
