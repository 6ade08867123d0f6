using System.Text;
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
    /// <param name="settings">Further keys of lab.yaml, such as clusters.</param>
    /// <param name="files">Files beside it, FILE or FILE=CONTENT.</param>
    public static LabCheck Parse(string yaml, string settings = "", params string[] files)
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
        sample.Write("labs/first-lab/lab.yaml", sample.Read("labs/first-lab/lab.yaml") + settings + "\n");
        foreach (var file in files)
        {
            sample.Write(file.Split('=')[0], file.Contains('=') ? file[(file.IndexOf('=') + 1)..] : "{}");
        }

        var result = CatalogLoader.Load(sample.Folder);
        return (result.Catalog ?? throw new InvalidOperationException(string.Join("\n", result.Problems))).FindLab("first-lab")!.FindCheck("under-test")!;
    }

    /// <summary>A check of an artefact <c>work</c> of this type.</summary>
    /// <param name="yaml">What stands below <c>artefact:</c> beside the id, not indented.</param>
    public static LabCheck OfArtefact(string type, string yaml) => Parse(
        $"points: 4\nartefact:\n  id: work\n{string.Join('\n', yaml.Trim().Split('\n').Select(l => "  " + l))}",
        $"artefacts:\n  - {{id: work, title: The work, file: work.txt, type: {type}, maxKiB: 64}}",
        $"labs/first-lab/solution/artefacts/work.txt={Artefact_samples.All[type]}");

    public static CheckResult AgainstFile(this LabCheck check, string? content) => check.AgainstBytes(content is null ? null : Encoding.UTF8.GetBytes(content));

    public static CheckResult AgainstBytes(this LabCheck check, byte[]? content) => check.Against(new LabSubject
    {
        Artefacts = content is null ? new Dictionary<string, ReadOnlyMemory<byte>>() : new Dictionary<string, ReadOnlyMemory<byte>> { ["work"] = content },
    });

    public static CheckResult Against(this LabCheck check, ClusterSnapshot cluster) => check.Against(LabSubject.Of(cluster, Namespace));

    public static CheckResult Against(this LabCheck check, LabSubject subject)
    {
        var lab = new Lab("l", 1, "", "", Namespace, 5, "beginner", [], "", "", "", new HintPolicy(5), [new LabStep("s", "", "", [], [check], [])], [])
        {
            Recordings = new LabRecordings("", ""),
            ContentHash = "",
        };
        return LabChecker.Check(lab, subject).Steps.ShouldHaveSingleItem().Checks.ShouldHaveSingleItem();
    }

    public static CheckResult Against(this LabCheck check, params string[] objects) => check.Against(Cluster(objects));

    public static ClusterSnapshot Cluster(params string[] objects) =>
        ClusterSnapshot.Create(objects.Select(o => JsonNode.Parse(o)!.AsObject()), [], DateTimeOffset.UnixEpoch);

    /// <param name="rest">The rest of the object, e.g. <c>"spec":{}</c>.</param>
    public static string Object(string kind, string name, string rest, string ns = Namespace) =>
        $$"""{"apiVersion":"apps/v1","kind":"{{kind}}","metadata":{"name":"{{name}}","namespace":"{{ns}}"},{{rest}}}""";
}
