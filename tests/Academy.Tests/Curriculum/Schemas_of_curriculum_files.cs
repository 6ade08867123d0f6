using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Academy.Curriculum;
using Shouldly;
using Xunit;

namespace Academy.Tests.Curriculum;

/// <summary>Editors complete and check files by curriculum/schemas; the loader must know the same keys and words.</summary>
public sealed partial class Schemas_of_curriculum_files : IDisposable
{
    private const string Lab = "labs/first-lab/lab.yaml";
    private const string Lab2 = "labs/second-lab/lab.yaml";
    private const string Step = "labs/second-lab/steps/reachable.yaml";
    private const string Step2 = "labs/second-lab/steps/handed-in.yaml";
    private const string Mutations = "labs/second-lab/mutations.yaml";
    private const string Quiz = "courses/first-course/quizzes/settings.yaml";
    private const string Exercise = "exercises/first-exercise/exercise.yaml";
    private const string Course = "courses/first-course/course.yaml";

    private readonly SampleCurriculum _sample = new();

    public static TheoryData<string> Files =>
        [.. new[] { Shipped.Folder, SampleCurriculum.Original }.SelectMany(f => Directory.GetFiles(f, "*.yaml", SearchOption.AllDirectories)).Select(f => Path.GetRelativePath(Shipped.Root, f)).Where(f => Kind(f) is not null)];

    public static TheoryData<string> Names => [.. Directory.GetFiles(Path.Combine(Shipped.Folder, "schemas"), "*.json").Select(f => Path.GetFileName(f))];

    public void Dispose() => _sample.Dispose();

    [Theory, MemberData(nameof(Files))]
    public void accept_every_file_that_ships(string file) =>
        SchemaCheck.Problems(Schema(Kind(file)!), SchemaCheck.OfYaml(File.ReadAllText(Path.Combine(Shipped.Root, file)))).ShouldBeEmpty();

    [Theory, MemberData(nameof(Names))]
    public void have_a_version_and_describe_every_key(string name)
    {
        var schema = Schema(name.Split('.')[0]);
        schema["$id"]!.GetValue<string>().ShouldMatch("^urn:academy:curriculum:[a-z]+:[0-9]+$");
        schema["$schema"]!.GetValue<string>().ShouldBe("https://json-schema.org/draft/2020-12/schema");
        Described(schema).Where(p => string.IsNullOrWhiteSpace(p.Value["description"]?.GetValue<string>())).Select(p => p.Key).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("lab", "{version: 1}", "$: required")]
    [InlineData("lab", "{level: easy}", "$.level: enum")]
    [InlineData("lab", "{titel: a}", "$: titel is not known")]
    [InlineData("lab", "{minutes: 3}", "$.minutes: minimum 5")]
    [InlineData("lab", "{artefacts: [{type: word}]}", "$.artefacts[0].type: enum")]
    [InlineData("step", "{checks: [{id: a, title: A, healthy: true, log: {pods: {a: b}, contains: c}}]}", "$.checks[0]: oneOf")]
    [InlineData("quiz", "{questions: [{options: [{text: a}]}]}", "$.questions[0].options: minItems 3")]
    [InlineData("mutations", "{mutations: [{edits: [{http: 'a:1/b', op: delete, find: x}]}]}", "$.mutations[0].edits[0]: oneOf")]
    public void refuse(string name, string yaml, string problem) =>
        SchemaCheck.Problems(Schema(name), SchemaCheck.OfYaml(yaml)).ShouldContain(p => p.StartsWith(problem, StringComparison.Ordinal));

