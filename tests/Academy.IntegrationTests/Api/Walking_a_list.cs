using System.Text.Json.Nodes;

namespace Academy.IntegrationTests.Api;

public sealed class Walking_a_list(SharedAcademy shared, PostgresFixture postgres)
{
    private const int Length = 23;

    [Fact]
    public async Task gives_everything_once_whatever_the_size_of_a_page()
    {
        var student = await (await shared.Server(postgres)).Student(AcademyServer.NewTenant());
        for (var i = 0; i < Length; i++)
        {
            await student.AsksForMentor($"Topic {i}");
        }

        var all = await Walk(student, "mentorships?limit=100");
        all.Count.ShouldBe(Length);
        all.ShouldBe([.. all.OrderDescending(StringComparer.Ordinal)], "the newest comes first");
        foreach (var size in Enumerable.Range(1, Length + 2))
        {
            (await Walk(student, $"mentorships?limit={size}")).ShouldBe(all, $"pages of {size}");
        }

        (await Walk(student, "mentorships")).ShouldBe(all);
    }

    [Fact]
    public async Task is_not_upset_by_what_arrives_on_the_way()
    {
        var student = await (await shared.Server(postgres)).Student(AcademyServer.NewTenant());
        for (var i = 0; i < 6; i++)
        {
            await student.AsksForMentor($"Topic {i}");
        }

        var before = await Walk(student, "mentorships");
        (await Walk(student, "mentorships?limit=2", () => student.AsksForMentor("One more"))).ShouldBe(before);
    }

    [Fact]
    public async Task keeps_the_other_parameters_from_page_to_page()
    {
        var student = await (await shared.Server(postgres)).Student(AcademyServer.NewTenant());
        await student.TakesPracticeCluster();
        await student.TakesPracticeCluster("no-gpu-left");
        var (_, next) = await Page(student, "/api/v1/clusters?kind=practice&limit=1");
        next.ShouldNotBeNull();
        next.ShouldContain("kind=practice");
        next.ShouldContain("limit=1");
        (await Walk(student, "clusters?kind=practice&limit=1")).Count.ShouldBe(2);
        (await Walk(student, "clusters?kind=live")).ShouldBeEmpty();
    }

    private static async Task<List<string>> Walk(Someone student, string address, Func<Task>? onTheWay = null)
    {
        var found = new List<string>();
        for (var at = (string?)$"/api/v1/{address}"; at is not null;)
        {
            (var ids, at) = await Page(student, at);
            found.AddRange(ids);
            await (onTheWay?.Invoke() ?? Task.CompletedTask);
        }

        return found;
    }

    /// <returns>The ids on the page, and the address that the Link header names for the next.</returns>
    private static async Task<(List<string> Ids, string? Next)> Page(Someone student, string address)
    {
        using var response = await student.Client.Send(HttpMethod.Get, address);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(200, text);
        var page = JsonNode.Parse(text)!;
        var link = response.Headers.TryGetValues("Link", out var links) ? links.Single() : null;
        (link is null).ShouldBe(page["next"] is null);
        link?.ShouldEndWith("; rel=\"next\"");
        return ([.. page["items"]!.AsArray().Select(i => i!["id"]!.GetValue<string>())], link?[1..link.IndexOf('>', StringComparison.Ordinal)]);
    }
}
