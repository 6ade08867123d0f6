using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Academy.IntegrationTests.Api;
using Marten;

namespace Academy.IntegrationTests.Faults;

public sealed class Restarting_PostgreSQL(PostgresFixture postgres)
{
    private const int Commands = 200;

    [Fact]
    public async Task in_the_middle_of_requests_gives_clear_problems_and_a_repeat_finishes_the_work()
    {
        await using var database = await PostgresFixture.StartOwnServer(TestContext.Current.CancellationToken);
        await using var academy = await AcademyServer.Start(postgres, new ServerOptions(ConnectionString: database.ConnectionString));
        var student = await academy.Student();
        var answers = new List<(HttpStatusCode Status, string? Type, bool RetryAfter)>();
        var gate = new Lock();
        var sending = Parallel.ForEachAsync(Enumerable.Range(0, Commands), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (number, _) =>
        {
            var answer = await Send(student, number);
            lock (gate)
            {
                answers.Add(answer);
            }
        });
        while (answers.Count < 20)
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }

        await database.Kill();
        using (var ready = await academy.Anonymous().GetAsync("/health/ready", TestContext.Current.CancellationToken))
        {
            ready.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        }

        using (var live = await academy.Anonymous().GetAsync("/health/live", TestContext.Current.CancellationToken))
        {
            live.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        await database.Restart(TestContext.Current.CancellationToken);
        await sending;
        answers.Where(a => a.Status != HttpStatusCode.OK).ShouldAllBe(a =>
            a.Status == HttpStatusCode.ServiceUnavailable && a.Type == "urn:academy:problem:database.unavailable" && a.RetryAfter);

        for (var number = 0; number < Commands; number++)
        {
            var tries = 0;
            while ((await Send(student, number)).Status != HttpStatusCode.OK)
            {
                (++tries).ShouldBeLessThan(50, "PostgreSQL is back; commands should be taken again");
                await Task.Delay(100, TestContext.Current.CancellationToken);
            }
        }

        await using var session = academy.Store.QuerySession(student.Tenant);
        (await session.Query<Domain.Mentorships.Mentorship>().CountAsync(m => m.StudentId == student.Id, TestContext.Current.CancellationToken)).ShouldBe(Commands);
    }

    private static async Task<(HttpStatusCode Status, string? Type, bool RetryAfter)> Send(Someone student, int number)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/mentorships")
        {
            Headers = { { "Idempotency-Key", $"command-{number}" } },
            Content = JsonContent.Create(new { topic = $"Topic {number}" }),
        };
        using var response = await student.Client.SendAsync(request);
        var body = await response.Content.ReadFromJsonAsync<JsonNode>();
        return (response.StatusCode, body!["type"]?.GetValue<string>(), response.Headers.RetryAfter is not null);
    }
}
