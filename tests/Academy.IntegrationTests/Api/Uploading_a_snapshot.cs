using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Academy.IntegrationTests.Api;

public sealed class Uploading_a_snapshot(SharedAcademy shared, PostgresFixture postgres)
{
    private const string Recording =
        """{"apiVersion":"v1","kind":"List","items":[{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"x"},"data":{"password":"bWFya2VyLW9mLWEtc2VjcmV0"}}]}""";

    [Theory]
    [InlineData("application/octet-stream")]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData(null)]
    public async Task takes_the_file_whatever_it_is_called(string? type)
    {
        var student = await (await shared.Server(postgres)).Student();
        using var response = await student.Client.PostAsync("/api/v1/clusters/snapshots?name=Mine", File(type), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(200, text);
        var cluster = JsonNode.Parse(text)!;
        cluster["name"]!.GetValue<string>().ShouldBe("Mine");
        (await student.Get($"clusters/{cluster["id"]}/objects"))[0]!["name"]!.GetValue<string>().ShouldBe("s");
        (await student.Get($"clusters/{cluster["id"]}/objects/Secret/s?namespace=x")).ToJsonString().ShouldNotContain("bWFya2Vy");

        using var newer = await student.Client.PutAsync($"/api/v1/clusters/{cluster["id"]}/snapshot", File(type), TestContext.Current.CancellationToken);
        ((int)newer.StatusCode).ShouldBe(200);
    }

    [Fact]
    public async Task of_nothing_is_refused()
    {
        var student = await (await shared.Server(postgres)).Student();
        using var response = await student.Client.PostAsync("/api/v1/clusters/snapshots", new ByteArrayContent([]), TestContext.Current.CancellationToken);
        await response.ShouldBeProblem(400, "input.invalid", "content");
    }

    [Fact]
    public async Task for_a_cluster_that_cannot_be_is_refused()
    {
        var student = await (await shared.Server(postgres)).Student();
        using var response = await student.Client.PutAsync("/api/v1/clusters/mine/snapshot", File("application/json"), TestContext.Current.CancellationToken);
        await response.ShouldBeProblem(404, "cluster.not-found");
    }

    private static ByteArrayContent File(string? type)
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(Recording));
        content.Headers.ContentType = type is null ? null : new MediaTypeHeaderValue(type);
        return content;
    }
}
