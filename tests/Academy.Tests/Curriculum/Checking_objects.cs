using System.Text.Json.Nodes;
using Academy.Curriculum;
using Academy.Diagnosis;
using CsCheck;
using Shouldly;
using Xunit;
using static Academy.Tests.Curriculum.One_check;

namespace Academy.Tests.Curriculum;

public sealed class Checking_objects
{
    private const string Web = """
        points: 4
        assert:
          kind: Deployment
          metadata: {name: web}
          spec:
            replicas: (@ >= `2`)
            template:
              spec:
                containers:
                  - name: app
                    image: app:1
                    resources: {limits: {memory: 1Gi}}
        """;

    private static string Deployment(int replicas = 2, string image = "app:1", string memory = "1Gi", string name = "app") =>
        Object("Deployment", "web", $$$"""
            "spec":{"replicas":{{{replicas}}},"template":{"spec":{"containers":[
              {"name":"proxy","image":"x"},
              {"name":"{{{name}}}","image":"{{{image}}}","resources":{"limits":{"memory":"{{{memory}}}"} } }]} } }
            """);

    [Fact]
    public void passes_when_everything_holds() => Parse(Web).Against(Deployment()).ShouldSatisfyAllConditions(r => r.Passed.ShouldBeTrue(), r => r.Points.ShouldBe(4));

    [Fact]
    public void knows_that_quantities_have_many_spellings() => Parse(Web).Against(Deployment(memory: "1024Mi")).Passed.ShouldBeTrue();

    [Fact]
    public void gives_partial_credit_and_says_what_it_saw()
    {
        var result = Parse(Web).Against(Deployment(replicas: 1));
        result.Passed.ShouldBeFalse();
        result.Points.ShouldBe(3);
        result.Observed.ShouldBe("Deployment web: spec.replicas is 1, expected at least 2");
    }

    [Fact]
    public void never_gives_all_points_before_it_passes() => Parse(Web.Replace("points: 4", "points: 1")).Against(Deployment(replicas: 1)).Points.ShouldBe(0);

    [Fact]
    public void says_which_containers_there_are_instead() =>
        Parse(Web).Against(Deployment(name: "aap")).Observed.ShouldContain("containers has no app; there are: aap, proxy");

    [Fact]
    public void says_which_objects_there_are_instead() =>
        Parse(Web).Against(Object("Deployment", "wbe", "\"spec\":{}")).Observed.ShouldBe("no Deployment named web in namespace first-lab; there are: wbe");

    [Fact]
    public void does_not_look_into_other_namespaces() => Parse(Web).Against(Object("Deployment", "web", "\"spec\":{}", ns: "other")).Observed.ShouldContain("there is none at all");

    [Fact]
    public void concludes_nothing_from_what_it_could_not_read()
    {
        var blind = ClusterSnapshot.Create([], [], DateTimeOffset.UnixEpoch, ["Deployment"]);
        Parse(Web).Against(blind).Observed.ShouldContain("objects of kind Deployment could not be read");
        var absent = Parse("absent: {kind: Deployment, metadata: {name: web}}");
        absent.Against(blind).Passed.ShouldBeFalse();
        absent.Against().Passed.ShouldBeTrue();
    }

    [Fact]
    public void never_quotes_a_secret()
    {
        var result = Parse("assert: {kind: Secret, metadata: {name: s}, type: Opaque, data: {key: expected}}")
            .Against("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"s","namespace":"first-lab"},"type":"Opaque","data":{"key":"aHVudGVyMg=="}}""");
        result.Passed.ShouldBeFalse();
        result.Observed.ShouldBe("Secret s: data.key has another value, expected \"expected\"");
    }

    [Fact]
    public void counts_with_atLeast_and_looks_at_all_with_all()
    {
        string Pod(string name, string phase) => $$$"""
            {"apiVersion":"v1","kind":"Pod","metadata":{"name":"{{{name}}}","namespace":"first-lab","labels":{"app":"a"}},"status":{"phase":"{{{phase}}}"}}
            """;
        const string Running = "assert: {kind: Pod, metadata: {labels: {app: a}}, status: {phase: Running}}";
        Parse(Running).Against(Pod("a", "Running"), Pod("b", "Pending")).Passed.ShouldBeTrue();
        Parse("atLeast: 2\n" + Running).Against(Pod("a", "Running"), Pod("b", "Pending")).Observed.ShouldContain("1 of the 2 needed Pods");
        Parse("all: true\n" + Running).Against(Pod("a", "Running"), Pod("b", "Pending")).Observed.ShouldContain("Pod b: status.phase is \"Pending\"");
    }

