using System.Net.Http.Headers;
using System.Text;
using Academy.Domain;

namespace Academy.IntegrationTests.Api;

public sealed class Sending_bad_input(SharedAcademy shared, PostgresFixture postgres)
{
    private const string Invalid = "input.invalid";

    [Theory]
    [InlineData("{", "$")]
    [InlineData("", "courseId")]
    [InlineData("null", "$")]
    [InlineData("[]", "$")]
    [InlineData("\"advanced-devops-mlops\"", "$")]
    [InlineData("{'courseId':'x'}", "$")]
    [InlineData("{\"courseId\":\"x\",}", "$")]
    [InlineData("{\"courseId\":\"x\"} {}", "$")]
    [InlineData("{}", "courseId")]
    [InlineData("{\"courseId\":null}", "courseId")]
    [InlineData("{\"courseId\":7}", "courseId")]
    [InlineData("{\"courseId\":[\"x\"]}", "courseId")]
    [InlineData("{\"courseId\":\"x\",\"studentId\":\"y\"}", "studentId")]
    [InlineData("{\"courseId\":\"x\",\"courseId\":\"y\"}", "$")]
    [InlineData("{\"courseId\":\"x\",\"CourseId\":\"y\"}", "$")]
    [InlineData("{\"courseId\":\"a\\u0000b\"}", "courseId")]
    [InlineData("{\"courseId\":\"\\ud800\"}", "$")]
    public async Task a_body_that_makes_no_request_is_refused_by_the_field(string body, string field)
    {
        using var response = await (await Student()).Client.SendText("enrolments", body);
        await response.ShouldBeProblem(400, Invalid, field);
    }

    [Fact]
    public async Task a_body_that_goes_deep_is_refused()
    {
        var student = await Student();
        using var response = await student.Client.SendText("enrolments", $"{{\"courseId\":{new string('[', 5000)}{new string(']', 5000)}}}");
        await response.ShouldBeProblem(400, Invalid);
    }

