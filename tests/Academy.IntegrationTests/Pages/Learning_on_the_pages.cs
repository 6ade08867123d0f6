using Academy.Domain;
using Academy.IntegrationTests.Api;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Academy.IntegrationTests.Pages;

public sealed class Learning_on_the_pages(SharedAcademy shared, PostgresFixture postgres, Browser browser)
{
    private const string Course = "/courses/advanced-devops-mlops";

    [Fact]
    public async Task goes_from_a_lesson_over_its_quiz_to_skills_that_are_drawn()
    {
        var academy = await shared.Server(postgres);
        var page = await browser.WindowOf(await academy.Student());
        await page.Open(Course);
        await page.Button("Enrol").ClickAsync();
        await Expect(page.GetByText("Enrolled", new() { Exact = true })).ToBeVisibleAsync();
        await page.Open($"{Course}/lessons/auto-scaling");
        await page.Button("I have read it").ClickAsync();
        await Expect(page.Locator("#work")).ToContainTextAsync("✓ Read");

        await page.GetByRole(AriaRole.Link, new() { Name = "To the quiz" }).ClickAsync();
        await page.Button("Begin").ClickAsync();
        await page.Arrives("/sittings/[^/]+");
        await Expect(page.Locator(".options")).ToHaveCountAsync(0);
        var questions = await page.Locator(".question").CountAsync();
        for (var answered = 0; answered < questions; answered++)
        {
            var open = page.Locator(".question form").First;
            await open.Locator("input:not([type=hidden])").First.CheckAsync();
            await open.GetByRole(AriaRole.Button).ClickAsync();
            await Expect(page.Locator(".question .options")).ToHaveCountAsync(answered + 1);
            await Expect(page.Locator(".question .options").Nth(answered).Locator(".why").First).ToBeVisibleAsync();
        }

        await Expect(page.Locator(".summary .badge")).ToContainTextAsync("assed with");
        var right = await page.Locator(".question.right").CountAsync();
        await Expect(page.Locator(".summary strong")).ToHaveTextAsync($"{questions} of {questions} answered, {right} right");

        await page.Open("/skills");
        await Expect(page.Locator("#horizontal-scaling")).ToContainTextAsync("shown");
        (await page.Locator(".wheel .track").CountAsync()).ShouldBeGreaterThan(30);
        (await page.Locator(".wheel path:not(.track)").CountAsync()).ShouldBe(await page.Locator(".skills meter:not([value='0'])").CountAsync());
    }

    [Fact]
    public async Task hands_an_exercise_in_that_a_mentor_grades()
    {
        var academy = await shared.Server(postgres);
        var tenant = AcademyServer.NewTenant();
        var page = await browser.WindowOf(await academy.Student(tenant));
        page.Dialog += (_, dialog) => dialog.AcceptAsync();
        await page.Open("/exercises");
        await page.GetByRole(AriaRole.Link, new() { Name = "A platform for safety signals" }).ClickAsync();
        (await page.GetByText("For mentors").CountAsync()).ShouldBe(0);
        await page.Button("Begin").ClickAsync();
        await page.Arrives("/submissions/[^/]+");
        await page.Button("Hand it in").ClickAsync();
        await Expect(page.Locator("form .problem:visible")).Not.ToBeEmptyAsync();

        var folder = Path.Combine(Acting.Root(), "curriculum", "exercises", "safety-signal-platform", "example");
        foreach (var (file, place) in new[] { ("design.md", 0), ("summary.md", 1) })
        {
            var part = page.Locator(".deliverable").Nth(place);
            await part.Locator("textarea").FillAsync(await File.ReadAllTextAsync(Path.Combine(folder, file), TestContext.Current.CancellationToken));
            await part.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
            await Expect(part.Locator(".facts")).ToContainTextAsync("words handed in");
            await Expect(part.Locator(".complaints")).ToHaveCountAsync(0);
        }

        await page.Button("Hand it in").ClickAsync();
        await Expect(page.Locator("#work .badge").First).ToHaveTextAsync("Waits for a mentor");

        var desk = await browser.WindowOf(await academy.Person([Roles.Mentor], tenant));
        await desk.Open("/grading");
        await desk.GetByRole(AriaRole.Link, new() { Name = "A platform for safety signals" }).ClickAsync();
        foreach (var criterion in await desk.Locator("fieldset.criterion").AllAsync())
        {
            await criterion.GetByRole(AriaRole.Radio).Last.CheckAsync();
        }

        await desk.GetByLabel("On the whole").FillAsync("A small design with reasons.");
        await desk.Button("Save the grade").ClickAsync();
        await Expect(desk.Locator("#work .badge").First).ToHaveTextAsync("Passed");

        await page.ReloadAsync();
        await Expect(page.Locator("#work")).ToContainTextAsync("100 of 100 points");
        await Expect(page.Locator("#work")).ToContainTextAsync("A small design with reasons.");
    }

    [Fact]
    public async Task finds_by_words_and_leads_along_a_path()
    {
        var academy = await shared.Server(postgres);
        var page = await browser.WindowOf(await academy.Student());
        await page.Open("/search");
        await page.GetByLabel("Words").FillAsync("\"gang scheduling\"");
        await page.GetByLabel("Words").PressAsync("Enter");
        await Expect(page.Locator(".found mark").First).ToBeVisibleAsync();
        await page.GetByLabel("Words").FillAsync("<script>alert(1)</script> ' & | ! (");
        await page.GetByLabel("Words").PressAsync("Enter");
        await Expect(page.Locator("main")).ToContainTextAsync("Nothing found");
        await page.GetByLabel("Words").FillAsync("cpu");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Managing GPU workloads" }).First.ClickAsync();
        await Expect(page.Locator("h1").First).ToHaveTextAsync("Managing GPU workloads");

        await page.Open("/paths");
        await page.GetByRole(AriaRole.Link, new() { Name = "CI/CD for AI models" }).ClickAsync();
        await Expect(page.Locator(".topics > li").First).ToContainTextAsync("Kustomize and Helm");
        await page.GetByRole(AriaRole.Link, new() { Name = "Lab of Declarative management" }).ClickAsync();
        await Expect(page.Locator("h1").First).ToContainTextAsync("Kustomize and Helm");
    }

    [Fact]
    public async Task uploads_the_files_that_a_lab_asks_for()
    {
        var academy = await shared.Server(postgres);
        var student = await academy.Student();
        var attempt = await student.StartsAttempt("kustomize-and-helm", await student.TakesPracticeCluster());
        var page = await browser.WindowOf(student);
        await page.Open($"/attempts/{attempt}");
        var slot = page.Locator(".artefacts li").Filter(new() { HasText = "values.schema.json" });
        await Expect(slot).ToContainTextAsync("Missing");
        await slot.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "values.schema.json", MimeType = "application/json", Buffer = "{\"type\": "u8.ToArray() });
        await slot.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Expect(slot.Locator(".problem")).ToContainTextAsync("not valid JSON");
        await slot.Locator("input[type=file]").SetInputFilesAsync(Path.Combine(Acting.Root(), "curriculum", "labs", "kustomize-and-helm", "solution", "artefacts", "values.schema.json"));
        await slot.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Expect(slot.Locator(".badge.good")).ToContainTextAsync("handed in");
        await page.Locator("#work .summary").GetByText("Check my work").ClickAsync();
        await Expect(page.Locator("#step-schema .checks .pass").First).ToBeAttachedAsync();
        (await page.Locator("#step-schema .checks .pass").CountAsync()).ShouldBe(4);
    }
}
