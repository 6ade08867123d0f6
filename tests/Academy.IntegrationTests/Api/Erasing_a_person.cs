using Academy.Domain;

namespace Academy.IntegrationTests.Api;

public sealed class Erasing_a_person(SharedAcademy shared, PostgresFixture postgres)
{
    [Fact]
    public async Task makes_their_words_unreadable_and_leaves_what_they_did()
    {
        var academy = await shared.Server(postgres);
        var tenant = AcademyServer.NewTenant();
        var student = await academy.Person([Roles.Student], tenant, name: "Erasmus Marker");
        var (administrator, mentor) = (await academy.Person([Roles.Administrator], tenant), await academy.Person([Roles.Mentor], tenant));
        var cluster = await student.TakesPracticeCluster();
        var attempt = await student.StartsAttempt("deploy-ai-app", cluster);
        await student.Post($"attempts/{attempt}/checks", new { });
        var submission = await student.HasSubmitted("marker-of-a-text");
        (await mentor.Get($"submissions/{submission}")).ToJsonString().ShouldContain("marker-of-a-text");
        var conversation = await student.StartsConversation(cluster);
        await using (var reply = await LiveReply.Ask(student, conversation, "marker-of-a-question"))
        {
            (await reply.Rest()).ShouldNotBeEmpty();
        }

        await student.AsksForMentor("marker-of-a-topic");
        (await academy.TablesWith("marker-of-a-")).ShouldBeEmpty("nothing personal lies open in the database");
        (await academy.TablesWith("Erasmus Marker")).ShouldBeEmpty();
        (await administrator.Get($"conversations/{conversation}")).ToJsonString().ShouldContain("marker-of-a-question");
        (await administrator.Get("people?limit=100")).ToJsonString().ShouldContain("Erasmus Marker");

        using var erased = await administrator.Client.Send(HttpMethod.Delete, $"people/{student.Id}");
        ((int)erased.StatusCode).ShouldBe(204);

        var history = await administrator.Get($"conversations/{conversation}");
        history.ToJsonString().ShouldNotContain("marker-of-a-question");
        history["exchanges"]![0]!["question"]!.GetValue<string>().ShouldBe("(erased)");
        history["exchanges"]![0]!["pieces"]!.AsArray().ShouldBeEmpty();
        (await administrator.Get("people?limit=100")).ToJsonString().ShouldNotContain("Erasmus Marker");
        (await mentor.Get("mentorships?waiting=true")).ToJsonString().ShouldNotContain("marker-of-a-topic");
        var read = await mentor.Get($"submissions/{submission}");
        read.ToJsonString().ShouldNotContain("marker-of-a-text");
        read["status"]!.GetValue<string>().ShouldBe("waiting");
        (await administrator.Get($"attempts/{attempt}"))["checks"]!.GetValue<int>().ShouldBe(1);
        (await administrator.Get($"progress?studentId={student.Id}"))["labs"]!.AsArray().Count.ShouldBe(1);

        using var locked = await student.Client.Send(HttpMethod.Get, "me");
        await locked.ShouldBeProblem(401, "sign-in.missing");
        using var link = await administrator.Client.Send(HttpMethod.Post, $"people/{student.Id}/sign-in-links");
        await link.ShouldBeProblem(404, "person.not-found");
        using var again = await administrator.Client.Send(HttpMethod.Post, "people", new { name = "Erasmus Marker", roles = new[] { "student" }, id = student.Id });
        ((int)again.StatusCode).ShouldBeInRange(400, 499);
    }

    [Fact]
    public async Task that_is_not_there_says_so()
    {
        var administrator = await (await shared.Server(postgres)).Person([Roles.Administrator]);
        using var response = await administrator.Client.Send(HttpMethod.Delete, $"people/{Guid.CreateVersion7()}");
        await response.ShouldBeProblem(404, "person.not-found");
    }
}
