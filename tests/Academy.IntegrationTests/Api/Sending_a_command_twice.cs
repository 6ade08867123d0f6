using System.Text.Json.Nodes;
using Academy.Domain;
using Academy.Domain.Mentorships;
using Academy.Features.Door;
using Academy.Features.Mentoring;
using Marten;

namespace Academy.IntegrationTests.Api;

public sealed class Sending_a_command_twice(SharedAcademy shared, PostgresFixture postgres)
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task under_one_key_gives_one_event_and_the_first_reply()
    {
        var student = await Student();
        var first = await Ask(student, "k1", "Services");
        var second = await Ask(student, "k1", "Services");
        second.ShouldBe((200, first.Body));
        (await Count<MentorshipRequested>(student)).ShouldBe(1);
    }

    [Fact]
    public async Task without_a_key_gives_two()
    {
        var student = await Student();
        await student.AsksForMentor();
        await student.AsksForMentor();
        (await Count<MentorshipRequested>(student)).ShouldBe(2);
    }

    [Fact]
    public async Task shows_a_token_again_to_who_asked_for_it()
    {
        var student = await Student();
        var body = new { name = "laptop", scopes = new[] { "read" } };
        using var first = await student.Client.Send(HttpMethod.Post, "tokens", body, ("Idempotency-Key", "token"));
        using var second = await student.Client.Send(HttpMethod.Post, "tokens", body, ("Idempotency-Key", "token"));
        var token = JsonNode.Parse(await first.Content.ReadAsStringAsync(Ct))!["token"]!.GetValue<string>();
        token.ShouldStartWith("academy_");
        JsonNode.Parse(await second.Content.ReadAsStringAsync(Ct))!["token"]!.GetValue<string>().ShouldBe(token);
    }

    [Fact]
    public async Task with_another_body_is_refused()
    {
        var student = await Student();
        await Ask(student, "k1", "Services");
        using var other = await student.Client.Send(HttpMethod.Post, "mentorships", new { topic = "Ingresses" }, ("Idempotency-Key", "k1"));
        await other.ShouldBeProblem(409, "idempotency.key-reused");
    }

    [Fact]
    public async Task to_another_address_is_refused()
    {
        var student = await Student();
        await Ask(student, "k1", "Services");
        using var other = await student.Client.Send(HttpMethod.Post, "conversations", new { }, ("Idempotency-Key", "k1"));
        await other.ShouldBeProblem(409, "idempotency.key-reused");
    }

    [Fact]
    public async Task keeps_the_keys_of_two_people_apart()
    {
        var (ann, ben) = (await Student(), await Student());
        var first = await Ask(ann, "same", "Services");
        var other = await Ask(ben, "same", "Services");
        other.Status.ShouldBe(200);
        other.Body.ShouldNotBe(first.Body);
    }

    [Fact]
    public async Task after_a_refusal_is_decided_anew()
    {
        var student = await Student();
        var mentor = await (await shared.Server(postgres)).Person([Roles.Mentor], student.Tenant);
        var mentorship = await student.AsksForMentor();
        using var early = await student.Client.Send(HttpMethod.Post, $"mentorships/{Guid.CreateVersion7()}/end", null, ("Idempotency-Key", "e"));
        await early.ShouldBeProblem(404, "mentorship.not-found");
        await mentor.Post($"mentorships/{mentorship}/claim", new { });
        using var late = await student.Client.Send(HttpMethod.Post, $"mentorships/{mentorship}/end", null, ("Idempotency-Key", "e"));
        ((int)late.StatusCode).ShouldBe(204);
    }

    [Fact]
    public async Task at_the_same_moment_gives_one_event_and_one_reply()
    {
        var student = await Student();
        var replies = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Ask(student, "at-once", "Services")));
        replies.Select(r => r.Status).ShouldAllBe(s => s == 200);
        replies.Select(r => r.Body).Distinct().ShouldHaveSingleItem();
        (await Count<MentorshipRequested>(student)).ShouldBe(1);
    }

    [Fact]
    public async Task a_hundred_mentors_at_one_request_have_one_winner()
    {
        var academy = await shared.Server(postgres);
        var student = await Student();
        var mentorship = await student.AsksForMentor();
        var replies = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() =>
            academy.Door.Send(new ClaimMentorship(mentorship), new Actor(student.Tenant, Guid.CreateVersion7(), [Roles.Mentor]), Ct))));
        replies.Count(r => r.Refusal is null).ShouldBe(1);
        replies.Where(r => r.Refusal is not null).Select(r => r.Refusal!.Code).Distinct().ShouldBeSubsetOf(["mentorship.taken", "stream.conflict"]);
        (await Count<MentorshipClaimed>(student)).ShouldBe(1);
    }

    [Fact]
    public async Task on_what_has_moved_on_is_refused()
    {
        var student = await Student();
        var attempt = await student.StartsAttempt("deploy-ai-app", await student.TakesPracticeCluster());
        await student.Post($"attempts/{attempt}/checks", new { });
        using var stale = await student.Client.Send(HttpMethod.Post, $"attempts/{attempt}/abandon", null, ("If-Match", "\"1\""));
        await stale.ShouldBeProblem(412, "stream.version");

        using var read = await student.Client.Send(HttpMethod.Get, $"attempts/{attempt}");
        using var fresh = await student.Client.Send(HttpMethod.Post, $"attempts/{attempt}/abandon", null, ("If-Match", read.Headers.ETag!.ToString()));
        ((int)fresh.StatusCode).ShouldBe(204);
    }

    /// <summary>Jobs and the assistant's tools come through the same door, without HTTP.</summary>
    [Fact]
    public async Task is_validated_for_jobs_and_tools_as_well()
    {
        var academy = await shared.Server(postgres);
        var empty = await academy.Door.Send(new RequestMentorship(""), Actor.System("default"), Ct);
        empty.Refusal!.Code.ShouldBe("input.invalid");
        empty.Refusal.Fields.ShouldHaveSingleItem().Field.ShouldBe("topic");
        var tool = await academy.Door.Send(new RequestMentorship("x"), new Actor("default", Guid.CreateVersion7(), [Roles.Student]) { Scopes = ["read"] }, Ct);
        tool.Refusal!.Code.ShouldBe("token.scope");
        var wrong = await academy.Door.Send(new RequestMentorship("x"), new Actor("default", Guid.CreateVersion7(), [Roles.Mentor]), Ct);
        wrong.Refusal!.Code.ShouldBe("role.missing");
    }

    private async Task<Someone> Student() => await (await shared.Server(postgres)).Student(AcademyServer.NewTenant());

    private static async Task<(int Status, string Body)> Ask(Someone student, string key, string topic)
    {
        using var response = await student.Client.Send(HttpMethod.Post, "mentorships", new { topic }, ("Idempotency-Key", key));
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync(Ct));
    }

    /// <summary>In the organisation of the student, which is the student's alone.</summary>
    private static async Task<int> Count<TEvent>(Someone student)
        where TEvent : notnull
    {
        await using var session = student.Server.Store.QuerySession(student.Tenant);
        return await session.Events.QueryRawEventDataOnly<TEvent>().CountAsync(Ct);
    }
}
