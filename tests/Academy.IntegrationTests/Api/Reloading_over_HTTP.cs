using System.Text.Json.Nodes;
using Academy.Domain;
using Academy.Domain.Catalogues;
using Marten;

namespace Academy.IntegrationTests.Api;

/// <summary>Each test has a curriculum of its own, because it edits it.</summary>
public sealed class Reloading_over_HTTP(PostgresFixture postgres) : IAsyncDisposable
{
    private const string Step = "labs/review-a-plan/steps/tagged.yaml";
    private const string Lesson = "courses/workshop/lessons/resolving.md";
    private const string Quiz = "courses/workshop/quizzes/resolving.yaml";

    private readonly WorkshopAcademy _workshop = new();

    [Fact]
    public async Task takes_what_was_written_and_records_it()
    {
        var administrator = await Administrator();
        var before = await administrator.Get("catalogue");
        _workshop.Edit(Lesson, t => t.Replace("marsupial", "wombat", StringComparison.Ordinal));
        var dry = (await administrator.Post("catalogue/reload", new { dryRun = true }))!;
        Changed(dry).ShouldBe(["course/workshop"]);
        (await administrator.Get("catalogue"))["edition"]!.GetValue<string>().ShouldBe(before["edition"]!.GetValue<string>(), "a dry run changes nothing");

        var done = (await administrator.Post("catalogue/reload", new { }))!;
        Changed(done).ShouldBe(["course/workshop"]);
        var after = await administrator.Get("catalogue");
        after["edition"]!.GetValue<string>().ShouldBe(done["edition"]!.GetValue<string>());
        (await administrator.Get("courses/workshop/lessons/resolving"))["markdown"]!.GetValue<string>().ShouldContain("wombat");
        (await administrator.Get("search?q=wombat"))["items"]!.AsArray().ShouldNotBeEmpty();
        (await administrator.Get("search?q=marsupial"))["items"]!.AsArray().ShouldBeEmpty();

        Changed((await administrator.Post("catalogue/reload", new { }))!).ShouldBeEmpty();
        await using var session = administrator.Server.Store.QuerySession(administrator.Tenant);
        var recorded = (await session.Events.QueryRawEventDataOnly<CurriculumReloaded>().ToListAsync(TestContext.Current.CancellationToken)).ShouldHaveSingleItem();
        (recorded.By, recorded.CatalogueHash).ShouldBe((administrator.Id, done["edition"]!.GetValue<string>()));
    }

