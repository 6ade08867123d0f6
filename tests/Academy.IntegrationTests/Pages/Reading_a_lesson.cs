using Academy.IntegrationTests.Api;
using static Microsoft.Playwright.Assertions;

namespace Academy.IntegrationTests.Pages;

public sealed class Reading_a_lesson(SharedAcademy shared, PostgresFixture postgres, Browser browser)
{
    private const string Lesson = "/courses/advanced-devops-mlops/lessons/kubernetes-fundamentals";

    [Fact]
    public async Task shows_its_diagrams_drawn()
    {
        var academy = await shared.Server(postgres);
        var page = await browser.WindowOf(await academy.Student());
        await page.Open(Lesson);
        var diagram = page.Locator(".diagram svg").First;
        await Expect(diagram).ToContainTextAsync("API server");
        (await diagram.GetAttributeAsync("aria-label"))!.ShouldContain("Scheduler to API server: bind pods to nodes");
        (await page.Locator(".prose table").CountAsync()).ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task runs_nothing_that_an_author_wrote_into_it()
    {
        var folder = Directory.CreateTempSubdirectory("curriculum");
        try
        {
            Copy(new DirectoryInfo(Path.Combine(Acting.Root(), "curriculum")), folder);
            await File.AppendAllTextAsync(
                Path.Combine(folder.FullName, "courses", "advanced-devops-mlops", "lessons", "kubernetes-fundamentals.md"),
                """


                <script>window.hurt = 1</script> <img src="x" onerror="window.hurt = 1">

                [press me](javascript:window.hurt=1) ![see](javascript:window.hurt=1)

                ```mermaid
                flowchart LR
                  a["<img src=x onerror=window.hurt=1>"] -->|<script>window.hurt=1</script>| b[After]
                ```

                ```mermaid
                sequenceDiagram
                  <img src=x onerror=window.hurt=1>
                ```
                """,
                TestContext.Current.CancellationToken);
            await using var academy = await AcademyServer.Start(postgres, new ServerOptions(new Dictionary<string, string?> { ["Academy:Curriculum"] = folder.FullName }));
            var page = await browser.WindowOf(await academy.Student());
            await page.Open(Lesson);
            await Expect(page.Locator("article")).ToContainTextAsync("<script>window.hurt = 1</script>");
            await Expect(page.Locator(".diagram svg").Last).ToContainTextAsync("After");
            await Expect(page.Locator(".diagram pre")).ToContainTextAsync("sequenceDiagram");
            (await page.Locator("article :is(script, iframe, [onerror], [href^=javascript], [src^=javascript])").CountAsync()).ShouldBe(0);
            (await page.EvaluateAsync<bool>("() => 'hurt' in window")).ShouldBeFalse();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Copy(DirectoryInfo from, DirectoryInfo to)
    {
        foreach (var file in from.GetFiles())
        {
            file.CopyTo(Path.Combine(to.FullName, file.Name));
        }

        foreach (var folder in from.GetDirectories())
        {
            Copy(folder, to.CreateSubdirectory(folder.Name));
        }
    }
}
