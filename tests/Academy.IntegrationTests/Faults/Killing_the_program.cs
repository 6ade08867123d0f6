using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Academy.IntegrationTests.Embedded;

namespace Academy.IntegrationTests.Faults;

public sealed partial class Killing_the_program : IDisposable
{
    private const int Commands = 1000;
    private const int KillAfter = 400;
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"academy-tests-{Environment.ProcessId}-{Path.GetRandomFileName()}");

    public void Dispose()
    {
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task in_the_middle_of_a_thousand_commands_loses_none_that_was_acknowledged_and_doubles_none()
    {
        var acknowledged = new Dictionary<int, Guid>();
        await using (var first = await HostProcess.Start(_folder, Settings))
        {
            using var student = await SignIn(first);
            var gate = new Lock();
            using var killed = new CancellationTokenSource();
            await Parallel.ForEachAsync(Enumerable.Range(0, Commands), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
            {
                if (killed.IsCancellationRequested || await Send(student, number) is not { } id)
                {
                    return;
                }

                bool enough;
                lock (gate)
                {
                    acknowledged.Add(number, id);
                    enough = acknowledged.Count == KillAfter;
                }

                if (enough)
                {
                    await killed.CancelAsync();
                    await first.End("KILL");
                }
            });
        }

        acknowledged.Count.ShouldBeInRange(KillAfter, Commands - 1);
        await using var second = await HostProcess.Start(_folder, Settings);
        using var again = await SignIn(second);
        (await All(again)).Intersect(acknowledged.Values).Count().ShouldBe(acknowledged.Count);

        var repeated = new Dictionary<int, Guid>();
        foreach (var number in Enumerable.Range(0, Commands))
        {
            repeated.Add(number, (await Send(again, number)).ShouldNotBeNull());
        }

        acknowledged.ShouldAllBe(a => repeated[a.Key] == a.Value);
        (await All(again)).Order().ShouldBe(repeated.Values.Order());
        (await second.Query("select count(*) from academy.mt_events where type = 'mentorship_requested'")).ShouldBe((long)Commands);
    }

    private static readonly Dictionary<string, string> Settings = new() { ["Academy__RequestsPerMinute"] = "100000" };

    // Null: the program was gone before it answered.
    private static async Task<Guid?> Send(HttpClient student, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/mentorships")
        {
            Headers = { { "Idempotency-Key", $"command-{number}" } },
            Content = JsonContent.Create(new { topic = $"Topic {number}" }),
        };
        try
        {
            using var response = await student.SendAsync(request);
            response.StatusCode.ShouldBe(HttpStatusCode.OK);
            return (await response.Content.ReadFromJsonAsync<JsonNode>())!["id"]!.GetValue<Guid>();
        }
        catch (Exception trouble) when (trouble is HttpRequestException or IOException or TaskCanceledException)
        {
            return null;
        }
    }

    private static async Task<IReadOnlyList<Guid>> All(HttpClient student)
    {
        var all = new List<Guid>();
        for (string? path = "/api/v1/mentorships?limit=100"; path is not null;)
        {
            using var response = await student.GetAsync(path);
            var page = (await response.Content.ReadFromJsonAsync<JsonNode>())!;
            all.AddRange(page["items"]!.AsArray().Select(m => m!["id"]!.GetValue<Guid>()));
            path = page["next"] is { } next ? $"/api/v1/mentorships?limit=100&cursor={next}" : null;
        }

        return all;
    }

    private static async Task<HttpClient> SignIn(HostProcess host)
    {
        string? link = null;
        for (var tries = 0; link is null && tries < 200; tries++)
        {
            link = StudentLink().Match(host.Output) is { Success: true } match ? match.Groups[1].Value : null;
            await Task.Delay(link is null ? 100 : 0);
        }

        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() })
        {
            BaseAddress = new Uri($"http://127.0.0.1:{host.Port}"),
            DefaultRequestHeaders = { { "Sec-Fetch-Site", "same-origin" } },
        };
        (await client.GetAsync(link)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return client;
    }

    [GeneratedRegex(@"Student\s+(http\S+)")]
    private static partial Regex StudentLink();
}
