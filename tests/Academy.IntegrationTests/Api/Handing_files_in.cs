using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Academy.Domain;

namespace Academy.IntegrationTests.Api;

public sealed class Handing_files_in(WorkshopAcademy workshop, PostgresFixture postgres) : IClassFixture<WorkshopAcademy>
{
    private const string Half = """{"encrypted": true, "owner": ""}""";
    private const string Whole = """{"encrypted": true, "owner": "marker-of-an-owner"}""";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task is_checked_by_what_was_uploaded_last()
    {
        var (student, attempt) = await Attempt();
        var empty = (await student.Post($"attempts/{attempt}/checks", new { }))!;
        Observed(empty).ShouldAllBe(o => o.Contains("upload", StringComparison.OrdinalIgnoreCase));

        await Upload(student, attempt, Half);
        var half = (await student.Post($"attempts/{attempt}/checks", new { }))!;
        (half["status"]!.GetValue<string>(), half["passed"]!.GetValue<bool>(), half["score"]!.GetValue<int>()).ShouldBe(("active", true, 60), "60 of 100 points pass this lab");

        await Upload(student, attempt, Whole);
        var whole = (await student.Post($"attempts/{attempt}/checks", new { }))!;
        (whole["status"]!.GetValue<string>(), whole["score"]!.GetValue<int>()).ShouldBe(("completed", 100));
    }

    [Fact]
    public async Task keeps_what_was_there_before()
    {
        var (student, attempt) = await Attempt();
        var first = await Upload(student, attempt, Half);
        (await Upload(student, attempt, Half))["history"]!.AsArray().ShouldBeEmpty("the same again is not a newer one");
        var second = await Upload(student, attempt, Whole);
        second["history"]!.AsArray().Single()!["sha256"]!.GetValue<string>().ShouldBe(first["sha256"]!.GetValue<string>());
        (await Content(student, $"attempts/{attempt}/artefacts/plan/content")).ShouldBe(Whole);
        (await Content(student, $"attempts/{attempt}/artefacts/plan/content?sha256={first["sha256"]}")).ShouldBe(Half);
        var slot = (await student.Get($"attempts/{attempt}/artefacts")).AsArray().Single()!;
        (slot["file"]!.GetValue<string>(), slot["handedIn"]!["bytes"]!.GetValue<int>()).ShouldBe(("plan.json", Encoding.UTF8.GetByteCount(Whole)));
    }

    [Fact]
    public async Task comes_back_as_a_download_and_never_as_a_page()
    {
        var (student, attempt) = await Attempt();
        await Upload(student, attempt, """{"a":"<script>alert(1)</script>"}""", "text/html");
        using var response = await student.Client.Send(HttpMethod.Get, $"attempts/{attempt}/artefacts/plan/content");
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/octet-stream");
        response.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        response.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
    }

