using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Academy.Host.Embedded;
using Academy.IntegrationTests.Kubernetes;
using Npgsql;

namespace Academy.IntegrationTests.Embedded;

/// <summary>The real program in the embedded mode, as ./academy run starts it.</summary>
internal sealed class HostProcess : IAsyncDisposable
{
    private readonly string _folder;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly HttpClient _http;

    private HostProcess(string folder, int port, IReadOnlyDictionary<string, string>? settings)
    {
        (_folder, Port) = (folder, port);
        _http = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(5) };
        // Whoever runs the tests in the background has them ignore SIGINT, and the program would inherit that.
        string[] plainSignals = OperatingSystem.IsLinux() ? ["env", "--default-signal", Dotnet] : [Dotnet];
        var start = new ProcessStartInfo(
            plainSignals[0], [.. plainSignals[1..], Path.Combine(AppContext.BaseDirectory, "Academy.Host.dll"), "--embedded", "--data", folder, "--port", $"{port}"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["ASPNETCORE_CONTENTROOT"] = Path.Combine(Repository.Root, "src", "Academy.Host"), ["ASPNETCORE_ENVIRONMENT"] = "Production" },
        };
        foreach (var (name, value) in settings ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.ErrorDataReceived += (_, line) => _output.Enqueue(line.Data ?? "");
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public int Port { get; }

    public string Output => string.Join('\n', _output);

    /// <summary>What postmaster.pid says; null where no server runs by it.</summary>
    public PostmasterFile? Postgres => PostmasterFile.Read(Path.Combine(_folder, "postgres"));

    private static string Dotnet => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "..", "dotnet"));

    /// <summary>Starts it and waits until it is ready for requests.</summary>
    /// <param name="settings">Environment variables over those of this process.</param>
    public static async Task<HostProcess> Start(string folder, IReadOnlyDictionary<string, string>? settings = null)
    {
        var host = Launch(folder, settings);
        await host.Ready();
        return host;
    }

    /// <summary>Starts it and waits for nothing.</summary>
    public static HostProcess Launch(string folder, IReadOnlyDictionary<string, string>? settings = null) =>
        new(folder, FreePort.Choose(null, Random.Shared.Next(20000, 30000)), settings);

    public async Task Ready()
    {
        for (var until = Stopwatch.StartNew(); until.Elapsed < TimeSpan.FromSeconds(90);)
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"The program ended with code {_process.ExitCode}:\n{Output}");
            }

            try
            {
                using var answer = await _http.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (Exception trouble) when (trouble is HttpRequestException or TaskCanceledException)
            {
                // not yet
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"The program was not ready after 90 s:\n{Output}");
    }

    public Task<HttpResponseMessage> Get(string address) => _http.GetAsync(new Uri(address, UriKind.RelativeOrAbsolute));

    /// <summary>Sends a signal by name, for example INT, and waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> End(string signal)
    {
        using (var kill = Process.Start("kill", ["-s", signal, $"{_process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        return await Ended();
    }

    public async Task<int> Ended()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await _process.WaitForExitAsync(limit.Token);
        return _process.ExitCode;
    }

    public void KillPostgres()
    {
        using var server = Process.GetProcessById(Postgres!.Pid);
        server.Kill();
    }

    /// <summary>Asks the program's own database, past the program.</summary>
    public async Task<object?> Query(string sql)
    {
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = Postgres!.Port,
            Username = "academy",
            Password = (await File.ReadAllTextAsync(Path.Combine(_folder, "postgres.password"))).Trim(),
            Database = "academy",
            Pooling = false,
        };
        await using var source = NpgsqlDataSource.Create(connection);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await End("TERM");
        }

        _process.Dispose();
        _http.Dispose();
    }
}
