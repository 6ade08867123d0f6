using System.Text.Json.Nodes;
using Academy.Domain;

namespace Academy.IntegrationTests.Api;

public sealed class Grading_an_exercise(WorkshopAcademy workshop, PostgresFixture postgres) : IClassFixture<WorkshopAcademy>
{
    public const string Good = "# Context\n\nTeapot Ltd. sells marker-of-a-text from one old cluster.\n\n# Risks\n\nThe names change; both are kept for a week.";

    private static readonly object Six = new { grades = new object[] { new { criterionId = "clarity", level = 1, comment = "marker-of-a-comment" }, new { criterionId = "risks", level = 2 } }, remark = "marker-of-a-remark" };
    private static readonly object Poor = new { grades = new[] { new { criterionId = "clarity", level = 0 }, new { criterionId = "risks", level = 0 } } };

    [Fact]
    public async Task goes_from_the_draft_over_a_revision_to_the_grade()
    {
        var (student, mentor) = await People();
        var submission = await Begins(student);
        var thin = await Hands(student, submission, "# Context\n\nToo short.");
        var complaints = thin["deliverables"]![0]!["complaints"]!.AsArray().Select(c => c!.GetValue<string>()).ToList();
        complaints.Count.ShouldBe(2, "too few words, and no heading 'Risks'");
        using var early = await student.Client.Send(HttpMethod.Post, $"submissions/{submission}/submit");
        var problem = await early.ShouldBeProblem(409, "submission.unfinished");
        problem["errors"]!.AsArray().ShouldAllBe(e => e!["field"]!.GetValue<string>() == "design");

        await Hands(student, submission, Good);
        (await Queue(mentor)).ShouldBeEmpty("a draft is the student's alone");
        using var hidden = await mentor.Client.Send(HttpMethod.Get, $"submissions/{submission}");
        await hidden.ShouldBeProblem(404, "submission.not-found");

        await student.Post($"submissions/{submission}/submit", new { });
        (await Queue(mentor)).ShouldBe([submission]);
        (await mentor.Get($"submissions/{submission}"))["deliverables"]![0]!["text"]!.GetValue<string>().ShouldBe(Good);
        using var late = await student.Client.Send(HttpMethod.Put, $"submissions/{submission}/deliverables/design", new { text = Good });
        await late.ShouldBeProblem(409, "submission.closed");

        await mentor.Post($"submissions/{submission}/return", new { remark = "Which risks?" });
        (await student.Get($"submissions/{submission}"))["returnRemark"]!.GetValue<string>().ShouldBe("Which risks?");
        await Hands(student, submission, Good + " And one more.");
        await student.Post($"submissions/{submission}/submit", new { });

        var graded = (await mentor.Post($"submissions/{submission}/grade", Six))!;
        (graded["points"]!.GetValue<int>(), graded["maxPoints"]!.GetValue<int>(), graded["passed"]!.GetValue<bool>()).ShouldBe((16, 20, true));
        var seen = (await student.Get($"submissions/{submission}"))["grade"]!;
        seen["criteria"]![0]!["levelText"]!.GetValue<string>().ShouldBe("It can be followed with questions.");
        seen["criteria"]![0]!["comment"]!.GetValue<string>().ShouldBe("marker-of-a-comment");
        (await student.Get("progress"))["exercises"]![0]!["score"]!.GetValue<int>().ShouldBe(80);

        var again = (await mentor.Post($"submissions/{submission}/grade", Poor))!;
        (again["points"]!.GetValue<int>(), again["passed"]!.GetValue<bool>()).ShouldBe((0, false));
        (await mentor.Get("grading?status=graded&mine=true"))["items"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task is_not_for_students_and_not_for_ones_own_work()
    {
        var (student, _) = await People();
        var academy = await workshop.Server(postgres);
        var both = await academy.Person([Roles.Student, Roles.Mentor], student.Tenant);
        var own = await Submits(both);
        using var self = await both.Client.Send(HttpMethod.Post, $"submissions/{own}/grade", Six);
        await self.ShouldBeProblem(403, "submission.own");
        using var pupil = await student.Client.Send(HttpMethod.Post, $"submissions/{own}/grade", Six);
        await pupil.ShouldBeProblem(403, "role.missing");
        using var queue = await student.Client.Send(HttpMethod.Get, "grading");
        await queue.ShouldBeProblem(403, "role.missing");
        var stranger = await academy.Person([Roles.Mentor], AcademyServer.NewTenant());
        using var foreign = await stranger.Client.Send(HttpMethod.Post, $"submissions/{own}/grade", Six);
        await foreign.ShouldBeProblem(404, "submission.not-found");
        (await Queue(stranger)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("""{"grades":[{"criterionId":"clarity","level":1}]}""", "submission.grades")]
    [InlineData("""{"grades":[{"criterionId":"clarity","level":3},{"criterionId":"risks","level":0}]}""", "submission.grades")]
    [InlineData("""{"grades":[{"criterionId":"clarity","level":-1},{"criterionId":"risks","level":0}]}""", "submission.grades")]
    [InlineData("""{"grades":[{"criterionId":"clarity","level":1},{"criterionId":"clarity","level":1}]}""", "submission.grades")]
    [InlineData("""{"grades":[]}""", "input.invalid")]
    [InlineData("""{"grades":[null]}""", "input.invalid")]
    [InlineData("""{"grades":[{"criterionId":null,"level":1}]}""", "input.invalid")]
    [InlineData("""{"grades":[{"criterionId":"clarity","level":1.5}]}""", "input.invalid")]
    public async Task by_something_else_than_the_rubric_is_refused(string body, string code)
    {
        var (student, mentor) = await People();
        var submission = await Submits(student);
        using var response = await mentor.Client.SendText($"submissions/{submission}/grade", body);
        await response.ShouldBeProblem(400, code);
    }

    [Fact]
    public async Task of_a_team_counts_for_all_of_it()
    {
        var (captain, mentor) = await People();
        var pilot = await (await workshop.Server(postgres)).Person([Roles.Student, Roles.Mentor], captain.Tenant);
        using var alone = await captain.Client.Send(HttpMethod.Post, "submissions", new { exerciseId = "migration", team = new[] { new { personId = pilot.Id, role = (string?)null } } });
        await alone.ShouldBeProblem(400, "input.invalid", "team");
        using var cook = await captain.Client.Send(HttpMethod.Post, "submissions", new { exerciseId = "release-day", team = new[] { new { personId = pilot.Id, role = "cook" } } });
        await cook.ShouldBeProblem(400, "input.invalid", "team");

        var submission = Situations.Id(await captain.Post("submissions", new { exerciseId = "release-day", team = new[] { new { personId = pilot.Id, role = "pilot" } } }));
        await Hands(pilot, submission, Good);
        await pilot.Post($"submissions/{submission}/submit", new { });
        using var own = await pilot.Client.Send(HttpMethod.Post, $"submissions/{submission}/grade", Six);
        await own.ShouldBeProblem(403, "submission.own");
        await mentor.Post($"submissions/{submission}/grade", Six);
        foreach (var member in new[] { captain, pilot })
        {
            (await member.Get("progress"))["exercises"]![0]!["passed"]!.GetValue<bool>().ShouldBeTrue();
            (await member.Get("submissions"))["items"]!.AsArray().Count.ShouldBe(1);
        }
    }

    [Fact]
    public async Task keeps_every_word_enciphered()
    {
        var (student, mentor) = await People();
        await mentor.Post($"submissions/{await Submits(student)}/grade", Six);
        foreach (var word in new[] { "marker-of-a-text", "marker-of-a-comment", "marker-of-a-remark" })
        {
            (await student.Server.TablesWith(word)).ShouldBeEmpty(word);
        }
    }

    [Fact]
    public async Task shows_the_example_to_mentors_only()
    {
        var (student, mentor) = await People();
        (await mentor.Get("exercises/migration"))["examples"]!["design"]!.GetValue<string>().ShouldContain("Teapot");
        var seen = (await student.Get("exercises/migration")).AsObject();
        (seen.ContainsKey("examples"), seen.ContainsKey("facilitation")).ShouldBe((false, false));
    }

    [Fact]
    public async Task has_pages_and_filters()
    {
        var (student, mentor) = await People();
        for (var i = 0; i < 3; i++)
        {
            await Submits(student);
        }

        var page = await mentor.Get("grading?limit=2");
        page["items"]!.AsArray().Count.ShouldBe(2);
        (await mentor.Get($"grading?limit=2&cursor={page["next"]}"))["items"]!.AsArray().Count.ShouldBe(1);
        (await mentor.Get("grading?exerciseId=release-day"))["items"]!.AsArray().ShouldBeEmpty();
        using var drafts = await mentor.Client.Send(HttpMethod.Get, "grading?status=draft");
        await drafts.ShouldBeProblem(400, "input.invalid", "status");
    }

    internal static async Task<Guid> Submits(Someone student)
    {
        var submission = await Begins(student);
        await Hands(student, submission, Good);
        await student.Post($"submissions/{submission}/submit", new { });
        return submission;
    }

    private async Task<(Someone Student, Someone Mentor)> People()
    {
        var academy = await workshop.Server(postgres);
        var student = await academy.Student(AcademyServer.NewTenant());
        return (student, await academy.Person([Roles.Mentor], student.Tenant));
    }

    private static async Task<Guid> Begins(Someone student) => Situations.Id(await student.Post("submissions", new { exerciseId = "migration" }));

    private static async Task<JsonNode> Hands(Someone student, Guid submission, string text)
    {
        using var response = await student.Client.Send(HttpMethod.Put, $"submissions/{submission}/deliverables/design", new { text });
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(200, body);
        return JsonNode.Parse(body)!;
    }

    private static async Task<List<Guid>> Queue(Someone mentor) => [.. (await mentor.Get("grading"))["items"]!.AsArray().Select(i => i!["id"]!.GetValue<Guid>())];
}
