using Academy.IntegrationTests.Api;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Academy.IntegrationTests.Pages;

public sealed class Working_on_a_lab(SharedAcademy shared, PostgresFixture postgres, Browser browser)
{
    [Fact]
    public async Task goes_from_the_sign_in_link_to_a_completed_lab()
    {
        var academy = await shared.Server(postgres);
        var student = await academy.Student();
        var page = await browser.WindowOf(student);

        await page.Button("Enrol").ClickAsync();
        await Expect(page.GetByText("Enrolled", new() { Exact = true })).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Link, new() { Name = "Deploy a basic AI application" }).ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Practice cluster" }).SelectOptionAsync(Situations.PracticeCluster);
        await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await page.Arrives("/attempts/[^/]+");
        await Expect(page.Locator("#work")).ToContainTextAsync("0 of 9 steps");

        await page.Ask("why is my pod not starting?");
        var reply = await page.FinishedReply();
        await Expect(reply.Locator(".tool.ok").First).ToContainTextAsync("Looking for root causes");
        await Expect(reply.Locator(".finding h3")).ToHaveTextAsync("ConfigMap sentiment-model-v2");
        await Expect(reply.Locator(".finding .evidence")).ToContainTextAsync("configmap \"sentiment-model-v2\" not found");
        await Expect(reply.Locator(".finding .explains")).ToContainTextAsync("Deployment ai-app/sentiment");

        await page.Button("Take a hint for Move the settings").ClickAsync();
        await Expect(page.Locator("#step-settings .hint")).ToContainTextAsync("Hint 1: Question");
        await page.Button("Next hint: where to look").ClickAsync();
        await Expect(page.Locator("#step-settings .hint")).ToHaveCountAsync(2);

        await page.Button("Check my work").First.ClickAsync();
        await Expect(page.Locator("#step-settings .checks .fail").First).ToContainTextAsync("no ConfigMap named sentiment-config");

        await page.Button("Show the repaired cluster").ClickAsync();
        await Expect(page.Locator("#work .summary")).ToContainTextAsync("(repaired)");
        await page.Locator("#work .summary").GetByText("Check my work").ClickAsync();
        await Expect(page.Locator("#work .summary")).ToContainTextAsync("9 of 9 steps");
        await Expect(page.Locator("#work .summary")).ToContainTextAsync("Completed");
        await Expect(page.Locator("#news")).ToContainTextAsync("9 of 9 steps are done");
        (await page.Locator(".step.done").CountAsync()).ShouldBe(9);

        await page.Open("/");
        await Expect(page.Locator(".ring")).ToContainTextAsync("9/9");
        await Expect(page.Locator(".ring")).ToContainTextAsync("2 hints");
    }

    [Fact]
    public async Task shows_a_problem_beside_what_caused_it()
    {
        var academy = await shared.Server(postgres);
        var page = await browser.WindowOf(await academy.Student());
        await page.Open($"/labs/{Acting.Lab}");
        await page.GetByText("I give a kubeconfig").ClickAsync();
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Kubeconfig" }).FillAsync("this is no kubeconfig");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await Expect(page.Locator("form.start [role=alert]")).ToContainTextAsync("kubeconfig");
        page.Url.ShouldEndWith(Acting.Lab);
    }

    [Fact]
    public async Task takes_a_recording_that_the_student_uploads()
    {
        var academy = await shared.Server(postgres);
        var page = await browser.WindowOf(await academy.Student());
        await page.Open($"/labs/{Acting.Lab}");
        await page.GetByText("I upload a recording").ClickAsync();
        await page.Locator("input[name=file]").SetInputFilesAsync(new FilePayload
        {
            Name = "my-laptop.json",
            MimeType = "application/json",
            Buffer = """{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"sentiment-model","namespace":"ai-app"}}]}"""u8.ToArray(),
        });
        await page.GetByRole(AriaRole.Button, new() { Name = "Start", Exact = true }).ClickAsync();
        await page.Arrives("/attempts/[^/]+");
        await Expect(page.Locator("#work .summary")).ToContainTextAsync("my-laptop.json");
    }

    [Fact]
    public async Task is_refused_to_whoever_is_not_signed_in()
    {
        var academy = await shared.Server(postgres);
        var page = await browser.Window();
        await page.GotoAsync(new Uri(academy.Address, "/attempts").ToString());
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Sign in to see that page.");
    }

    [Fact]
    public async Task is_refused_in_words_to_whoever_has_a_wrong_sign_in_link()
    {
        var academy = await shared.Server(postgres);
        var page = await browser.Window();
        var response = await page.GotoAsync(new Uri(academy.Address, "/sign-in/academy_ZGVmYXVsdA.nothing").ToString());
        response!.Status.ShouldBe(401);
        await Expect(page.Locator(".problem")).ToContainTextAsync("There is no such sign-in link.");
    }

    [Fact]
    public async Task is_hidden_from_other_students()
    {
        var academy = await shared.Server(postgres);
        var student = await academy.Student();
        var attempt = await student.StartsAttempt(Acting.Lab, await student.TakesPracticeCluster());
        var page = await browser.WindowOf(await academy.Student());
        var response = await page.GotoAsync(new Uri(academy.Address, $"/attempts/{attempt}").ToString());
        response!.Status.ShouldBe(404);
        await Expect(page.Locator("h1")).ToHaveTextAsync("Not found");
    }
}
