using System.Text.Json.Nodes;
using Academy.Domain;
using Marten;

namespace Academy.IntegrationTests.Api;

/// <summary>The way of a student through a lab, over HTTP, on a recorded cluster with one fault.</summary>
public sealed class Doing_a_lab(SharedAcademy shared, PostgresFixture postgres)
{
    private const string Lab = "deploy-ai-app";

    [Fact]
    public async Task from_the_first_check_to_the_record_of_progress()
    {
        var academy = await shared.Server(postgres);
        var student = await academy.EnrolledStudent(AcademyServer.NewTenant());
        var cluster = await student.TakesPracticeCluster();
        var attempt = await student.StartsAttempt(Lab, cluster);

        var failed = (await student.Post($"attempts/{attempt}/checks", new { }))!;
        failed["status"]!.GetValue<string>().ShouldBe("active");
        var open = Steps(failed).First(s => s["completedAt"] is null);
        var observed = open["checks"]!.AsArray().Where(c => !c!["passed"]!.GetValue<bool>()).Select(c => c!["observed"]!.GetValue<string>()).ToList();
        observed.ShouldNotBeEmpty();
        observed.ShouldAllBe(o => o.Length > 0);
        Points(failed).ShouldBeLessThan(failed["maxPoints"]!.GetValue<int>());

        await ClimbsTheHints(student, attempt, open["stepId"]!.GetValue<string>());

        var before = (await student.Get("progress"))["labs"]![0]!;
        before["completed"]!.GetValue<bool>().ShouldBeFalse();
        var (time, position) = await Now(student);

        await student.Post($"clusters/{cluster}/repair", new { });
        var passed = (await student.Post($"attempts/{attempt}/checks", new { }))!;
        passed["status"]!.GetValue<string>().ShouldBe("completed", passed.ToJsonString());
        Points(passed).ShouldBe(passed["maxPoints"]!.GetValue<int>());
        Steps(passed).ShouldAllBe(s => s["completedAt"] != null);

        var progress = await student.Get("progress");
        var after = progress["labs"]![0]!;
        after["completed"]!.GetValue<bool>().ShouldBeTrue();
        after["hintsTaken"]!.GetValue<int>().ShouldBe(5);
        after["bestPoints"]!.GetValue<int>().ShouldBe(after["maxPoints"]!.GetValue<int>());
        progress["courses"]![0]!["labsCompleted"]!.GetValue<int>().ShouldBe(1);

        (await student.Get($"progress?asOf={Uri.EscapeDataString(time)}"))["labs"]![0]!.ToJsonString().ShouldBe(before.ToJsonString());
        (await student.Get($"progress?asOf={position}"))["labs"]![0]!.ToJsonString().ShouldBe(before.ToJsonString());
        (await student.Get("progress?asOf=2001-01-01T00:00:00Z"))["labs"]!.AsArray().ShouldBeEmpty();
        (await student.Get($"progress?asOf={long.MaxValue}")).ToJsonString().ShouldBe(progress.ToJsonString());

        using var over = await student.Client.Send(HttpMethod.Post, $"attempts/{attempt}/checks");
        await over.ShouldBeProblem(409, "attempt.closed");
    }

    [Fact]
    public async Task an_attempt_can_be_seen_as_it_was_at_each_version()
    {
        var academy = await shared.Server(postgres);
        var student = await academy.Student();
        var attempt = await student.StartsAttempt(Lab, await student.TakesPracticeCluster());
        var step = Steps(await student.Get($"attempts/{attempt}"))[0]["stepId"]!.GetValue<string>();
        await student.Post($"attempts/{attempt}/steps/{step}/hints", new { });
        await student.Post($"attempts/{attempt}/steps/{step}/hints", new { });

        foreach (var version in new[] { 1, 2, 3 })
        {
            using var response = await student.Client.Send(HttpMethod.Get, $"attempts/{attempt}?asOf={version}");
            response.Headers.ETag!.Tag.ShouldBe($"\"{version}\"");
            var then = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
            Steps(then)[0]["hintsTaken"]!.GetValue<int>().ShouldBe(version - 1);
        }

        using var never = await student.Client.Send(HttpMethod.Get, $"attempts/{attempt}?asOf=0");
        await never.ShouldBeProblem(404, "attempt.not-found");
    }

