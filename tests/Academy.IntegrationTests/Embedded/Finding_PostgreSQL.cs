using Academy.Host.Embedded;

namespace Academy.IntegrationTests.Embedded;

public sealed class Finding_PostgreSQL : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("academy-find-").FullName;

    [Fact]
    public void takes_the_one_on_PATH_first()
    {
        var onPath = Install("somewhere/bin");
        Install("usr/lib/postgresql/17/bin");
        PostgresLocator.Candidates($"/nonexistent:{onPath}", _root)[0].ShouldBe(onPath);
    }

    [Fact]
    public void takes_the_newest_of_a_distribution_by_number_not_by_letter()
    {
        string[] installed = [Install("usr/lib/postgresql/9.6/bin"), Install("usr/lib/postgresql/17/bin"), Install("usr/lib/postgresql/16/bin")];
        PostgresLocator.Candidates("", _root).ShouldBe([installed[1], installed[2], installed[0]]);
    }

    [Theory]
    [InlineData("usr/pgsql-17/bin")]
    [InlineData("opt/homebrew/opt/postgresql@17/bin")]
    [InlineData("Applications/Postgres.app/Contents/Versions/17/bin")]
    public void knows_where_others_put_it(string folder)
    {
        var installed = Install(folder);
        PostgresLocator.Candidates(null, _root).ShouldBe([installed]);
    }

    [Fact]
    public void passes_over_a_client_without_the_server()
    {
        var folder = Install("usr/lib/postgresql/17/bin");
        File.Delete(Path.Combine(folder, "initdb"));
        PostgresLocator.Candidates(folder, _root).ShouldBeEmpty();
    }

    [Fact]
    public void names_a_linked_installation_once()
    {
        var real = Install("usr/lib/postgresql/17/bin");
        var linked = Path.Combine(_root, "bin");
        Directory.CreateDirectory(linked);
        foreach (var program in Directory.EnumerateFiles(real))
        {
            File.CreateSymbolicLink(Path.Combine(linked, Path.GetFileName(program)), program);
        }

        PostgresLocator.Candidates(linked, _root).ShouldBe([linked]);
    }

    [Theory]
    [InlineData("postgres (PostgreSQL) 17.5 (Debian 17.5-1.pgdg120+1)", 17)]
    [InlineData("postgres (PostgreSQL) 18beta1", 18)]
    [InlineData("command not found", null)]
    public void reads_the_major_version(string output, int? major) => PostgresLocator.ParseMajor(output).ShouldBe(major);

    [Fact]
    public void completes_a_package_that_came_without_its_links()
    {
        var native = Path.Combine(_root, "native");
        Directory.CreateDirectory(Path.Combine(native, "bin"));
        Directory.CreateDirectory(Path.Combine(native, "lib"));
        File.WriteAllText(Path.Combine(native, "bin", "postgres"), "");
        File.WriteAllText(Path.Combine(native, "lib", "libpq.so.5.18"), "library");
        File.WriteAllText(Path.Combine(native, "pg-symlinks.json"), """[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]""");
        NpmPackage.Complete(_root);
        File.ReadAllText(Path.Combine(native, "lib", "libpq.so.5")).ShouldBe("library");
        File.GetUnixFileMode(Path.Combine(native, "bin", "postgres")).HasFlag(UnixFileMode.OtherExecute).ShouldBeTrue();
    }

    [Fact]
    public void refuses_a_package_whose_links_lead_out_of_it()
    {
        Directory.CreateDirectory(Path.Combine(_root, "native", "bin"));
        File.WriteAllText(Path.Combine(_root, "native", "pg-symlinks.json"), """[{"source":"native/bin/postgres","target":"../../outside"}]""");
        Should.Throw<EmbeddedException>(() => NpmPackage.Complete(_root)).Message.ShouldContain("../../outside");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string Install(string folder)
    {
        var bin = Path.Combine(_root, folder);
        Directory.CreateDirectory(bin);
        foreach (var program in (string[])["initdb", "postgres", "pg_ctl"])
        {
            File.WriteAllText(Path.Combine(bin, program), "");
        }

        return bin;
    }
}
