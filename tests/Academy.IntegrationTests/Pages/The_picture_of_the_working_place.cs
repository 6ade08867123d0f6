using Academy.IntegrationTests.Api;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Academy.IntegrationTests.Pages;

/// <summary>Makes <c>docs/images/academy.png</c> anew when ACADEMY_REMAKE_PICTURES is set, and always shows that it can be made.</summary>
public sealed class The_picture_of_the_working_place(SharedAcademy shared, PostgresFixture postgres, Browser browser)
{
    private const int MostBytes = 400 * 1024;

    [Fact]
    public async Task shows_a_finding_beside_the_steps()
    {
        var academy = await shared.Server(postgres);
        var student = await academy.Person(["student"], name: "Student");
        var page = await browser.WindowOf(student);
        await page.OpenAttempt(student);
        await page.Ask("why is my pod not starting?");
        await page.FinishedReply();
        await page.Locator("#work .summary").GetByText("Check my work").ClickAsync();
        await Expect(page.Locator(".checks .fail").First).ToBeVisibleAsync();
        await page.Button("Take a hint for Move the settings").ClickAsync();
        await Expect(page.Locator(".step .hint")).ToBeVisibleAsync();
        await page.Locator("#about > summary").ClickAsync();
        await page.EvaluateAsync("() => { document.activeElement.blur(); window.scrollTo(0, 0); }");

        var picture = await page.ScreenshotAsync();
        picture.Length.ShouldBeLessThan(MostBytes);
        if (Environment.GetEnvironmentVariable("ACADEMY_REMAKE_PICTURES") is { Length: > 0 })
        {
            await File.WriteAllBytesAsync(Path.Combine(Acting.Root(), "docs", "images", "academy.png"), picture, TestContext.Current.CancellationToken);
        }
    }
}
