using Academy.Domain;
using Academy.Features.Door;
using Academy.Features.SigningIn;

namespace Academy.IntegrationTests.Api;

public sealed class Signing_a_browser_in(OwnAcademy own, PostgresFixture postgres) : IClassFixture<OwnAcademy>
{
    [Fact]
    public async Task works_once_with_the_link_of_an_administrator()
    {
        var academy = await own.Server(postgres);
        var (student, administrator) = (await academy.Student(), await academy.Person([Roles.Administrator]));
        var path = (await administrator.Post($"people/{student.Id}/sign-in-links", new { }))!["path"]!.GetValue<string>();

        using var first = await Follow(academy, path);
        ((int)first.StatusCode).ShouldBe(302);
        first.Headers.Location!.ToString().ShouldBe("/");
        var cookie = first.Headers.GetValues("Set-Cookie").ShouldHaveSingleItem();
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=lax");
        using var second = await Follow(academy, path);
        await second.ShouldBeProblem(401, "sign-in.link");
    }

    [Fact]
    public async Task works_for_one_of_two_who_click_at_once()
    {
        var academy = await own.Server(postgres);
        var (student, administrator) = (await academy.Student(), await academy.Person([Roles.Administrator]));
        var path = (await administrator.Post($"people/{student.Id}/sign-in-links", new { }))!["path"]!.GetValue<string>();
        var statuses = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            using var response = await Follow(academy, path);
            return (int)response.StatusCode;
        }));
        statuses.Count(s => s == 302).ShouldBe(1);
    }

    [Fact]
    public async Task works_with_a_console_link_until_it_expires()
    {
        var academy = await own.Server(postgres);
        var student = await academy.Student();
        var link = await academy.Door.Send(new MakeSignInLink(student.Id), Actor.System("default"), TestContext.Current.CancellationToken);
        foreach (var _ in Enumerable.Range(0, 3))
        {
            using var again = await Follow(academy, link.Value!.Path);
            ((int)again.StatusCode).ShouldBe(302);
        }

        academy.Clock.Advance(TimeSpan.FromHours(25));
        using var late = await Follow(academy, link.Value!.Path);
        await late.ShouldBeProblem(401, "sign-in.link");
    }

    [Fact]
    public async Task leaves_no_trace_of_link_or_session_in_the_database()
    {
        var academy = await own.Server(postgres);
        var student = await academy.Student();
        var link = (await academy.Door.Send(new MakeSignInLink(student.Id), Actor.System("default"), TestContext.Current.CancellationToken)).Value!;
        var session = await SignedIn(academy, link.Path);
        (await academy.TablesWith(link.Path["/sign-in/".Length..])).ShouldBeEmpty();
        (await academy.TablesWith(session[(session.IndexOf('=') + 1)..])).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(null, null, 401)]
    [InlineData("Origin", "https://evil.example", 401)]
    [InlineData("Origin", "null", 401)]
    [InlineData("Sec-Fetch-Site", "cross-site", 401)]
    [InlineData("Sec-Fetch-Site", "same-site", 401)]
    [InlineData("Sec-Fetch-Site", "same-origin", 200)]
    [InlineData("Origin", "own", 200)]
    public async Task lets_only_its_own_pages_change_anything(string? header, string? value, int status)
    {
        var academy = await own.Server(postgres);
        var student = await academy.Student();
        var link = (await academy.Door.Send(new MakeSignInLink(student.Id), Actor.System("default"), TestContext.Current.CancellationToken)).Value!;
        var cookie = await SignedIn(academy, link.Path);
        using var browser = academy.Anonymous();
        var headers = new List<(string, string)> { ("Cookie", cookie) };
        if (header is not null)
        {
            headers.Add((header, value == "own" ? academy.Address.GetLeftPart(UriPartial.Authority) : value!));
        }

        using var read = await browser.Send(HttpMethod.Get, "me", null, [.. headers]);
        ((int)read.StatusCode).ShouldBe(200);
        using var write = await browser.Send(HttpMethod.Post, "mentorships", new { topic = "x" }, [.. headers]);
        ((int)write.StatusCode).ShouldBe(status);
    }

    [Theory]
    [InlineData("academy_ZGVmYXVsdA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("nonsense")]
    [InlineData("academy_AA.x")]
    public async Task does_not_work_with_a_link_that_nobody_made(string link)
    {
        using var response = await Follow(await own.Server(postgres), $"/sign-in/{link}");
        await response.ShouldBeProblem(401, "sign-in.link");
    }

    [Fact]
    public async Task does_not_work_with_a_personal_token()
    {
        var student = await (await own.Server(postgres)).Student();
        using var response = await Follow(student.Server, $"/sign-in/{student.Token}");
        await response.ShouldBeProblem(401, "sign-in.link");
    }

    private static async Task<HttpResponseMessage> Follow(AcademyServer academy, string path)
    {
        using var browser = academy.Anonymous();
        return await browser.Send(HttpMethod.Get, path);
    }

    private static async Task<string> SignedIn(AcademyServer academy, string path)
    {
        using var response = await Follow(academy, path);
        return response.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }
}
