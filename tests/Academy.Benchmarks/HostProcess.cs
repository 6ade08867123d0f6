using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Academy.Benchmarks;

/// <summary>The host as <c>./academy run</c> starts it, on a data folder of its own.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Uri _signIn;

    private HostProcess(Process process, Uri signIn, TimeSpan startTime) => (_process, _signIn, StartTime) = (process, signIn, startTime);

    /// <summary>Until the sign-in links are printed.</summary>
    public TimeSpan StartTime { get; }

    public long ResidentMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / (1024 * 1024);
        }
    }

    public static async Task<HostProcess> Start(string data)
    {
        var began = Stopwatch.GetTimestamp();
        var process = Process.Start(new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Academy.Host.dll"), "--embedded", $"--data={data}" },
            RedirectStandardOutput = true,
            Environment =
            {
                ["ACADEMY_HOME"] = Recordings.Root,
                ["ASPNETCORE_CONTENTROOT"] = Path.Combine(Recordings.Root, "src", "Academy.Host"),
                ["ASPNETCORE_ENVIRONMENT"] = "Production",
                ["Academy__QuestionsPerMinute"] = "1000",
            },
        })!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (StudentLink().Match(line) is { Success: true } match)
            {
                var took = Stopwatch.GetElapsedTime(began);
                _ = process.StandardOutput.ReadToEndAsync();
                return new HostProcess(process, new Uri(match.Groups[1].Value), took);
            }
        }

        throw new InvalidOperationException("Academy did not start.");
    }

    /// <summary>A client with the student's session.</summary>
    public async Task<HttpClient> SignIn()
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(_signIn.GetLeftPart(UriPartial.Authority)),
        };
        using var response = await client.GetAsync(_signIn);
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"Student\s+(http\S+)")]
    private static partial Regex StudentLink();
}
