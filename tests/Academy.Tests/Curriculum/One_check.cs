using System.Text.Json.Nodes;
using Academy.Curriculum;
using Academy.Diagnosis;
using Shouldly;

namespace Academy.Tests.Curriculum;

/// <summary>One check, written as an author would, held against objects.</summary>
internal static class One_check
{
    public const string Namespace = "first-lab";

    /// <param name="yaml">What stands below <c>- id:</c>, not indented.</param>
    public static LabCheck Parse(string yaml)
    {
        using var sample = new SampleCurriculum();
        var check = $"- id: under-test\ntitle: Under test\n{yaml.Trim()}".Split('\n');
        sample.Write("labs/first-lab/steps/greeting.yaml", $"""
            title: One check
            instructions: None.
            checks:
              {check[0]}
            {string.Join('\n', check.Skip(1).Select(l => "    " + l))}
            hints: {"{question: a, whereToLook: b, concept: c, command: d, solution: e}"}
            """);
        sample.Write("labs/first-lab/mutations.yaml", "mutations:\n  - {id: none, title: None, edits: [{kind: A, name: b, op: delete}], fails: {under-test: x}}\n");
        var result = CatalogLoader.Load(sample.Folder);
        return (result.Catalog ?? throw new InvalidOperationException(string.Join("\n", result.Problems))).FindLab("first-lab")!.FindCheck("under-test")!;
    }

    public static CheckResult Against(this LabCheck check, ClusterSnapshot cluster)
    {
        var lab = new Lab("l", 1, "", "", Namespace, 5, "beginner", [], "", "", "", new HintPolicy(5), [new LabStep("s", "", "", [], [check], [])], [])
        {
            Recordings = new LabRecordings("", ""),
            ContentHash = "",
        };
        return LabChecker.Check(lab, cluster, Namespace).Steps.ShouldHaveSingleItem().Checks.ShouldHaveSingleItem();
    }

    public static CheckResult Against(this LabCheck check, params string[] objects) => check.Against(Cluster(objects));

    public static ClusterSnapshot Cluster(params string[] objects) =>
        ClusterSnapshot.Create(objects.Select(o => JsonNode.Parse(o)!.AsObject()), [], DateTimeOffset.UnixEpoch);

    /// <param name="rest">The rest of the object, e.g. <c>"spec":{}</c>.</param>
    public static string Object(string kind, string name, string rest, string ns = Namespace) =>
        $$"""{"apiVersion":"apps/v1","kind":"{{kind}}","metadata":{"name":"{{name}}","namespace":"{{ns}}"},{{rest}}}""";
}
