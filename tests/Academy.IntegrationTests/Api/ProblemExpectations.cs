using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace Academy.IntegrationTests.Api;

/// <summary>What every problem has in common (RFC 9457), and what none may tell.</summary>
internal static class ProblemExpectations
{
    private static readonly string[] Inside = ["Exception", "   at ", "Academy.Features", "Academy.Domain", "Marten", "Npgsql", "System.", "mt_", "JsonNode"];

    /// <param name="fields">The input fields that are named, where that matters.</param>
    public static async Task<JsonNode> ShouldBeProblem(this HttpResponseMessage response, int status, string code, params string[] fields)
    {
        var text = await response.Content.ReadAsStringAsync();
        var what = $"{response.RequestMessage!.Method} {response.RequestMessage.RequestUri!.PathAndQuery}: {(int)response.StatusCode} {text}";
        ((int)response.StatusCode).ShouldBe(status, what);
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json", what);
        var problem = JsonNode.Parse(text)!;
        problem["type"]!.GetValue<string>().ShouldBe($"urn:academy:problem:{code}", what);
        problem["status"]!.GetValue<int>().ShouldBe(status);
        problem["title"]!.GetValue<string>().ShouldNotBeNullOrWhiteSpace();
        problem["detail"]!.GetValue<string>().ShouldNotBeNullOrWhiteSpace();
        problem["traceId"]!.GetValue<string>().Length.ShouldBe(32);
        Inside.Where(word => text.Contains(word, StringComparison.Ordinal)).ShouldBeEmpty(what);
        if (fields.Length > 0)
        {
            problem["errors"].ShouldNotBeNull(what).AsArray().Select(e => e!["field"]!.GetValue<string>()).ShouldBe(fields, ignoreOrder: true, what);
        }

        return problem;
    }

    public static Task<HttpResponseMessage> Send(
        this HttpClient client, HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers) =>
        client.Send(method, path, body is null ? null : JsonContent.Create(body), headers);

    /// <summary>A body that is sent as it stands, as JSON where nothing else is said.</summary>
    public static Task<HttpResponseMessage> SendText(this HttpClient client, string path, string body, string type = "application/json") =>
        client.Send(HttpMethod.Post, path, new StringContent(body, Encoding.UTF8, type), []);

    private static Task<HttpResponseMessage> Send(this HttpClient client, HttpMethod method, string path, HttpContent? content, (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path.StartsWith('/') ? path : $"/api/v1/{path}") { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }

        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
    }
}
