using System.Text.RegularExpressions;
using Academy.IntegrationTests.Api;
using Microsoft.Playwright;

namespace Academy.IntegrationTests.Pages;

/// <summary>What people do on the pages, said once.</summary>
internal static class Acting
{
    public const string Lab = "deploy-ai-app";

    /// <summary>Opens a page of the server whose page is open.</summary>
    public static Task Open(this IPage page, string path) => page.GotoAsync(new Uri(new Uri(page.Url), path).ToString());

    /// <summary>Waits until the page at this path is there. It asks again and again: waiting for the event of a navigation misses one that has just happened.</summary>
    /// <param name="path">A regular expression for the end of the address.</param>
    public static async Task Arrives(this IPage page, string path)
    {
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(path + "$"), new() { Timeout = 60_000 });
        await page.WaitForFunctionAsync("() => document.readyState === 'complete'");
    }

    /// <summary>Opens the attempt of a student who has started lab 1.1 on its practice cluster.</summary>
    public static async Task<Guid> OpenAttempt(this IPage page, Someone student)
    {
        var attempt = await student.StartsAttempt(Lab, await student.TakesPracticeCluster());
        await page.Open($"/attempts/{attempt}");
        return attempt;
    }

    public static async Task Ask(this IPage page, string question)
    {
        await page.GetByLabel("Your question").FillAsync(question);
        await page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
    }

    public static ILocator Button(this IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name });

    public static ILocator LastReply(this IPage page) => page.Locator(".message.theirs").Last;

    /// <summary>The last reply once nothing is added to it any more.</summary>
    public static async Task<ILocator> FinishedReply(this IPage page)
    {
        var reply = page.LastReply();
        await Assertions.Expect(reply).Not.ToHaveAttributeAsync("aria-busy", "true");
        return reply;
    }

    /// <summary>Presses Tab until something has the focus.</summary>
    /// <param name="wanted">A selector.</param>
    public static async Task TabTo(this IPage page, string wanted)
    {
        for (var presses = 0; presses < 100; presses++)
        {
            if (await page.EvaluateAsync<bool>("wanted => document.activeElement.matches(wanted)", wanted))
            {
                var outline = await page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle");
                outline.ShouldBe("solid", "what has the focus shows it");
                return;
            }

            await page.Keyboard.PressAsync("Tab");
        }

        throw new ShouldAssertException($"The keyboard does not reach {wanted} on {page.Url}.");
    }

    /// <summary>The folder of the repository.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Academy.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run from the repository.");
        }

        return folder.FullName;
    }
}
