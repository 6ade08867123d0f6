using Academy.Domain;
using Academy.IntegrationTests.Api;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Academy.IntegrationTests.Pages;

public sealed class Using_the_pages(SharedAcademy shared, PostgresFixture postgres, Browser browser)
{
    private const string Lesson = "/courses/advanced-devops-mlops/lessons/kubernetes-fundamentals";

    private static readonly string[] Pages =
        ["/", "/labs", $"/labs/{Acting.Lab}", "/practice", "/clusters", "/attempts", "/mentoring", "/tokens", "/courses/advanced-devops-mlops", Lesson, "/nothing-here",
            "/courses/advanced-devops-mlops/quizzes/kubernetes-fundamentals", "/exercises", "/exercises/safety-signal-platform", "/paths", "/paths/kubernetes-for-ai", "/search?q=gang", "/skills"];

    // The smallest contrast between the text that is seen and what is behind it, and where it is (WCAG 2.2, relative luminance).
    private const string LowestContrast = """
        () => {
          const parse = c => c.match(/[\d.]+/g).map(Number);
          const light = ([r, g, b]) => [r, g, b].map(v => v / 255).map(v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
            .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
          const behind = e => { for (; e; e = e.parentElement) { const c = parse(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] === 1) return c; } return [255, 255, 255]; };
          let lowest = { ratio: 99, where: '' };
          const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (texts.nextNode()) {
            const e = texts.currentNode.parentElement;
            if (!texts.currentNode.data.trim() || e.closest('svg, script, .hidden, .skip, :disabled') || !e.checkVisibility()) continue;
            const [a, b] = [light(parse(getComputedStyle(e).color)), light(behind(e))];
            const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
            if (ratio < lowest.ratio) lowest = { ratio, where: `${e.tagName}.${e.className}: ${texts.currentNode.data.trim().slice(0, 40)}` };
          }
          return `${lowest.ratio.toFixed(2)} ${lowest.where}`;
        }
        """;