    [Fact]
    public async Task can_be_taken_back_for_good()
    {
        var (student, attempt) = await Attempt();
        await Upload(student, attempt, Whole);
        using var removed = await student.Client.Send(HttpMethod.Delete, $"attempts/{attempt}/artefacts/plan");
        ((int)removed.StatusCode).ShouldBe(204);
        using var gone = await student.Client.Send(HttpMethod.Get, $"attempts/{attempt}/artefacts/plan/content");
        await gone.ShouldBeProblem(404, "artefact.not-found");
        using var again = await student.Client.Send(HttpMethod.Delete, $"attempts/{attempt}/artefacts/plan");
        await again.ShouldBeProblem(404, "artefact.not-found");
        Observed((await student.Post($"attempts/{attempt}/checks", new { }))!).ShouldAllBe(o => o.Contains("upload", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task lies_enciphered_and_is_seen_by_the_own_mentor_only()
    {
        var (student, attempt) = await Attempt();
        var academy = await workshop.Server(postgres);
        await Upload(student, attempt, """{"encrypted": true, "owner": "words-of-one-student"}""");
        (await academy.TablesWith("words-of-one-student")).ShouldBeEmpty();

        var mentor = await academy.Person([Roles.Mentor], student.Tenant);
        foreach (var address in new[] { "artefacts", "artefacts/plan", "artefacts/plan/content" })
        {
            using var hidden = await mentor.Client.Send(HttpMethod.Get, $"attempts/{attempt}/{address}");
            await hidden.ShouldBeProblem(404, "attempt.not-found");
        }

        await mentor.Post($"mentorships/{await student.AsksForMentor()}/claim", new { });
        (await Content(mentor, $"attempts/{attempt}/artefacts/plan/content")).ShouldContain("words-of-one-student");
        using var foreign = await Put(mentor, attempt, "plan", "{}");
        await foreign.ShouldBeProblem(403, "role.missing");
    }

    [Fact]
    public async Task of_another_student_is_refused()
    {
        var (student, attempt) = await Attempt();
        var other = await (await workshop.Server(postgres)).Student(student.Tenant);
        using var put = await Put(other, attempt, "plan", "{}");
        await put.ShouldBeProblem(404, "attempt.not-found");
        using var delete = await other.Client.Send(HttpMethod.Delete, $"attempts/{attempt}/artefacts/plan");
        await delete.ShouldBeProblem(404, "attempt.not-found");
    }

    [Fact]
    public async Task that_the_lab_does_not_ask_for_is_refused()
    {
        var (student, attempt) = await Attempt();
        using var response = await Put(student, attempt, "..%2F..%2Fetc", "{}");
        ((int)response.StatusCode).ShouldBe(404);
        using var nobody = await student.Client.PutAsync("/api/v1/attempts/mine/artefacts/plan", new StringContent("{}"), Ct);
        await nobody.ShouldBeProblem(404, "attempt.not-found");
    }

    [Fact]
    public async Task of_nothing_or_of_too_much_is_refused()
    {
        var (student, attempt) = await Attempt();
        using var empty = await Put(student, attempt, "plan", "");
        await empty.ShouldBeProblem(400, "input.invalid", "content");
        using var large = await Put(student, attempt, "plan", $"\"{new string('x', 5000)}\"");
        await large.ShouldBeProblem(413, "artefact.too-large");
        using var huge = await Put(student, attempt, "plan", new string('x', 9 * 1024 * 1024));
        await huge.ShouldBeProblem(413, "artefact.too-large");
        (await student.Get($"attempts/{attempt}/artefacts")).AsArray().Single()!["handedIn"].ShouldBeNull();
    }

    /// <summary>What is deep, wide, twice the same, not JSON or not text is said with its place, at once, and not kept.</summary>
    [Fact]
    public async Task that_cannot_be_read_is_refused_with_the_place()
    {
        var (student, attempt) = await Attempt();
        byte[][] bombs =
        [
            Encoding.UTF8.GetBytes(new string('[', 4000)),
            Encoding.UTF8.GetBytes(new string('[', 2000) + new string(']', 2000)),
            "{\"a\": 1,\n \"b\": }"u8.ToArray(),
            "\0\0\0\0"u8.ToArray(),
            [0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00],
            [0x50, 0x4B, 0x03, 0x04, 0x14, 0x00],
            [.. "{\"a\":\""u8, 0xC3, 0x28, .. "\"}"u8],
        ];
        foreach (var bomb in bombs)
        {
            using var response = await student.Client.PutAsync($"/api/v1/attempts/{attempt}/artefacts/plan", new ByteArrayContent(bomb), Ct);
            await response.ShouldBeProblem(400, "artefact.unreadable");
        }

        using var placed = await student.Client.PutAsync($"/api/v1/attempts/{attempt}/artefacts/plan", new ByteArrayContent(bombs[2]), Ct);
        var errors = (await placed.ShouldBeProblem(400, "artefact.unreadable"))["errors"]!.AsArray();
        errors.Single()!["field"]!.GetValue<string>().ShouldStartWith("content:2:");
        (await student.Get($"attempts/{attempt}/artefacts")).AsArray().Single()!["handedIn"].ShouldBeNull();
    }

    [Fact]
    public async Task under_one_key_is_handed_in_once()
    {
        var (student, attempt) = await Attempt();
        using var first = await Put(student, attempt, "plan", Half, ("Idempotency-Key", "u"));
        using var second = await Put(student, attempt, "plan", Half, ("Idempotency-Key", "u"));
        (await second.Content.ReadAsStringAsync(Ct)).ShouldBe(await first.Content.ReadAsStringAsync(Ct));
        using var other = await Put(student, attempt, "plan", Whole, ("Idempotency-Key", "u"));
        await other.ShouldBeProblem(409, "idempotency.key-reused");
    }

    [Fact]
    public async Task ends_with_the_attempt()
    {
        var (student, attempt) = await Attempt();
        await student.Post($"attempts/{attempt}/abandon", new { });
        using var late = await Put(student, attempt, "plan", Half);
        await late.ShouldBeProblem(409, "attempt.closed");
    }

    private async Task<(Someone Student, Guid Attempt)> Attempt()
    {
        var student = await (await workshop.Server(postgres)).Student(AcademyServer.NewTenant());
        return (student, Situations.Id(await student.Post("attempts", new { labId = WorkshopAcademy.Lab })));
    }

    private static async Task<JsonNode> Upload(Someone student, Guid attempt, string content, string type = "application/json")
    {
        using var response = await Put(student, attempt, "plan", content, ("Content-Type", type));
        var text = await response.Content.ReadAsStringAsync(Ct);
        ((int)response.StatusCode).ShouldBe(200, text);
        return JsonNode.Parse(text)!;
    }

    private static Task<HttpResponseMessage> Put(Someone student, Guid attempt, string artefact, string content, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"/api/v1/attempts/{attempt}/artefacts/{artefact}") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(content)) };
        foreach (var (name, value) in headers)
        {
            if (name == "Content-Type")
            {
                request.Content.Headers.ContentType = new MediaTypeHeaderValue(value);
            }
            else
            {
                request.Headers.Add(name, value);
            }
        }

        return student.Client.SendAsync(request, Ct);
    }

    private static async Task<string> Content(Someone who, string address)
    {
        using var response = await who.Client.Send(HttpMethod.Get, address);
        ((int)response.StatusCode).ShouldBe(200, address);
        return await response.Content.ReadAsStringAsync(Ct);
    }

    private static List<string> Observed(JsonNode attempt) =>
        [.. attempt["steps"]!.AsArray().SelectMany(s => s!["checks"]!.AsArray()).Select(c => c!["observed"]!.GetValue<string>())];
}