    [Fact]
    public async Task a_lab_shows_neither_its_solution_nor_its_hints()
    {
        var student = await (await shared.Server(postgres)).Student();
        var lab = (await student.Get($"labs/{Lab}")).AsObject();
        lab.ContainsKey("solution").ShouldBeFalse();
        lab.ContainsKey("faults").ShouldBeFalse();
        lab["steps"]!.AsArray().ShouldAllBe(s => !s!.AsObject().ContainsKey("hints"));
    }

    [Fact]
    public async Task is_seen_by_staff_and_by_the_own_mentor_only()
    {
        var academy = await shared.Server(postgres);
        var student = await academy.EnrolledStudent(AcademyServer.NewTenant());
        var attempt = await student.StartsAttempt(Lab, await student.TakesPracticeCluster());
        var conversation = await student.StartsConversation();
        var mentor = await academy.Person([Roles.Mentor], student.Tenant);
        string[] addresses = [$"attempts/{attempt}", $"attempts/{attempt}/hints", $"attempts?studentId={student.Id}", $"progress?studentId={student.Id}",
            $"enrolments?studentId={student.Id}", $"conversations/{conversation}"];

        await Each(await academy.Person([Roles.Student], student.Tenant), addresses, 404);
        await Each(mentor, addresses, 404);
        var mentorship = await student.AsksForMentor();
        await Each(mentor, addresses, 404);
        await mentor.Post($"mentorships/{mentorship}/claim", new { });
        await Each(mentor, addresses, 200);
        await student.Post($"mentorships/{mentorship}/end", new { });
        await Each(mentor, addresses, 404);
        await Each(await academy.Person([Roles.Instructor], student.Tenant), addresses, 200);
    }

    private static async Task ClimbsTheHints(Someone student, Guid attempt, string step)
    {
        var texts = new List<string>();
        foreach (var rung in Enumerable.Range(1, 5))
        {
            var hint = (await student.Post($"attempts/{attempt}/steps/{step}/hints", new { }))!;
            (hint["rung"]!.GetValue<int>(), hint["left"]!.GetValue<int>()).ShouldBe((rung, 5 - rung));
            texts.Add(hint["text"]!.GetValue<string>());
        }

        texts.ShouldBeUnique();
        using var sixth = await student.Client.Send(HttpMethod.Post, $"attempts/{attempt}/steps/{step}/hints");
        await sixth.ShouldBeProblem(409, "attempt.no-more-hints");
        (await student.Get($"attempts/{attempt}/hints")).AsArray().Select(h => h!["text"]!.GetValue<string>()).ShouldBe(texts);
        using var cake = await student.Client.Send(HttpMethod.Post, $"attempts/{attempt}/steps/cake/hints");
        await cake.ShouldBeProblem(404, "attempt.no-such-step");
    }

    private static async Task Each(Someone who, string[] addresses, int status)
    {
        foreach (var address in addresses)
        {
            using var response = await who.Client.Send(HttpMethod.Get, address);
            ((int)response.StatusCode).ShouldBe(status, $"{string.Join(',', who.Actor.Roles)}: {address}");
        }
    }

    /// <summary>The time and the position of the last event of the organisation, which is the student's alone.</summary>
    private static async Task<(string Time, long Position)> Now(Someone student)
    {
        await using var session = student.Server.Store.QuerySession(student.Tenant);
        var last = await session.Events.QueryAllRawEvents().OrderByDescending(e => e.Sequence).FirstAsync(TestContext.Current.CancellationToken);
        return (last.Timestamp.ToString("O"), last.Sequence);
    }

    private static List<JsonNode> Steps(JsonNode attempt) => [.. attempt["steps"]!.AsArray().Select(s => s!)];

    private static int Points(JsonNode attempt) => attempt["points"]!.GetValue<int>();
}