    [Theory]
    [InlineData("lab", "", Lab, "version:")]
    [InlineData("lab", "hints", Lab, "  maxRung:")]
    [InlineData("lab", "policy", Lab, "  assistant:")]
    [InlineData("lab", "environment", Lab, "  quota:")]
    [InlineData("lab", "environment/limits", Lab, "    default:")]
    [InlineData("lab", "clusters/[]", Lab2, "  - id: near")]
    [InlineData("lab", "artefacts/[]", Lab2, "  - id: rendered")]
    [InlineData("lab", "faults/[]", Lab, "  - id: greeting-gone")]
    [InlineData("lab", "faults/[]/object", Lab, "      kind: ConfigMap")]
    [InlineData("step", "", Step, "title:")]
    [InlineData("step", "hints", Step, "  question:")]
    [InlineData("step", "$check", Step, "  - id: answers")]
    [InlineData("step", "$check", Step, "  - id: far-copy")]
    [InlineData("step", "$check/retry", Step, "      times:")]
    [InlineData("step", "$check/http", Step, "      service:")]
    [InlineData("step", "$check/event", Step, "      object:")]
    [InlineData("step", "$check/event/object", Step, "        kind: Pod")]
    [InlineData("step", "$check/artefact", Step2, "      id: rendered")]
    [InlineData("step", "$check/artefact", Step2, "      id: pipeline")]
    [InlineData("step", "$check/log", "labs/first-lab/steps/running.yaml", "      pods:")]
    [InlineData("mutations", "", Mutations, "mutations:")]
    [InlineData("mutations", "mutations/[]", Mutations, "  - id: no-endpoints")]
    [InlineData("mutations", "$http", Mutations, "      - http:")]
    [InlineData("mutations", "$artefact", Mutations, "      - artefact: pipeline\n        op: replace")]
    [InlineData("mutations", "$artefact", Mutations, "      - artefact: rendered\n        kind:")]
    [InlineData("mutations", "$object", Mutations, "      - cluster: far\n        kind: Deployment\n        name: web\n        op: set")]
    [InlineData("quiz", "", Quiz, "title:")]
    [InlineData("quiz", "questions/[]", Quiz, "  - id: where-it-belongs")]
    [InlineData("quiz", "questions/[]/options/[]", Quiz, "      - text: Into")]
    [InlineData("exercise", "", Exercise, "version:")]
    [InlineData("exercise", "deliverables/[]", Exercise, "  - id: design")]
    [InlineData("exercise", "rubric/[]", Exercise, "  - id: settings")]
    [InlineData("exercise", "rubric/[]/levels/[]", Exercise, "      - points: 0")]
    [InlineData("exercise", "roles/[]", Exercise, "  - id: owner")]
    [InlineData("path", "", "paths/first-path.yaml", "title:")]
    [InlineData("course", "", Course, "title:")]
    [InlineData("course", "modules/[]", Course, "  - id: hello")]
    [InlineData("course", "modules/[]/topics/[]", Course, "      - id: settings")]
    public void name_the_keys_that_the_loader_knows(string name, string path, string file, string anchor)
    {
        var indent = new string(' ', anchor.Length - anchor.TrimStart().Length);
        var rest = anchor.TrimStart();
        _sample.Replace(file, anchor, rest.StartsWith("- ", StringComparison.Ordinal) ? $"{indent}- zzz: 1\n{indent}  {rest[2..]}" : $"{indent}zzz: 1\n{indent}{rest}");
        var said = _sample.Problems().Single(p => p.Message.Contains("unknown key 'zzz'", StringComparison.Ordinal)).Message;
        var known = said[(said.IndexOf("known here: ", StringComparison.Ordinal) + 12)..].Split(", ");
        var keys = At(Schema(name), path)["properties"]!.AsObject().Select(p => p.Key).ToList();

        known.ShouldBeSubsetOf(keys);
        keys.Except(known).Where(k => !OfOneForm.IsMatch($"{path}:{k}")).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("lab", "level", Lab, "level: beginner")]
    [InlineData("lab", "environment/network", Lab, "network: isolated")]
    [InlineData("lab", "artefacts/[]/type", Lab2, "type: manifests")]
    [InlineData("mutations", "$object/op", "labs/first-lab/mutations.yaml", "op: set")]
    [InlineData("mutations", "$http/op", Mutations, "op: set")]
    [InlineData("mutations", "$http/path", Mutations, "path: /status")]
    [InlineData("mutations", "$artefact/op", Mutations, "op: replace")]
    [InlineData("exercise", "kind", Exercise, "kind: team")]
    [InlineData("exercise", "level", Exercise, "level: beginner")]
    public void name_the_words_that_the_loader_knows(string name, string path, string file, string anchor)
    {
        _sample.Replace(file, anchor, anchor.Split(':')[0] + ": zzz");
        var said = _sample.Problems().First(p => p.Message.Contains("is 'zzz'; it must be one of ", StringComparison.Ordinal)).Message;
        said[(said.IndexOf("one of ", StringComparison.Ordinal) + 7)..].Split(", ")
            .ShouldBe(At(Schema(name), path)["enum"]!.AsArray().Select(w => w!.GetValue<string>()), ignoreOrder: true);
    }

    [Fact]
    public void name_the_forms_of_checks_and_the_types_of_artefacts()
    {
        _sample.Replace(Step, "    http:", "    https:");
        var said = _sample.Problems().First(p => p.Message.Contains("exactly one of", StringComparison.Ordinal)).Message;
        var forms = At(Schema("step"), "$check")["oneOf"]!.AsArray().Select(f => f!["required"]![0]!.GetValue<string>());
        said.ShouldContain($"exactly one of {string.Join(", ", forms)};");
        At(Schema("lab"), "artefacts/[]/type")["enum"]!.AsArray().Select(t => t!.GetValue<string>()).ShouldBe(ArtefactTypes.All);
    }

    // Keys that only one form of a check or of an edit has; the others are tested with that form.
    [GeneratedRegex(@"^(\$check:(assert|absent|log|healthy|noFindings|event|http|artefact|all|atLeast|atMost|exactly)|\$check/artefact:(assert|absent|contains|mustNotContain|all|atLeast|atMost|exactly)|\$(object|artefact|http):(path|value|find|kind|name|cluster))$")]
    private static partial Regex OfOneForm { get; }

    private static JsonObject Schema(string name) => JsonNode.Parse(File.ReadAllText(Path.Combine(Shipped.Folder, "schemas", $"{name}.schema.json")))!.AsObject();

    // "$x" is a definition, "[]" the items of a list, everything else a key.
    private static JsonNode At(JsonObject schema, string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries).Aggregate(
        (JsonNode)schema, (at, part) => (part == "[]" ? at["items"] : part[0] == '$' ? schema["$defs"]![part[1..]] : at["properties"]![part])!);

    private static IEnumerable<KeyValuePair<string, JsonNode>> Described(JsonNode? node) => node switch
    {
        JsonObject map => (map["properties"] as JsonObject ?? []).Select(p => KeyValuePair.Create(p.Key, p.Value!))
            .Concat(map.Where(p => p.Key is not "default").SelectMany(p => Described(p.Value))),
        JsonArray list => list.SelectMany(Described),
        _ => [],
    };

    private static string? Kind(string file) => file.Replace('\\', '/').Split('/') switch
    {
        [.., "labs", _, "lab.yaml"] => "lab",
        [.., "labs", _, "steps", _] => "step",
        [.., "labs", _, "mutations.yaml"] => "mutations",
        [.., "quizzes", _] => "quiz",
        [.., "exercises", _, "exercise.yaml"] => "exercise",
        [.., "paths", _] => "path",
        [.., "courses", _, "course.yaml"] => "course",
        _ => null,
    };
}
