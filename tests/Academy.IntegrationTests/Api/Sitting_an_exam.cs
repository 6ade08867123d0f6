namespace Academy.IntegrationTests.Api;

public sealed class Sitting_an_exam(WorkshopAcademy workshop, PostgresFixture postgres) : IClassFixture<WorkshopAcademy>
{
    [Fact]
    public async Task is_done_without_hints()
    {
        var (student, attempt) = await Exam();
        using var hint = await student.Client.Send(HttpMethod.Post, $"attempts/{attempt}/steps/encrypted/hints");
        await hint.ShouldBeProblem(409, "attempt.exam");
        (await student.Get($"labs/{WorkshopAcademy.Exam}"))["exam"]!.GetValue<bool>().ShouldBeTrue();
    }

    [Fact]
    public async Task silences_the_assistant_about_everything_until_it_is_over()
    {
        var student = await (await workshop.Server(postgres)).Student(AcademyServer.NewTenant());
        var before = await student.StartsConversation();
        var attempt = Situations.Id(await student.Post("attempts", new { labId = WorkshopAcademy.Exam }));
        using var about = await student.Client.Send(HttpMethod.Post, "conversations", new { attemptId = attempt });
        await about.ShouldBeProblem(409, "assistant.exam");
        using var general = await student.Client.Send(HttpMethod.Post, "conversations", new { });
        await general.ShouldBeProblem(409, "assistant.exam");
        using var ask = await student.Client.Send(HttpMethod.Post, $"conversations/{before}/messages", new { text = "What is a bucket?" });
        await ask.ShouldBeProblem(409, "assistant.exam");

        await student.Post($"attempts/{attempt}/abandon", new { });
        await student.StartsConversation();
    }

    [Fact]
    public async Task can_be_begun_as_often_as_it_says()
    {
        var (student, first) = await Exam();
        await student.Post($"attempts/{first}/abandon", new { });
        await student.Post("attempts", new { labId = WorkshopAcademy.Exam });
        using var third = await student.Client.Send(HttpMethod.Post, "attempts", new { labId = WorkshopAcademy.Exam });
        await third.ShouldBeProblem(409, "attempt.limit");
    }

    [Fact]
    public async Task cannot_be_begun_more_often_by_asking_at_once()
    {
        var student = await (await workshop.Server(postgres)).Student(AcademyServer.NewTenant());
        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => student.Client.Send(HttpMethod.Post, "attempts", new { labId = WorkshopAcademy.Exam })));
        replies.Count(r => r.IsSuccessStatusCode).ShouldBeInRange(1, 2);
        replies.Where(r => !r.IsSuccessStatusCode).ShouldAllBe(r => (int)r.StatusCode == 409);
    }

    [Fact]
    public async Task leaves_other_labs_as_they_are()
    {
        var student = await (await workshop.Server(postgres)).Student(AcademyServer.NewTenant());
        var attempt = Situations.Id(await student.Post("attempts", new { labId = WorkshopAcademy.Lab }));
        var hint = (await student.Post($"attempts/{attempt}/steps/encrypted/hints", new { }))!;
        (hint["price"]!.GetValue<int>(), hint["nextPrice"]!.GetValue<int>()).ShouldBe((0, 5));
        await student.Post($"attempts/{attempt}/steps/encrypted/hints", new { });
        await student.Post("conversations", new { attemptId = attempt });
    }

    [Fact]
    public async Task what_hints_cost_lowers_the_score_and_not_the_pass()
    {
        var student = await (await workshop.Server(postgres)).Student(AcademyServer.NewTenant());
        var attempt = Situations.Id(await student.Post("attempts", new { labId = WorkshopAcademy.Lab }));
        for (var rung = 1; rung <= 5; rung++)
        {
            await student.Post($"attempts/{attempt}/steps/encrypted/hints", new { });
        }

        using var put = await student.Client.PutAsync($"/api/v1/attempts/{attempt}/artefacts/plan", new StringContent("""{"encrypted":true,"owner":"me"}"""), TestContext.Current.CancellationToken);
        put.EnsureSuccessStatusCode();
        var done = (await student.Post($"attempts/{attempt}/checks", new { }))!;
        var step = done["steps"]!.AsArray().Single(s => s!["stepId"]!.GetValue<string>() == "encrypted")!;
        step["hintPrice"]!.GetValue<int>().ShouldBe(75);
        (done["passed"]!.GetValue<bool>(), done["status"]!.GetValue<string>()).ShouldBe((true, "completed"));
        done["score"]!.GetValue<int>().ShouldBe(55, "a quarter of 60 points, and 40 more");
    }

    private async Task<(Someone Student, Guid Attempt)> Exam()
    {
        var student = await (await workshop.Server(postgres)).Student(AcademyServer.NewTenant());
        return (student, Situations.Id(await student.Post("attempts", new { labId = WorkshopAcademy.Exam })));
    }
}
