using Academy.Diagnosis;
using Academy.Features.Conversing;
using Academy.IntegrationTests.Api;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Academy.IntegrationTests.Pages;

public sealed class Chatting_on_the_page(SharedAcademy shared, PostgresFixture postgres, Browser browser)
{
    private const string Hostile = "<img src=x onerror=\"window.hurt=1\"><script>window.hurt=1</script>";

    [Fact]
    public async Task keeps_its_history_over_a_reload()
    {
        var academy = await shared.Server(postgres);
        var student = await academy.Student();
        var page = await browser.WindowOf(student);
        await page.OpenAttempt(student);
        await page.Ask("why is my pod not starting?");
        var before = await (await page.FinishedReply()).InnerTextAsync();

        await page.ReloadAsync();
        await Expect(page.Locator(".message.mine")).ToContainTextAsync("why is my pod not starting?");
        (await (await page.FinishedReply()).InnerTextAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task goes_on_where_a_dropped_connection_ended()
    {
        var assistant = new LedAssistant();
        await using var academy = await assistant.Server(postgres);
        await using var wire = Wire.To(academy.Address);
        var student = await academy.Student();
        var page = await browser.WindowOf(student, wire.Address);
        await page.OpenAttempt(student);
        await page.Ask("what is wrong?");
        assistant.Look("Looking at pods");
        await Expect(page.LastReply()).ToContainTextAsync("Looking at pods");

        wire.Cut();
        assistant.Look("Looking at events");
        wire.Cut();
        assistant.Look("Looking at logs");
        assistant.Say(new TextWritten("Found it."));
        assistant.Finish();

        var reply = await page.FinishedReply();
        await Expect(reply.Locator(".what")).ToHaveTextAsync(["Looking at pods", "Looking at events", "Looking at logs"]);
        await Expect(reply.Locator(".prose")).ToHaveTextAsync("Found it.");
        (await page.Locator(".message.mine").CountAsync()).ShouldBe(1);
        await Expect(page.Button("Stop")).ToBeHiddenAsync();
    }

    [Fact]
    public async Task goes_on_with_a_reply_that_was_being_written_at_the_reload()
    {
        var assistant = new LedAssistant();
        await using var academy = await assistant.Server(postgres);
        var student = await academy.Student();
        var page = await browser.WindowOf(student);
        await page.OpenAttempt(student);
        await page.Ask("what is wrong?");
        assistant.Look("Looking at pods");
        await Expect(page.LastReply()).ToContainTextAsync("Looking at pods");

        await page.ReloadAsync();
        await Expect(page.LastReply()).ToContainTextAsync("Looking at pods");
        assistant.Look("Looking at events");
        assistant.Finish();
        await Expect((await page.FinishedReply()).Locator(".what")).ToHaveTextAsync(["Looking at pods", "Looking at events"]);
    }

    [Fact]
    public async Task stops_when_the_student_says_so()
    {
        var assistant = new LedAssistant();
        await using var academy = await assistant.Server(postgres);
        var student = await academy.Student();
        var page = await browser.WindowOf(student);
        await page.OpenAttempt(student);
        await page.Ask("what is wrong?");
        assistant.Look("Looking at pods");
        await Expect(page.LastReply()).ToContainTextAsync("Looking at pods");

        await page.Button("Stop").ClickAsync();
        await Expect(await page.FinishedReply()).ToContainTextAsync("You stopped this reply.");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true })).ToBeEnabledAsync();
    }

    [Fact]
    public async Task shows_whatever_comes_from_people_models_and_clusters_as_text_only()
    {
        var assistant = new LedAssistant();
        await using var academy = await assistant.Server(postgres);
        var student = await academy.Student();
        var page = await browser.WindowOf(student);
        await page.OpenAttempt(student);
        await page.Ask(Hostile);
        assistant.Say(new ToolStarted("1", Hostile, Hostile));
        assistant.Say(new ToolFinished("1", Hostile, true, Hostile));
        assistant.Say(new TextWritten($"# {Hostile}\n\n- [press me](javascript:window.hurt=1)\n- [or me](//evil.example/)\n\n`{Hostile}`\n\n| {Hostile} |\n|---|\n| {Hostile} |\n"));
        assistant.Say(new FindingShown(new RootCause(
            Hostile, Hostile, Hostile, Hostile, 0.9, Hostile, [new Evidence(Hostile, Hostile, null, null, Hostile)], [new ObjectRef(Hostile, Hostile, Hostile)], new Fix(Hostile))));
        assistant.Say(new HintGiven(Hostile, 1, Hostile));
        assistant.Finish();
        await page.FinishedReply();

        for (var visit = 0; visit < 2; visit++)
        {
            await Expect(page.Locator(".finding h3")).ToContainTextAsync(Hostile);
            await Expect(page.Locator(".message.mine")).ToContainTextAsync(Hostile);
            (await page.Locator(".log :is(img, script, iframe, a)").CountAsync()).ShouldBe(0);
            (await page.EvaluateAsync<bool>("() => 'hurt' in window")).ShouldBeFalse();
            await page.ReloadAsync();
        }
    }

    [Fact]
    public async Task cannot_be_hurt_by_the_name_of_a_cluster()
    {
        var academy = await shared.Server(postgres);
        var student = await academy.Student();
        var page = await browser.WindowOf(student);
        await page.Open("/clusters");
        var upload = page.Locator("form[data-upload]");
        await upload.GetByLabel("Name").FillAsync(Hostile);
        await upload.GetByLabel("File").SetInputFilesAsync(new FilePayload
        {
            Name = "x.json",
            MimeType = "application/json",
            Buffer = """{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"settings","namespace":"shop"}}]}"""u8.ToArray(),
        });
        await page.Button("Upload").ClickAsync();
        await Expect(page.Locator("h1")).ToHaveTextAsync(Hostile);
        await page.Open("/clusters");
        await Expect(page.Locator(".list a").First).ToHaveTextAsync(Hostile);
        (await page.EvaluateAsync<bool>("() => 'hurt' in window")).ShouldBeFalse();
    }
}
