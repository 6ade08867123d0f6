using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Academy.Domain;
using Academy.Features.Conversing;
using Academy.IntegrationTests.Api;

namespace Academy.IntegrationTests.Faults;

public sealed class Jobs_and_limits(PostgresFixture postgres)
{
    [Fact]
    public async Task attempts_that_lie_idle_expire_and_an_administrator_sees_the_job()
    {
        await using var academy = await AcademyServer.Start(postgres);
        var student = await academy.Student();
        var idle = await student.StartsAttempt("deploy-ai-app", await student.TakesPracticeCluster());
        academy.Clock.Advance(TimeSpan.FromDays(6));
        var fresh = await student.StartsAttempt("deploy-ai-app", await student.TakesPracticeCluster());
        academy.Clock.Advance(TimeSpan.FromDays(1.5));
        var administrator = await academy.Person([Roles.Administrator]);
        (await administrator.Get("jobs")).AsArray().Select(j => j!["name"]!.GetValue<string>())
            .ShouldBe(["EndInterruptedReplies", "ExpireEnvironments", "ExpireIdleAttempts", "ForgetReceipts", "ProvisionEnvironments", "RemoveEnvironments", "SweepClassrooms"], ignoreOrder: true);
        await administrator.Post("jobs/ExpireIdleAttempts/run", new { });
        await Until(async () => await Status(student, idle) == "expired");
        (await Status(student, fresh)).ShouldBe("active");

        using var refused = await student.Client.GetAsync("/api/v1/jobs", TestContext.Current.CancellationToken);
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task a_reply_whose_writer_died_is_closed_and_the_student_may_ask_again()
    {
        await using var academy = await AcademyServer.Start(postgres);
        var student = await academy.Student();
        var conversation = await student.StartsConversation(await student.TakesPracticeCluster());
        (await academy.Door.Send(new AskQuestion(conversation, "Why is it broken?"), student.Actor, TestContext.Current.CancellationToken)).Refusal.ShouldBeNull();
        academy.Clock.Advance(TimeSpan.FromMinutes(10));
        var administrator = await academy.Person([Roles.Administrator]);
        await administrator.Post("jobs/EndInterruptedReplies/run", new { });
        await Until(async () => (await student.Get($"conversations/{conversation}"))["exchanges"]![0]!["outcome"]!.GetValue<string>() == "failed");

        using var again = await student.Client.PostAsJsonAsync(
            $"/api/v1/conversations/{conversation}/messages", new { text = "Why is it broken?" }, TestContext.Current.CancellationToken);
        (await again.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("event: done");
    }

    [Fact]
    public async Task more_requests_than_allowed_are_told_when_to_come_back()
    {
        await using var academy = await AcademyServer.Start(postgres, new ServerOptions(new Dictionary<string, string?> { ["Academy:RequestsPerMinute"] = "5" }));
        var student = await academy.Student();
        HttpResponseMessage? last = null;
        for (var i = 0; i < 6; i++)
        {
            last?.Dispose();
            last = await student.Client.GetAsync("/api/v1/me", TestContext.Current.CancellationToken);
        }

        last!.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        last.Headers.RetryAfter.ShouldNotBeNull();
        last.Headers.GetValues("RateLimit").ShouldHaveSingleItem().ShouldContain("r=0");
        (await last.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!["type"]!.GetValue<string>().ShouldBe("urn:academy:problem:rate.exceeded");
        last.Dispose();
    }

    private static async Task<string> Status(Someone student, Guid attempt) => (await student.Get($"attempts/{attempt}"))["status"]!.GetValue<string>();

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (var tries = 0; !await holds(); tries++)
        {
            tries.ShouldBeLessThan(150, "the job should have run within 30 s");
            await Task.Delay(200, TestContext.Current.CancellationToken);
        }
    }
}
