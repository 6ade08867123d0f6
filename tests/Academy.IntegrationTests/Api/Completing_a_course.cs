using System.Text.Json.Nodes;
using Academy.Domain;

namespace Academy.IntegrationTests.Api;

public sealed class Completing_a_course(WorkshopAcademy workshop, PostgresFixture postgres) : IClassFixture<WorkshopAcademy>
{
    private static readonly object Best = new { grades = new[] { new { criterionId = "clarity", level = 2 }, new { criterionId = "risks", level = 2 } } };

    [Fact]
    public async Task happens_by_itself_with_the_last_part()
    {
        var academy = await workshop.Server(postgres);
        var student = await academy.Student(AcademyServer.NewTenant());
        var mentor = await academy.Person([Roles.Mentor], student.Tenant);
        using var early = await student.Client.Send(HttpMethod.Post, "courses/workshop/lessons/planning/read");
        await early.ShouldBeProblem(409, "enrolment.missing");

        await student.Post("enrolments", new { courseId = WorkshopAcademy.Course });
        await student.Post("courses/workshop/lessons/planning/read", new { });
        await student.Post("courses/workshop/lessons/planning/read", new { });
        await student.Post("courses/workshop/lessons/resolving/read", new { });
        await Course(student, (2, 2), (0, 1), (0, 1), (0, 1));
        await QuizTaking.Passes(student, "resolving");
        await PassesTheLab(student);
        await Course(student, (2, 2), (1, 1), (1, 1), (0, 1));

        var submission = await Grading_an_exercise.Submits(student);
        (await Course(student, (2, 2), (1, 1), (1, 1), (0, 1)))["completedAt"].ShouldBeNull();
        await mentor.Post($"submissions/{submission}/grade", Best);
        await Eventually(async () => (await Course(student, (2, 2), (1, 1), (1, 1), (1, 1)))["completedAt"] is not null);

        var path = (await student.Get("progress"))["paths"]!.AsArray().Single()!;
        (path["done"]!.GetValue<int>(), path["parts"]!.GetValue<int>()).ShouldBe((5, 5));
        (await student.Get("enrolments"))["items"]![0]!["completedAt"].ShouldNotBeNull();
    }

    [Fact]
    public async Task a_lesson_that_is_not_there_cannot_be_read()
    {
        var student = await (await workshop.Server(postgres)).Student(AcademyServer.NewTenant());
        await student.Post("enrolments", new { courseId = WorkshopAcademy.Course });
        using var response = await student.Client.Send(HttpMethod.Post, "courses/workshop/lessons/cake/read");
        await response.ShouldBeProblem(404, "lesson.not-found");
    }

    [Fact]
    public async Task shows_skills_with_what_shows_them()
    {
        var student = await (await workshop.Server(postgres)).Student(AcademyServer.NewTenant());
        (await Mastery(student)).ShouldBe([("dns", 0), ("planning", 0)]);
        await QuizTaking.Passes(student, "resolving");
        (await Mastery(student))[0].ShouldBe(("dns", 0.25), "two answers of half a check each: 1 / (1 + 3)");

        var before = student.Server.Clock.GetUtcNow();
        await PassesTheLab(student, hints: 4);
        var skills = await student.Get("learners/me/skills");
        var planning = skills["skills"]!.AsArray().Single(s => s!["id"]!.GetValue<string>() == "planning")!;
        planning["mastery"]!.GetValue<double>().ShouldBe(0.3, "one check after the command was shown, one without help: 1.5 / (2 + 3)");
        planning["evidence"]!.AsArray().Select(e => (e!["source"]!.GetValue<string>(), e["assisted"]!.GetValue<bool>()))
            .ShouldBe([("lab/review-a-plan/encrypted", true), ("lab/review-a-plan/tagged", false)]);
        (await Mastery(student, $"?asOf={Uri.EscapeDataString(before.ToString("O"))}"))[1].ShouldBe(("planning", 0));
        (await student.Get("learners/me/skills?area=networking"))["skills"]!.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task shows_the_skills_of_a_student_to_staff_and_the_own_mentor()
    {
        var academy = await workshop.Server(postgres);
        var student = await academy.Student(AcademyServer.NewTenant());
        var mentor = await academy.Person([Roles.Mentor], student.Tenant);
        foreach (var guess in new[] { $"{student.Id}", "cake", $"{Guid.Empty}", "%00" })
        {
            using var hidden = await mentor.Client.Send(HttpMethod.Get, $"learners/{guess}/skills");
            ((int)hidden.StatusCode).ShouldBeInRange(400, 404);
        }

        await mentor.Post($"mentorships/{await student.AsksForMentor()}/claim", new { });
        (await mentor.Get($"learners/{student.Id}/skills"))["learnerId"]!.GetValue<Guid>().ShouldBe(student.Id);
        var instructor = await academy.Person([Roles.Instructor], student.Tenant);
        await instructor.Get($"learners/{student.Id}/skills");
        using var nobody = await instructor.Client.Send(HttpMethod.Get, $"learners/{Guid.CreateVersion7()}/skills");
        await nobody.ShouldBeProblem(404, "learner.not-found");
    }

    private static async Task PassesTheLab(Someone student, int hints = 0)
    {
        var attempt = Situations.Id(await student.Post("attempts", new { labId = WorkshopAcademy.Lab }));
        for (var rung = 0; rung < hints; rung++)
        {
            await student.Post($"attempts/{attempt}/steps/encrypted/hints", new { });
        }

        using var put = await student.Client.PutAsync($"/api/v1/attempts/{attempt}/artefacts/plan", new StringContent("""{"encrypted":true,"owner":"me"}"""), TestContext.Current.CancellationToken);
        put.EnsureSuccessStatusCode();
        (await student.Post($"attempts/{attempt}/checks", new { }))!["status"]!.GetValue<string>().ShouldBe("completed");
    }

    private static async Task<JsonNode> Course(Someone student, (int, int) lessons, (int, int) quizzes, (int, int) labs, (int, int) exercises)
    {
        var course = (await student.Get("progress"))["courses"]![0]!;
        (Of("lessonsRead"), Of("lessons")).ShouldBe(lessons);
        (Of("quizzesPassed"), Of("quizzes")).ShouldBe(quizzes);
        (Of("labsCompleted"), Of("labs")).ShouldBe(labs);
        (Of("exercisesPassed"), Of("exercises")).ShouldBe(exercises);
        return course;
        int Of(string field) => course[field]!.GetValue<int>();
    }

    private static async Task<List<(string, double)>> Mastery(Someone student, string query = "") =>
        [.. (await student.Get($"learners/me/skills{query}"))["skills"]!.AsArray().Select(s => (s!["id"]!.GetValue<string>(), s["mastery"]!.GetValue<double>()))];

    private static async Task Eventually(Func<Task<bool>> met)
    {
        for (var i = 0; i < 100 && !await met(); i++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        (await met()).ShouldBeTrue();
    }
}