    [Theory]
    [InlineData("replicas: null", true)]
    [InlineData("paused: null", false)]
    [InlineData("\"(length(items))\": 2", true)]
    [InlineData("~.items: {size: (@ > `1`)}", true)]
    [InlineData("~.items: {size: (@ > `2`)}", false)]
    [InlineData("~.none: {size: 1}", false)]
    [InlineData("items: [{size: 3}, {size: 2}]", true)]
    [InlineData("items: [{size: 4}]", false)]
    [InlineData("words: [b]", true)]
    [InlineData("words: [c]", false)]
    [InlineData("space: $namespace", true)]
    [InlineData("text: 'true'", true)]
    [InlineData("text: true", false)]
    [InlineData("paused: true", true)]
    public void understands(string demand, bool passes) =>
        Parse($"assert: {{kind: Thing, spec: {{{demand}}}}}")
            .Against(Object("Thing", "t", """ "spec":{"paused":true,"text":"true","space":"first-lab","words":["a","b"],"items":[{"size":2},{"size":3}]} """))
            .Passed.ShouldBe(passes);

    [Theory]
    [InlineData("\"the number of items (length(items))\": 3", "Thing t: the number of items is 2, expected 3")]
    [InlineData("\"(length(items))\": 3", "Thing t: spec (length(items)) is 2, expected 3")]
    [InlineData("words: [c]", "Thing t: spec.words does not hold \"c\"")]
    [InlineData("text: (@ == 'a' || @ == 'b')", "Thing t: spec.text is \"true\", expected a or b")]
    [InlineData("text: \"(!contains(@, 'r') && starts_with(@, 't'))\"", "Thing t: spec.text is \"true\", expected one without \"r\" and one that starts with \"t\"")]
    [InlineData("text: (length(@) == `1`)", "Thing t: spec.text is \"true\", expected something for which length(@) == `1` holds")]
    public void says(string demand, string observed) =>
        Parse($"assert: {{kind: Thing, spec: {{{demand}}}}}")
            .Against(Object("Thing", "t", """ "spec":{"text":"true","words":["a","b"],"items":[1,2]} """)).Observed.ShouldBe(observed);

    [Fact]
    public void looks_for_nodes_in_the_whole_cluster() =>
        Parse("assert: {kind: Node, metadata: {name: n}, status: {}}").Against().Observed.ShouldBe("no Node named n in the cluster; there is none at all");

    [Fact]
    public void is_not_healthy_before_anything_runs() => Parse("healthy: true").Against().Observed.ShouldBe("no Pod in namespace first-lab; there is none at all");

    [Fact]
    public void says_which_object_is_broken_and_not_why()
    {
        var start = Shipped.Recording(Shipped.Lab("gpu-model").Recordings.StartPath);
        var lab = Shipped.Lab("gpu-model");
        LabChecker.Check(lab, start, "gpu-lab").Steps.SelectMany(s => s.Checks).Single(c => c.CheckId == "nothing-broken").Observed.ShouldBe("something is wrong with Deployment embedder");
    }

    [Fact]
    public void looks_only_for_the_reasons_it_was_given()
    {
        var start = Shipped.Recording(Shipped.Lab("gpu-model").Recordings.StartPath);
        var objects = ClusterSnapshot.Create(
            start.Objects.Select(o => JsonNode.Parse(o.ToJsonString().Replace("gpu-lab", Namespace, StringComparison.Ordinal))!.AsObject()), [], start.TakenAt);
        Parse("noFindings: [oom-killed]").Against(objects).Passed.ShouldBeTrue();
        Parse("noFindings: [insufficient-gpu, gpu-device-plugin-missing]").Against(objects).Passed.ShouldBeFalse();
    }

    [Fact]
    public void survives_any_object()
    {
        var lab = Shipped.Lab("deploy-ai-app");
        var solution = Shipped.Recording(lab.Recordings.SolutionPath);
        var texts = solution.Objects.Select(o => o.ToJsonString()).Where(t => !t.Contains("\"kind\":\"Event\"", StringComparison.Ordinal)).ToArray();
        string[] values = ["null", "[]", "{}", "\"x\"", "-1", "1e300", "true", "[[[]]]", "{\"a\":{\"a\":null}}", "\"\\u0000\\u202e\""];
        Gen.Select(Gen.Int[0, texts.Length - 1], Gen.Int[0, 60], Gen.Int[0, values.Length - 1]).Sample(
            (which, at, value) =>
            {
                // Replaces the value that comes at the given colon, whatever it is.
                var changed = JsonNode.Parse(texts[which])!.AsObject();
                Replace(changed, at, values[value]);
                var cluster = ClusterSnapshot.Create(
                    texts.Select((t, i) => i == which ? changed : JsonNode.Parse(t)!.AsObject()), solution.Logs, solution.TakenAt);
                LabChecker.Check(lab, cluster, lab.Namespace).Steps.SelectMany(s => s.Checks).ShouldAllBe(c => c.Observed.Length > 0 && c.Points <= c.MaxPoints && (c.Passed || c.Points < c.MaxPoints));
            },
            iter: 150);
    }

    private static void Replace(JsonObject root, int at, string value)
    {
        var places = new List<Action>();
        Collect(root);
        if (places.Count > 0)
        {
            places[at % places.Count]();
        }

        void Collect(JsonNode? node)
        {
            if (node is JsonObject map)
            {
                foreach (var key in map.Select(e => e.Key).ToList())
                {
                    places.Add(() => map[key] = JsonNode.Parse(value));
                    Collect(map[key]);
                }
            }
            else if (node is JsonArray list)
            {
                list.ToList().ForEach(Collect);
            }
        }
    }
}
