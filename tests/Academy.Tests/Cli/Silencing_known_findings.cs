using Shouldly;
using Xunit;

namespace Academy.Tests.Cli;

public sealed class Silencing_known_findings : IDisposable
{
    private const string Two = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec: {paused: true, replicas: 2, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: app, image: "registry.example/web:1"}]}}}
        status: {replicas: 2, updatedReplicas: 0, readyReplicas: 2, availableReplicas: 2}
        ---
        apiVersion: networking.k8s.io/v1
        kind: IngressClass
        metadata: {name: nginx}
        spec: {controller: k8s.io/ingress-nginx}
        ---
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: site, namespace: shop}
        spec: {ingressClassName: ngnix, rules: [{host: shop.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
        """;

    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public async Task leaves_them_out_and_says_how_many()
    {
        var all = await CliRun.Of("diagnose -", Two);
        all.Output.ShouldContain("Ingress shop/site");
        all.Output.ShouldContain("Deployment shop/web");
        var rule = System.Text.Json.Nodes.JsonNode.Parse((await CliRun.Of("diagnose - -o json", Two)).Output)!["rootCauses"]!.AsArray().Single(c => (string?)c!["kind"] == "Ingress")!["rule"];

        await WriteAsync($"- {{rule: {rule}, object: Ingress/shop/site, why: moves next week}}");
        var run = await CliRun.Of($"diagnose - --silence {_file}", Two);

        run.ExitCode.ShouldBe(1);
        run.Output.ShouldNotContain("Ingress shop/site");
        run.Output.ShouldContain("Deployment shop/web");
        run.Output.ShouldContain("note: 1 finding silenced.");
    }

    [Fact]
    public async Task of_a_whole_namespace_takes_a_star_and_leaves_nothing_wrong()
    {
        await WriteAsync(string.Join('\n', Academy.Diagnosis.Rules.All.SelectMany(r => new[] { $"- {{rule: {r.Id}, object: Ingress/shop/*}}", $"- {{rule: {r.Id}, object: Deployment/shop/*}}" })));

        var run = await CliRun.Of($"diagnose - --silence {_file}", Two);

        run.ExitCode.ShouldBe(0);
        run.Output.ShouldContain("note: 2 findings silenced.");
    }

    [Fact]
    public async Task of_another_rule_or_object_changes_nothing()
    {
        var all = (await CliRun.Of("diagnose -", Two)).Output;
        await WriteAsync("- {rule: ACD101, object: Ingress/shop/site}\n- {rule: ACD102, object: Deployment/other/web}");

        (await CliRun.Of($"diagnose - --silence {_file}", Two)).Output.ShouldBe(all);
    }

    [Theory]
    [InlineData("- {rule: ACD999, object: Pod/a/b}", "there is no rule 'ACD999'")]
    [InlineData("- {rule: ACD101}", "line 1: an entry names a rule and an object")]
    [InlineData("- {rule: ACD101, objekt: Pod/a/b, object: Pod/a/b}", "'objekt' is not known")]
    [InlineData("- {rule: ACD101, rule: ACD102", "line 2")]
    [InlineData("rule: ACD101", "is not a list")]
    public async Task says_where_its_file_is_wrong(string content, string said)
    {
        await WriteAsync(content);

        var run = await CliRun.Of($"diagnose - --silence {_file}", Two);

        run.ExitCode.ShouldBe(2);
        run.Error.ShouldContain(said);
    }

    public void Dispose() => File.Delete(_file);

    private Task WriteAsync(string content) => File.WriteAllTextAsync(_file, content, TestContext.Current.CancellationToken);
}
