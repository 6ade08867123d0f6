using System.Text;
using System.Text.Json.Nodes;

namespace Academy.IntegrationTests.Api;

public sealed class Working_on_two_clusters(WorkshopAcademy workshop, PostgresFixture postgres) : IClassFixture<WorkshopAcademy>
{
    private const string Lab = "two-clouds";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task looks_at_each_where_the_check_says()
    {
        var student = await Student();
        var (aws, gcp) = (await Uploads(student, "shared"), await Uploads(student, "other"));
        var attempt = Situations.Id(await student.Post("attempts", new { labId = Lab, clusterId = aws, clusters = new { gcp } }));
        (await student.Get($"attempts/{attempt}"))["otherClusters"]!["gcp"]!.GetValue<Guid>().ShouldBe(gcp);
        Outcomes(await student.Post($"attempts/{attempt}/checks", new { })).ShouldBe([("on-aws", "passed"), ("on-gcp", "failed"), ("answers", "not-carried-out")]);

        await Uploads(student, "shared", gcp);
        Outcomes(await student.Post($"attempts/{attempt}/checks", new { })).ShouldBe([("on-aws", "passed"), ("on-gcp", "passed"), ("answers", "not-carried-out")]);
    }

    [Fact]
    public async Task says_what_could_not_be_looked_at_and_goes_on_with_the_rest()
    {
        var student = await Student();
        var (aws, gcp) = (await Uploads(student, "shared"), await Uploads(student, "shared"));
        var attempt = Situations.Id(await student.Post("attempts", new { labId = Lab, clusterId = aws, clusters = new { gcp } }));
        using var removed = await student.Client.Send(HttpMethod.Delete, $"clusters/{gcp}");
        var seen = await student.Post($"attempts/{attempt}/checks", new { });
        Outcomes(seen).ShouldBe([("on-aws", "passed"), ("on-gcp", "not-carried-out"), ("answers", "not-carried-out")]);
        (seen!["status"]!.GetValue<string>(), seen["passed"]!.GetValue<bool>()).ShouldBe(("active", false), "nothing is passed that nobody has seen");
    }

    [Fact]
    public async Task wants_every_cluster_of_the_lab_and_no_other()
    {
        var student = await Student();
        var cluster = await Uploads(student, "shared");
        await Refused(student, new { labId = Lab, clusterId = cluster }, 400, "input.invalid", "clusters.gcp");
        await Refused(student, new { labId = Lab, clusterId = cluster, clusters = new { azure = cluster } }, 400, "input.invalid", "clusters.azure");
        await Refused(student, new { labId = WorkshopAcademy.Lab, clusters = new { gcp = cluster } }, 400, "input.invalid", "clusters.gcp");
        var other = await (await workshop.Server(postgres)).Student(student.Tenant);
        await Refused(other, new { labId = Lab, clusterId = await Uploads(other, "shared"), clusters = new { gcp = cluster } }, 404, "cluster.not-found");
    }

    private async Task<Someone> Student() => await (await workshop.Server(postgres)).Student(AcademyServer.NewTenant());

    private static async Task Refused(Someone student, object body, int status, string code, params string[] fields)
    {
        using var response = await student.Client.Send(HttpMethod.Post, "attempts", body);
        await response.ShouldBeProblem(status, code, fields);
    }

    private static async Task<Guid> Uploads(Someone student, string configMap, Guid? newer = null)
    {
        var list = new JsonObject { ["kind"] = "List", ["apiVersion"] = "v1", ["items"] = new JsonArray(JsonNode.Parse($$"""{ "kind": "ConfigMap", "apiVersion": "v1", "metadata": { "name": "{{configMap}}", "namespace": "clouds" } }""")) }.ToJsonString();
        using var content = new StringContent(list, Encoding.UTF8, "application/json");
        using var response = newer is null
            ? await student.Client.PostAsync("/api/v1/clusters/snapshots?name=mine", content, Ct)
            : await student.Client.PutAsync($"/api/v1/clusters/{newer}/snapshot", content, Ct);
        response.EnsureSuccessStatusCode();
        return Situations.Id(JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct)));
    }

    private static List<(string, string)> Outcomes(JsonNode? attempt) =>
        [.. attempt!["steps"]!.AsArray().SelectMany(s => s!["checks"]!.AsArray()).Select(c => (c!["checkId"]!.GetValue<string>(), c["outcome"]!.GetValue<string>()))];
}
