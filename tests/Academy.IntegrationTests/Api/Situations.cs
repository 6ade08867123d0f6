using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Academy.Domain;
using Academy.Domain.Submissions;
using Academy.Features.Door.Sealing;
using Marten;
using Microsoft.Extensions.DependencyInjection;

namespace Academy.IntegrationTests.Api;

/// <summary>Where tests begin, reached over HTTP as a student would.</summary>
public static class Situations
{
    /// <summary>A practice cluster with a recording of its repair, and the lab it belongs to.</summary>
    public const string PracticeCluster = "support-mail-down";

    public const string Course = "advanced-devops-mlops";

    public static async Task<Someone> Student(this AcademyServer academy, string tenant = "default") => await academy.Person([Roles.Student], tenant);

    public static async Task<Someone> EnrolledStudent(this AcademyServer academy, string tenant = "default")
    {
        var student = await academy.Student(tenant);
        await student.Post("enrolments", new { courseId = Course });
        return student;
    }

    /// <returns>The id of the cluster.</returns>
    public static async Task<Guid> TakesPracticeCluster(this Someone student, string practice = PracticeCluster) =>
        Id(await student.Post("clusters/practice", new { practiceId = practice }));

    /// <returns>The id of the attempt.</returns>
    public static async Task<Guid> StartsAttempt(this Someone student, string lab, Guid cluster) =>
        Id(await student.Post("attempts", new { labId = lab, clusterId = cluster }));

    /// <returns>The id of the conversation.</returns>
    public static async Task<Guid> StartsConversation(this Someone student, Guid? cluster = null) =>
        Id(await student.Post("conversations", cluster is null ? new { } : new { clusterId = cluster }));

    /// <returns>The id of the request.</returns>
    public static async Task<Guid> AsksForMentor(this Someone student, string topic = "Help me with Services") =>
        Id(await student.Post("mentorships", new { topic }));

    /// <summary>A submission that waits for a mentor, past the door: of an exercise that no curriculum need have.</summary>
    public static async Task<Guid> HasSubmitted(this Someone student, string text = "prey-text")
    {
        var (id, now) = (Guid.CreateVersion7(), student.Server.Clock.GetUtcNow());
        var begun = new SubmissionBegun(id, student.Id, "none", "0000", ["design"], [new("clarity", [0, 10])], 60, [], now);
        await using var scope = student.Server.Services.CreateAsyncScope();
        var keys = new PersonKeys(student.Server.Store, student.Actor, scope.ServiceProvider.GetRequiredService<MasterCipher>());
        var words = await keys.Seal(student.Id, text, TestContext.Current.CancellationToken);
        await using var session = student.Server.Store.LightweightSession(student.Tenant);
        session.Events.StartStream<Submission>(id, begun, new DeliverableHandedIn("design", student.Id, words, 1, now), new SubmittedForGrading(student.Id, now));
#pragma warning disable RS0030 // a test makes the past
        await session.SaveChangesAsync(TestContext.Current.CancellationToken);
#pragma warning restore RS0030
        return id;
    }

    /// <summary>Sends JSON to an address below <c>/api/v1/</c>, and expects it to be done.</summary>
    public static async Task<JsonNode?> Post(this Someone someone, string path, object body)
    {
        using var response = await someone.Client.PostAsJsonAsync($"/api/v1/{path}", body);
        return await Content(response);
    }

    public static async Task<JsonNode> Get(this Someone someone, string path)
    {
        using var response = await someone.Client.GetAsync($"/api/v1/{path}");
        return (await Content(response))!;
    }

    public static Guid Id(JsonNode? of) => of!["id"]!.GetValue<Guid>();

    private static async Task<JsonNode?> Content(HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync();
        response.IsSuccessStatusCode.ShouldBeTrue($"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.PathAndQuery}: {(int)response.StatusCode} {text}");
        return text.Length > 0 ? JsonNode.Parse(text) : null;
    }
}
