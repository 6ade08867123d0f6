using Academy.Curriculum;
using Academy.Curriculum.Gating;
using Shouldly;
using Xunit;

namespace Academy.Tests.Curriculum;

/// <summary>Each test plants one mistake into a sample lab that has none, and reads what the gate says.</summary>
public sealed class The_quality_gate_finds : IDisposable
{
    private const string Mutations = "labs/second-lab/mutations.yaml";

    private readonly SampleCurriculum _sample = new();

    public void Dispose() => _sample.Dispose();

    [Theory]
    [InlineData("first-lab")]
    [InlineData("second-lab")]
    public void nothing_in_the_samples(string lab) => Problems(lab).ShouldBeEmpty();

    [Theory]
    [InlineData("steps/reachable.yaml", "status: 200", "status: 503", "answers: does not pass on the solution: web:80/healthz answered 200, expected 503")]
    [InlineData("steps/reachable.yaml", "        replicas: 2", "        replicas: (@ >= `1`)", "far-alone: check far-copy does not notice it")]
    [InlineData("states/start/http.json", "503", "200", "answers: does not fail at the start", "\"no endpoints available for service \\\"web\\\"\"", "\"ok\"")]
    [InlineData("states/start/http.json", "/healthz", "/other", "answers: does not fail at the start: This check could not be carried out: nobody asked web:80/healthz")]
    [InlineData("mutations.yaml", "answered 404", "answered 405", "wrong-path: check answers says \"web:80/healthz answered 404, expected 200\", not \"web:80/healthz answered 405\"")]
    [InlineData("mutations.yaml", "      no-latest: Deployment helper", "      rolled-back: Deployment helper", "latest-helper: check no-latest notices it and is not named")]
    [InlineData("mutations.yaml", "http: web:80/healthz\n        op: set\n        path: /status\n        value: 503", "http: web:80/healthz\n        op: delete", "no-endpoints: check answers was not carried out")]
    [InlineData("mutations.yaml", "cluster: far\n        kind: Deployment\n        name: web\n        op: delete", "cluster: far\n        kind: Deployment\n        name: api\n        op: delete", "far-forgotten: there is no Deployment api")]
    [InlineData("mutations.yaml", "find: stage('Test')", "find: stage('Tests')", "untested: artefact pipeline does not hold 'stage('Tests')'")]
    [InlineData("mutations.yaml", "op: remove\n        path: /spec/template/spec/containers/0/resources", "op: remove\n        path: /spec/template/spec/containers/7/resources", "limit-missing: Deployment web in artefact rendered has no /spec/template/spec/containers/7/resources")]
    [InlineData("steps/handed-in.yaml", "question: What would you look at first, if the next delivery failed at night?", "question: Use `helm rollback web`.", "handed-in: rung 1 gives away a command: helm rollback web")]
    public void what_is_wrong(string file, string text, string instead, string problem, string? more = null, string? by = null)
    {
        _sample.Replace($"labs/second-lab/{file}", text, instead);
        if (more is not null)
        {
            _sample.Replace($"labs/second-lab/{file}", more, by!);
        }

        Problems("second-lab").ShouldContain(p => p.StartsWith(problem, StringComparison.Ordinal));
    }

    [Fact]
    public void too_few_mutations()
    {
        var text = _sample.Read(Mutations);
        var (from, to) = (text.IndexOf("  - id: waiting", StringComparison.Ordinal), text.IndexOf("  - id: unplaced", StringComparison.Ordinal));
        _sample.Write(Mutations, text[..from] + text[to..]);
        Problems("second-lab").ShouldBe(["placed: notices 2 mutations; 3 are needed"]);
    }

    private IReadOnlyList<string> Problems(string id)
    {
        var lab = CatalogLoader.Load(_sample.Folder).Catalog!.FindLab(id)!;
        return [.. QualityGate.Run(lab, Shipped.Recording, TestContext.Current.CancellationToken).Problems.Select(p => p.ToString())];
    }
}
