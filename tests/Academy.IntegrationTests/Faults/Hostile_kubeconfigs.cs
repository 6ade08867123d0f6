using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Academy.IntegrationTests.Api;

namespace Academy.IntegrationTests.Faults;

public sealed class Hostile_kubeconfigs(SharedAcademy shared, PostgresFixture postgres)
{
    [Theory]
    [InlineData("kubeconfig.exec", "https://1.1.1.1:6443", "exec: {apiVersion: client.authentication.k8s.io/v1, command: /bin/sh, args: [-c, id]}")]
    [InlineData("kubeconfig.auth-provider", "https://1.1.1.1:6443", "auth-provider: {name: gcp}")]
    [InlineData("kubeconfig.file-path", "https://1.1.1.1:6443", "tokenFile: /etc/passwd")]
    [InlineData("kubeconfig.address", "https://127.0.0.1:6443", "token: abc")]
    [InlineData("kubeconfig.address", "https://169.254.169.254", "token: abc")]
    [InlineData("kubeconfig.address", "https://[::ffff:10.0.0.1]:6443", "token: abc")]
    [InlineData("kubeconfig.address", "https://kubernetes.default.svc", "token: abc")]
    public async Task are_refused_with_the_field_and_the_reason(string code, string server, string user)
    {
        var academy = await shared.Server(postgres);
        var student = await academy.Student();
        using var response = await Register(student, Kubeconfig(server, user));
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var problem = (await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
        problem["type"]!.GetValue<string>().ShouldBe($"urn:academy:problem:{code}");
        problem["errors"]!.AsArray().ShouldNotBeEmpty();
        (await student.Get("clusters"))["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task that_are_alias_bombs_are_refused_at_once()
    {
        var academy = await shared.Server(postgres);
        var student = await academy.Student();
        var bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(0, 9).Select(i =>
            $"{(char)('b' + i)}: &{(char)('b' + i)} [{string.Join(',', Enumerable.Repeat($"*{(char)('a' + i)}", 9))}]\n"));
        using var response = await Register(student, bomb);
        response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("kubeconfig.malformed");
    }

    private static Task<HttpResponseMessage> Register(Someone student, string kubeconfig) =>
        student.Client.PostAsJsonAsync("/api/v1/clusters", new { name = "mine", kubeconfig });

    private static string Kubeconfig(string server, string user) => $$$"""
        apiVersion: v1
        kind: Config
        current-context: c
        clusters: [{name: c, cluster: {server: "{{{server}}}"}}]
        users: [{name: u, user: { {{{user}}} }}]
        contexts: [{name: c, context: {cluster: c, user: u}}]
        """;
}