    [Fact]
    public async Task refuses_a_broken_edit_with_every_place_and_keeps_what_was_in_use()
    {
        var administrator = await Administrator();
        var student = await administrator.Server.Student(administrator.Tenant);
        _workshop.Edit(Step, t => t.Replace("points: 4", "points: many", StringComparison.Ordinal));
        _workshop.Edit(Quiz, t => t.Replace("passingScore: 60", "passingScore: 600\nsurprise: 1", StringComparison.Ordinal));
        using var refused = await administrator.Client.Send(HttpMethod.Post, "catalogue/reload", new { });
        var problem = await refused.ShouldBeProblem(409, "curriculum.broken");
        var places = problem["errors"]!.AsArray().Select(e => e!["field"]!.GetValue<string>()).ToList();
        places.ShouldContain(p => p.StartsWith($"{Step}:6:", StringComparison.Ordinal));
        places.Count(p => p.StartsWith(Quiz, StringComparison.Ordinal)).ShouldBe(2);
        places.ShouldAllBe(p => p.Split(':', 3).Length == 3);

        (await student.Get($"labs/{WorkshopAcademy.Lab}"))["steps"]!.AsArray().Count.ShouldBe(2);
        (await administrator.Get("catalogue"))["problems"]!.AsArray().Count.ShouldBe(places.Count);
        (await student.Get("catalogue"))["problems"]!.AsArray().ShouldBeEmpty("what authors do is for staff");
        (await administrator.Post("catalogue/reload", new { dryRun = true }))!["problems"]!.AsArray().Count.ShouldBe(places.Count);

        _workshop.Edit(Step, t => t.Replace("points: many", "points: 5", StringComparison.Ordinal));
        _workshop.Edit(Quiz, t => t.Replace("passingScore: 600\nsurprise: 1", "passingScore: 60", StringComparison.Ordinal));
        Changed((await administrator.Post("catalogue/reload", new { }))!).ShouldBe(["lab/review-a-plan"]);
        (await administrator.Get("catalogue"))["problems"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task holds_an_attempt_to_the_lab_that_it_began_with()
    {
        var administrator = await Administrator();
        var student = await administrator.Server.Student(administrator.Tenant);
        var old = await Begins(student);
        _workshop.Edit(Step, t => t.Replace("owner: (length(@) > `0`)", "owner: platform-team", StringComparison.Ordinal).Replace("Who pays", "Who really pays", StringComparison.Ordinal));
        await administrator.Post("catalogue/reload", new { });

        var seen = await student.Get($"attempts/{old}");
        seen["contentChanged"]!.GetValue<bool>().ShouldBeTrue();
        (await student.Post($"attempts/{old}/steps/tagged/hints", new { }))!["text"]!.GetValue<string>().ShouldBe("Who pays for the bucket?");
        (await Checks(student, old))["status"]!.GetValue<string>().ShouldBe("completed", "any owner was enough then");

        var now = await Begins(student);
        (await student.Get($"attempts/{now}"))["contentChanged"]!.GetValue<bool>().ShouldBeFalse();
        (await Checks(student, now))["status"]!.GetValue<string>().ShouldBe("active", "now it has to be the platform team");
        var pinned = await student.Get($"labs/{WorkshopAcademy.Lab}?content={seen["content"]}");
        pinned["contentChanged"]!.GetValue<bool>().ShouldBeTrue();
        using var guessed = await student.Client.Send(HttpMethod.Get, $"labs/{WorkshopAcademy.Lab}?content=0123456789abcdef");
        await guessed.ShouldBeProblem(404, "lab.not-found");
    }

    [Fact]
    public async Task holds_an_enrolment_and_a_sitting_to_what_they_began_with()
    {
        var administrator = await Administrator();
        var student = await administrator.Server.Student(administrator.Tenant);
        var enrolment = (await student.Post("enrolments", new { courseId = WorkshopAcademy.Course }))!;
        var sitting = (await student.Post("sittings", new { courseId = WorkshopAcademy.Course, topicId = "resolving" }))!;
        _workshop.Edit(Quiz, t => t.Replace("A pod asks for `db`.", "A pod asks for `cache`.", StringComparison.Ordinal));
        _workshop.Edit(Lesson, t => t.Replace("marsupial", "wombat", StringComparison.Ordinal));
        Changed((await administrator.Post("catalogue/reload", new { }))!).ShouldBe(["course/workshop", "quiz/workshop/resolving"]);

        var still = await student.Get($"sittings/{sitting["id"]}");
        still["contentChanged"]!.GetValue<bool>().ShouldBeTrue();
        still["questions"]!.ToJsonString().ShouldBe(sitting["questions"]!.ToJsonString());
        (await student.Get("enrolments"))["items"]![0]!["contentChanged"]!.GetValue<bool>().ShouldBeTrue();
        var lesson = await student.Get($"courses/workshop/lessons/resolving?content={enrolment["content"]}");
        lesson["markdown"]!.GetValue<string>().ShouldContain("marsupial");
        var renewed = (await student.Post($"enrolments/{enrolment["id"]}/renew", new { }))!;
        renewed["contentChanged"]!.GetValue<bool>().ShouldBeFalse();
        renewed["content"]!.GetValue<string>().ShouldNotBe(enrolment["content"]!.GetValue<string>());
    }

    [Fact]
    public async Task reaches_other_processes_on_the_same_database()
    {
        var administrator = await Administrator();
        await using var replica = await AcademyServer.Start(postgres, new ServerOptions(_workshop.Settings, ConnectionString: administrator.Server.ConnectionString));
        var there = await replica.Student(administrator.Tenant);
        var attempt = await Begins(there);
        _workshop.Edit(Lesson, t => t.Replace("marsupial", "wombat", StringComparison.Ordinal));
        _workshop.Edit(Step, t => t.Replace("points: 4", "points: 5", StringComparison.Ordinal));
        var edition = (await administrator.Post("catalogue/reload", new { }))!["edition"]!.GetValue<string>();
        for (var i = 0; i < 100 && (await there.Get("catalogue"))["edition"]!.GetValue<string>() != edition; i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        (await there.Get("courses/workshop/lessons/resolving"))["markdown"]!.GetValue<string>().ShouldContain("wombat");
        (await there.Get($"attempts/{attempt}"))["contentChanged"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task happens_by_itself_where_the_folder_is_watched()
    {
        var settings = new Dictionary<string, string?>(_workshop.Settings) { ["Academy:Publishing:Watch"] = "true" };
        await using var academy = await AcademyServer.Start(postgres, new ServerOptions(settings));
        var administrator = await academy.Person([Roles.Administrator]);
        _workshop.Edit(Step, t => t.Replace("points: 4", "points: many", StringComparison.Ordinal));
        await Until(async () => (await administrator.Get("catalogue"))["problems"]!.AsArray().Count == 1);
        _workshop.Edit(Step, t => t.Replace("points: many", "points: 3", StringComparison.Ordinal));
        await Until(async () => (await administrator.Get($"labs/{WorkshopAcademy.Lab}"))["steps"]![1]!["checks"]![0]!["points"]!.GetValue<int>() == 3);
        (await administrator.Get("catalogue"))["problems"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task is_for_administrators()
    {
        var administrator = await Administrator();
        foreach (var role in new[] { Roles.Student, Roles.Mentor, Roles.Instructor, Roles.Integration })
        {
            var other = await administrator.Server.Person([role], administrator.Tenant);
            using var response = await other.Client.Send(HttpMethod.Post, "catalogue/reload", new { });
            await response.ShouldBeProblem(403, "role.missing");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _workshop.DisposeAsync();
        _workshop.Dispose();
    }

    private async Task<Someone> Administrator() => await (await _workshop.Server(postgres)).Person([Roles.Administrator], AcademyServer.NewTenant());

    private static async Task<Guid> Begins(Someone student) => Situations.Id(await student.Post("attempts", new { labId = WorkshopAcademy.Lab }));

    private static async Task<JsonNode> Checks(Someone student, Guid attempt)
    {
        using var put = await student.Client.PutAsync($"/api/v1/attempts/{attempt}/artefacts/plan", new StringContent("""{"encrypted":true,"owner":"me"}"""), TestContext.Current.CancellationToken);
        put.EnsureSuccessStatusCode();
        return (await student.Post($"attempts/{attempt}/checks", new { }))!;
    }

    private static List<string> Changed(JsonNode report) => [.. report["changed"]!.AsArray().Select(c => c!.GetValue<string>())];

    private static async Task Until(Func<Task<bool>> met)
    {
        for (var i = 0; i < 150 && !await met(); i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        (await met()).ShouldBeTrue();
    }
}
