using Academy.Domain;

namespace Academy.IntegrationTests.Api;

public sealed class Holding_a_token(OwnAcademy own, PostgresFixture postgres) : IClassFixture<OwnAcademy>
{
    [Fact]
    public async Task leaves_no_trace_of_it_in_the_database()
    {
        var academy = await own.Server(postgres);
        var student = await academy.Student();
        using var issued = await student.Client.Send(HttpMethod.Post, "tokens", new { name = "marker-of-a-token", scopes = new[] { "read" } }, ("Idempotency-Key", "t"));
        var token = (await Json(issued))["token"]!.GetValue<string>();

        (await academy.TablesWith("marker-of-a-token")).ShouldNotBeEmpty("the look itself must be able to find something");
        (await academy.TablesWith(token)).ShouldBeEmpty();
        (await academy.TablesWith(token[(token.IndexOf('.') + 1)..])).ShouldBeEmpty();
    }

    [Fact]
    public async Task that_only_reads_lets_nothing_be_changed()
    {
        var student = await (await own.Server(postgres)).Student();
        using var reader = student.Server.WithToken(await Issue(student, "read"));
        using var read = await reader.Send(HttpMethod.Get, "me");
        ((int)read.StatusCode).ShouldBe(200);
        using var write = await reader.Send(HttpMethod.Post, "mentorships", new { topic = "x" });
        await write.ShouldBeProblem(403, "token.scope");
        using var more = await reader.Send(HttpMethod.Post, "tokens", new { name = "x", scopes = new[] { "write" } });
        await more.ShouldBeProblem(403, "token.scope");
    }

    [Fact]
    public async Task that_only_writes_does_not_issue_one_that_reads()
    {
        var student = await (await own.Server(postgres)).Student();
        using var writer = student.Server.WithToken(await Issue(student, "write"));
        using var read = await writer.Send(HttpMethod.Get, "me");
        await read.ShouldBeProblem(403, "token.scope");
        using var more = await writer.Send(HttpMethod.Post, "tokens", new { name = "x", scopes = new[] { "read" } });
        await more.ShouldBeProblem(403, "token.scope");
    }

    [Fact]
    public async Task ends_when_it_expires()
    {
        var academy = await own.Server(postgres);
        var student = await academy.Student();
        using var client = academy.WithToken(await Issue(student, "read", days: 1));
        academy.Clock.Advance(TimeSpan.FromHours(23));
        using var before = await client.Send(HttpMethod.Get, "me");
        ((int)before.StatusCode).ShouldBe(200);
        academy.Clock.Advance(TimeSpan.FromHours(1));
        using var after = await client.Send(HttpMethod.Get, "me");
        await after.ShouldBeProblem(401, "sign-in.missing");
    }

    [Fact]
    public async Task ends_when_it_is_revoked()
    {
        var student = await (await own.Server(postgres)).Student();
        var issued = await student.Post("tokens", new { name = "x", scopes = new[] { "read" } });
        using var client = student.Server.WithToken(issued!["token"]!.GetValue<string>());
        using var revoked = await student.Client.Send(HttpMethod.Delete, $"tokens/{Situations.Id(issued)}");
        ((int)revoked.StatusCode).ShouldBe(204);
        using var after = await client.Send(HttpMethod.Get, "me");
        await after.ShouldBeProblem(401, "sign-in.missing");
    }

    [Fact]
    public async Task can_be_ended_by_an_administrator_and_by_no_other_student()
    {
        var academy = await own.Server(postgres);
        var (student, other, administrator) = (await academy.Student(), await academy.Student(), await academy.Person([Roles.Administrator]));
        var token = Situations.Id(await student.Post("tokens", new { name = "x", scopes = new[] { "read" } }));
        using var refused = await other.Client.Send(HttpMethod.Delete, $"tokens/{token}");
        await refused.ShouldBeProblem(404, "token.not-found");
        using var done = await administrator.Client.Send(HttpMethod.Delete, $"tokens/{token}");
        ((int)done.StatusCode).ShouldBe(204);
    }

    [Fact]
    public async Task gives_roles_as_they_are_now()
    {
        var academy = await own.Server(postgres);
        var (student, administrator) = (await academy.Student(), await academy.Person([Roles.Administrator]));
        using var changed = await administrator.Client.Send(HttpMethod.Put, $"people/{student.Id}/roles", new { roles = new[] { "mentor" } });
        ((int)changed.StatusCode).ShouldBe(204);
        using var refused = await student.Client.Send(HttpMethod.Post, "mentorships", new { topic = "x" });
        await refused.ShouldBeProblem(403, "role.missing");
    }

    [Theory]
    [InlineData("")]
    [InlineData("academy_")]
    [InlineData("academy_ZGVmYXVsdA")]
    [InlineData("academy_ZGVmYXVsdA.")]
    [InlineData("academy_ZGVmYXVsdA.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0.")]
    public async Task that_nobody_issued_opens_nothing(string token)
    {
        using var client = (await own.Server(postgres)).Anonymous();
        using var response = await client.Send(HttpMethod.Get, "me", null, ("Authorization", $"Bearer {token}"));
        var problem = await response.ShouldBeProblem(401, "sign-in.missing");
        response.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Bearer");
        problem["detail"]!.GetValue<string>().ShouldContain("Sign in");
    }

    private static async Task<string> Issue(Someone student, string scope, int days = 30) =>
        (await student.Post("tokens", new { name = "x", scopes = new[] { scope }, days }))!["token"]!.GetValue<string>();

    private static async Task<System.Text.Json.Nodes.JsonNode> Json(HttpResponseMessage response) =>
        System.Text.Json.Nodes.JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
}