    [Fact]
    public async Task is_possible_with_the_keyboard_alone()
    {
        var academy = await shared.Server(postgres);
        var student = await academy.Student();
        var page = await browser.WindowOf(student);
        await page.Keyboard.PressAsync("Tab");
        (await page.EvaluateAsync<string>("() => document.activeElement.textContent")).ShouldBe("Skip to the content");
        await page.Keyboard.PressAsync("Enter");
        (await page.EvaluateAsync<string>("() => document.activeElement.id")).ShouldBe("main");

        await page.TabTo($"a[href='/labs/{Acting.Lab}']");
        await page.Keyboard.PressAsync("Enter");
        await page.Arrives($"/labs/{Acting.Lab}");
        await page.TabTo(".start button");
        await page.Keyboard.PressAsync("Enter");
        await page.Arrives("/attempts/[^/]+");

        await page.TabTo("#work .summary button");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".checks .fail").First).ToBeVisibleAsync();
        (await page.EvaluateAsync<string>("() => document.activeElement.textContent")).ShouldBe("Check my work", "the focus stays where it was");

        await page.TabTo("#step-token summary");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#step-token .checks")).ToBeVisibleAsync();
        await page.TabTo("#question");
        await page.Keyboard.TypeAsync("why is my pod not starting?");
        await page.Keyboard.PressAsync("Enter");
        await Expect((await page.FinishedReply()).Locator(".finding")).ToBeVisibleAsync();
        (await page.EvaluateAsync<string>("() => document.activeElement.id")).ShouldBe("question");
        await Expect(page.Locator("#step-token .checks")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task needs_no_sideways_scrolling_at_400_pixels()
    {
        var academy = await shared.Server(postgres);
        var student = await academy.Student();
        var page = await browser.WindowOf(student, width: 400, height: 800);
        await page.OpenAttempt(student);
        await page.Ask("why is my pod not starting?");
        await page.FinishedReply();
        await page.Locator("#work .summary").GetByText("Check my work").ClickAsync();
        await Expect(page.Locator(".checks .fail").First).ToBeVisibleAsync();
        foreach (var path in Pages.Prepend(new Uri(page.Url).PathAndQuery))
        {
            await page.Open(path);
            (await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth")).ShouldBeLessThanOrEqualTo(400, path);
        }
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task is_easy_on_the_eyes_by_day_and_by_night(ColorScheme colours)
    {
        var academy = await shared.Server(postgres);
        var student = await academy.Student();
        var page = await browser.WindowOf(student, colours: colours);
        await page.OpenAttempt(student);
        await page.Ask("why is my pod not starting?");
        await page.FinishedReply();
        await page.Button("Take a hint for Move the settings").ClickAsync();
        await Expect(page.Locator(".step .hint")).ToBeVisibleAsync();
        await page.Locator("#work .summary").GetByText("Check my work").ClickAsync();
        await Expect(page.Locator(".checks .fail").First).ToBeVisibleAsync();
        await HasContrast(page, "an attempt");
        foreach (var path in Pages)
        {
            await page.Open(path);
            await HasContrast(page, path);
        }

        var ground = await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");
        ground.ShouldBe(colours == ColorScheme.Dark ? "rgb(21, 25, 23)" : "rgb(247, 246, 242)");
    }

    [Fact]
    public async Task finds_things_in_lists_by_filter_and_page()
    {
        var academy = await shared.Server(postgres);
        var student = await academy.Student();
        var cluster = await student.TakesPracticeCluster();
        var first = await student.StartsAttempt(Acting.Lab, cluster);
        await student.Post($"attempts/{first}/abandon", new { });
        for (var more = 0; more < 20; more++)
        {
            await student.StartsAttempt(Acting.Lab, cluster);
        }

        var page = await browser.WindowOf(student);
        await page.Open("/attempts");
        await Expect(page.Locator(".list > li")).ToHaveCountAsync(20);
        await page.GetByRole(AriaRole.Link, new() { Name = "Older" }).ClickAsync();
        await Expect(page.Locator(".list > li")).ToContainTextAsync(["Abandoned"]);
        await page.GetByRole(AriaRole.Link, new() { Name = "Newest" }).ClickAsync();
        await page.GetByRole(AriaRole.Combobox, new() { Name = "State" }).SelectOptionAsync("Abandoned");
        await page.Button("Show").ClickAsync();
        await Expect(page.Locator(".list a")).ToHaveAttributeAsync("href", $"/attempts/{first}");
    }

    [Fact]
    public async Task gives_mentors_what_students_ask_for_and_their_work_to_look_at()
    {
        var academy = await shared.Server(postgres);
        var tenant = AcademyServer.NewTenant();
        var student = await academy.Student(tenant);
        var attempt = await student.StartsAttempt(Acting.Lab, await student.TakesPracticeCluster());
        var page = await browser.WindowOf(student);
        await page.Open("/mentoring");
        await page.GetByLabel("What is it about?").FillAsync("My Service has no endpoints");
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
        await Expect(page.Locator("#work .list")).ToContainTextAsync("My Service has no endpoints");

        var desk = await browser.WindowOf(await academy.Person([Roles.Mentor], tenant));
        await desk.Open("/mentoring");
        await desk.Button("Take the request: My Service has no endpoints").ClickAsync();
        await desk.GetByRole(AriaRole.Link, new() { Name = "The work of" }).ClickAsync();
        await desk.Locator(".list a").First.ClickAsync();
        await desk.Arrives($"/attempts/{attempt}");
        await Expect(desk.GetByText("You are looking at a student's work.")).ToBeVisibleAsync();
        (await desk.Button("Check my work").CountAsync()).ShouldBe(0);
    }

    [Fact]
    public async Task lets_administrators_add_people_whose_links_sign_them_in()
    {
        var academy = await shared.Server(postgres);
        var page = await browser.WindowOf(await academy.Person([Roles.Administrator], AcademyServer.NewTenant()));
        await page.Open("/admin");
        await page.GetByLabel("Name").FillAsync("Ada");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        var ada = page.Locator(".list > li", new() { HasText = "Ada" });
        await ada.GetByText("Change").ClickAsync();
        await ada.GetByText("Make a sign-in link").ClickAsync();
        await Expect(ada.Locator("output")).ToContainTextAsync("/sign-in/");
        var link = await ada.Locator("output").TextContentAsync();

        var other = await browser.Window();
        await other.GotoAsync(link!);
        await Expect(other.Locator("h1")).ToHaveTextAsync("Hello, Ada");
        await other.Button("Sign out").ClickAsync();
        await Expect(other.Locator("h1")).ToContainTextAsync("Learn Kubernetes");
    }

    [Fact]
    public async Task shows_a_token_once_and_revokes_it()
    {
        var academy = await shared.Server(postgres);
        var page = await browser.WindowOf(await academy.Student());
        await page.Open("/tokens");
        await page.GetByLabel("What is it for?").FillAsync("my script");
        await page.Button("Issue").ClickAsync();
        await Expect(page.Locator("output")).ToContainTextAsync("academy_");
        var client = academy.WithToken((await page.Locator("output").TextContentAsync())!);
        (await client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);

        page.Dialog += (_, question) => question.AcceptAsync();
        await page.Button("Revoke my script").ClickAsync();
        await Expect(page.Locator(".list li", new() { HasText = "my script" })).ToContainTextAsync("Revoked");
        (await client.GetAsync("/api/v1/me")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
    }

    private static async Task HasContrast(IPage page, string where)
    {
        var lowest = await page.EvaluateAsync<string>(LowestContrast);
        double.Parse(lowest.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture).ShouldBeGreaterThanOrEqualTo(4.5, $"{where}: {lowest}");
    }
}
