using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Academy.Benchmarks;

/// <summary>The host as <c>./academy run</c> starts it, on a data folder of its own.</summary>
internal sealed partial class HostProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Uri _student;
    private readonly Uri _administrator;

    private HostProcess(Process process, Uri student, Uri administrator, TimeSpan startTime) =>
        (_process, _student, _administrator, StartTime) = (process, student, administrator, startTime);

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
                ["Academy__RequestsPerMinute"] = "100000",
            },
        })!;
        Uri? student = null;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (SignInLink().Match(line) is not { Success: true } match)
            {
                continue;
            }

            var link = new Uri(match.Groups[2].Value);
            if (match.Groups[1].Value == "Student")
            {
                student = link;
            }
            else if (student is not null)
            {
                var took = Stopwatch.GetElapsedTime(began);
                _ = process.StandardOutput.ReadToEndAsync();
                return new HostProcess(process, student, link, took);
            }
        }

        throw new InvalidOperationException("Academy did not start.");
    }

    /// <summary>A client with the student's session.</summary>
    public Task<HttpClient> SignIn() => SignIn(_student);

    public Task<HttpClient> SignInAsAdministrator() => SignIn(_administrator);

    /// <summary>A client with the session of the person whose link it is.</summary>
    public async Task<HttpClient> SignIn(Uri link)
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(link.GetLeftPart(UriPartial.Authority)),
        };
        using var response = await client.GetAsync(link);
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return client;
    }

    public async ValueTask DisposeAsync()
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    [GeneratedRegex(@"(Student|Administrator)\s+(http\S+)")]
    private static partial Regex SignInLink();
}