    [Fact]
    public async Task a_body_that_is_not_utf8_is_refused()
    {
        var student = await Student();
        var content = new ByteArrayContent([.. "{\"courseId\":\""u8, 0xC3, 0x28, .. "\"}"u8]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await student.Client.PostAsync("/api/v1/enrolments", content, TestContext.Current.CancellationToken);
        await response.ShouldBeProblem(400, Invalid);
    }

    [Theory]
    [InlineData("{\"name\":\"\",\"scopes\":[\"read\"]}", "name")]
    [InlineData("{\"name\":\"x\",\"scopes\":[]}", "scopes")]
    [InlineData("{\"name\":\"x\",\"scopes\":[\"everything\"]}", "scopes[0]")]
    [InlineData("{\"name\":\"x\",\"scopes\":[null]}", "scopes[0]")]
    [InlineData("{\"name\":\"x\",\"scopes\":[\"read\"],\"days\":366}", "days")]
    [InlineData("{\"name\":\"x\",\"scopes\":[\"read\"],\"days\":1e400}", "days")]
    [InlineData("{\"name\":\"x\",\"scopes\":[\"read\"],\"days\":\"7\"}", "days")]
    [InlineData("{\"name\":\"nul\\u0000\",\"scopes\":[\"read\"]}", "name")]
    public async Task a_value_out_of_its_range_is_refused_by_the_field(string body, string field)
    {
        using var response = await (await Student()).Client.SendText("tokens", body);
        await response.ShouldBeProblem(400, Invalid, field);
    }

    [Theory]
    [InlineData("attempts/not-an-id", "attemptId")]
    [InlineData("attempts?surprise=1", "surprise")]
    [InlineData("attempts?limit=1&limit=2", "limit")]
    [InlineData("attempts?limit=", "limit")]
    [InlineData("attempts?limit=0", "limit")]
    [InlineData("attempts?limit=101", "limit")]
    [InlineData("attempts?limit=-1", "limit")]
    [InlineData("attempts?limit=ten", "limit")]
    [InlineData("attempts?limit=99999999999999999999", "limit")]
    [InlineData("attempts?limit=3000000000", "limit")]
    [InlineData("attempts?status=asleep", "status")]
    [InlineData("attempts?labId=a%00b", "labId")]
    [InlineData("attempts?cursor=", "cursor")]
    [InlineData("attempts?cursor=zzz", "cursor")]
    [InlineData("attempts?cursor=%00", "cursor")]
    [InlineData("attempts?cursor=aW5vdC1hLWd1aWQ", "cursor")]
    [InlineData("attempts?cursor=' or 1=1 --", "cursor")]
    [InlineData("progress?asOf=yesterday", "asOf")]
    [InlineData("progress?asOf=-3", "asOf")]
    [InlineData("progress?studentId=me", "studentId")]
    [InlineData("mentorships?waiting=perhaps", "waiting")]
    public async Task a_parameter_that_makes_no_sense_is_refused_by_its_name(string address, string parameter)
    {
        using var response = await (await Student()).Client.Send(HttpMethod.Get, address);
        await response.ShouldBeProblem(400, Invalid, parameter);
    }

    [Fact]
    public async Task what_stands_in_the_address_cannot_be_said_otherwise_in_the_body()
    {
        var student = await Student();
        var mentorship = await student.AsksForMentor();
        using var response = await student.Client.Send(HttpMethod.Post, $"mentorships/{mentorship}/end", new { mentorshipId = Guid.Empty });
        await response.ShouldBeProblem(400, Invalid, "mentorshipId");
    }

    [Fact]
    public async Task a_body_that_is_too_large_is_refused()
    {
        using var response = await (await Student()).Client.SendText("mentorships", $"{{\"topic\":\"{new string('x', 600_000)}\"}}");
        await response.ShouldBeProblem(413, "body.too-large");
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/xml")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task a_body_of_another_kind_is_refused(string type)
    {
        using var response = await (await Student()).Client.SendText("enrolments", "{\"courseId\":\"x\"}", type);
        await response.ShouldBeProblem(415, "body.not-json");
    }

    [Theory]
    [InlineData("PATCH", "me")]
    [InlineData("DELETE", "courses")]
    [InlineData("POST", "progress")]
    public async Task a_method_that_an_address_does_not_take_is_refused(string method, string address)
    {
        using var response = await (await Student()).Client.Send(new HttpMethod(method), address);
        await response.ShouldBeProblem(405, "method.not-allowed");
    }

    [Theory]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v2/me")]
    [InlineData("/api")]
    [InlineData("/api/v1/attempts/x/y/z")]
    public async Task an_address_with_nothing_there_says_so(string address)
    {
        using var response = await (await Student()).Client.Send(HttpMethod.Get, address);
        await response.ShouldBeProblem(404, "address.unknown");
    }

    [Theory]
    [InlineData("3")]
    [InlineData("\"x\"")]
    [InlineData("W/\"3\"")]
    [InlineData("\"-1\"")]
    [InlineData("\"99999999999999999999\"")]
    public async Task a_condition_that_is_no_entity_tag_is_refused(string match)
    {
        using var response = await (await Student()).Client.Send(HttpMethod.Post, $"attempts/{Guid.Empty}/abandon", null, ("If-Match", match));
        await response.ShouldBeProblem(400, "if-match.malformed");
    }

    [Fact]
    public async Task an_endless_idempotency_key_is_refused()
    {
        using var response = await (await Student()).Client.Send(HttpMethod.Post, "mentorships", new { topic = "x" }, ("Idempotency-Key", new string('k', 201)));
        await response.ShouldBeProblem(400, "idempotency.key-too-long");
    }

    /// <summary>Such bytes once came as far as the database.</summary>
    [Theory]
    [InlineData("\0")]
    [InlineData("a\0b")]
    [InlineData("'; drop table academy.mt_events; --")]
    [InlineData("*DEFAULT*")]
    public async Task a_token_of_an_organisation_that_cannot_be_is_no_token(string tenant)
    {
        var academy = await shared.Server(postgres);
        var token = $"academy_{System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(tenant))}.{new string('A', 43)}";
        using var client = academy.WithToken(token);
        using var response = await client.Send(HttpMethod.Get, "me");
        await response.ShouldBeProblem(401, "sign-in.missing");
    }

    private async Task<Someone> Student() => await (await shared.Server(postgres)).Person([Roles.Student]);
}
