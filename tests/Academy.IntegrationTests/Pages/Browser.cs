using Academy.Domain;
using Academy.Features.Door;
using Academy.Features.SigningIn;
using Academy.IntegrationTests.Api;
using Academy.IntegrationTests.Pages;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Browser))]

namespace Academy.IntegrationTests.Pages;

/// <summary>One Chromium for all tests of the pages. Where there is none, they are skipped; ACADEMY_TEST_CHROMIUM names one in another place.</summary>
public sealed class Browser : IAsyncDisposable
{
    /// <summary>Longest time for one thing to happen on a page, in milliseconds. It is never waited for in vain.</summary>
    private const float Patience = 60_000;

    private static readonly string[] Places =
        [Environment.GetEnvironmentVariable("ACADEMY_TEST_CHROMIUM") ?? "", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private static readonly string[] Arguments =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private readonly SemaphoreSlim _gate = new(1);
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>A new window in which nobody is signed in.</summary>
    public async Task<IPage> Window(int width = 1400, int height = 950, ColorScheme colours = ColorScheme.Light)
    {
        var context = await (await Start()).NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = colours,
            ReducedMotion = ReducedMotion.Reduce,
        });
        context.SetDefaultTimeout(Patience);
        return await context.NewPageAsync();
    }

    /// <summary>A new window in which somebody has opened their sign-in link.</summary>
    /// <param name="address">Where the server is reached, if not directly.</param>
    public async Task<IPage> WindowOf(Someone someone, Uri? address = null, int width = 1400, int height = 950, ColorScheme colours = ColorScheme.Light)
    {
        var window = await Window(width, height, colours);
        var link = await someone.Server.Door.Send(new MakeSignInLink(someone.Id), Actor.System(someone.Tenant), TestContext.Current.CancellationToken);
        await window.GotoAsync(new Uri(address ?? someone.Server.Address, link.Value!.Path).ToString());
        return window;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
        _gate.Dispose();
    }

    private async Task<IBrowser> Start()
    {
        var program = Places.FirstOrDefault(File.Exists);
        Assert.SkipUnless(program is not null, "There is no Chromium: apt-get install chromium, or name one in ACADEMY_TEST_CHROMIUM.");
        await _gate.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            _playwright ??= await Playwright.CreateAsync();
            Assertions.SetDefaultExpectTimeout(Patience);
            return _browser ??= await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = Arguments, Timeout = Patience });
        }
        finally
        {
            _gate.Release();
        }
    }
}
