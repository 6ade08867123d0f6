using System.Xml.Linq;
using Academy.Diagnosis;

namespace Academy.Tests.Diagnosis;

public sealed class A_report_to_share
{
    private const string Hostile = "</text><script>alert(1)</script>\"];\n``` ![x](http://evil.example/p.png) @everyone #1 \u0000\u202e\ud800\\";

    private static readonly DiagnosisReport Storage = new(
        false,
        [
            new RootCause(
                "PersistentVolumeClaim", "shop", "data", "storageclass-not-found", 0.97, "The claim names a class that does not exist.",
                [new Evidence("PersistentVolumeClaim/shop/data", "spec.storageClassName", null, null, "fast`er")],
                [new("StatefulSet", "shop", "db"), new("Deployment", "shop", "front"), new("Pod", "shop", "db-0"), new("Pod", "shop", "lonely")],
                new Fix("Name a class that exists.", new() { ["spec"] = new System.Text.Json.Nodes.JsonObject { ["storageClassName"] = "standard" } })) { Rule = "ACD201" },
        ],
        ["Could not be read: Secret."]);

    private static readonly DiagnosisReport Attack = new(
        false,
        [new RootCause("Pod", Hostile, Hostile, "oom-killed", 1, Hostile, [new Evidence(Hostile, null, Hostile, null, Hostile)], [new(Hostile, Hostile, Hostile)], new Fix(Hostile, new() { [Hostile] = Hostile }))],
        [Hostile]);

    [Fact]
    public void in_markdown_says_cause_evidence_consequences_and_fix()
    {
        var text = ReportMarkdown.Write(Storage);

        text.ShouldStartWith("## Diagnosis\n\n### 1. `storageclass-not-found` at `PersistentVolumeClaim shop/data`\n");
        text.ShouldContain("Seen in `PersistentVolumeClaim/shop/data spec.storageClassName`:\n\n```text\nfast`er\n```");
        text.ShouldContain("Explains `StatefulSet shop/db`");
        text.ShouldContain("\"storageClassName\": \"standard\"");
        text.ShouldEndWith("- Could not be read: Secret.\n");
    }

    [Fact]
    public void in_markdown_lets_the_cluster_make_no_image_tag_mention_or_end_of_a_block()
    {
        var lines = ReportMarkdown.Write(Attack).Split('\n');

        var fences = lines.Where(line => line.StartsWith("```", StringComparison.Ordinal)).ToList();
        fences.ShouldBe(["````text", "````", "````json", "````"]);
        foreach (var prose in lines.Where(line => line.StartsWith("**Fix:**", StringComparison.Ordinal) || line.StartsWith("- ", StringComparison.Ordinal)))
        {
            prose.ShouldNotContain("<script>");
            prose.ShouldNotContain("![");
            prose.ShouldNotContain("@everyone");
            prose.ShouldNotContain("http://evil");
        }
    }

    [Fact]
    public void as_a_graph_leads_from_the_cause_over_the_workload_to_its_pod()
    {
        var dot = ReportDot.Write(Storage);

        dot.ShouldContain("n0 [label=\"storageclass-not-found\\nPersistentVolumeClaim\\nshop/data\", color=crimson, penwidth=2];");
        dot.ShouldContain("n1 [label=\"StatefulSet\\nshop/db\"];");
        dot.Split('\n').Where(line => line.Contains("->", StringComparison.Ordinal)).ShouldBe(["  n0 -> n1;", "  n0 -> n2;", "  n1 -> n3;", "  n0 -> n4;"]);
    }

    [Fact]
    public void as_a_graph_keeps_hostile_names_inside_their_labels()
    {
        var lines = ReportDot.Write(Attack).Split('\n');

        lines.Count(line => line.StartsWith("  n", StringComparison.Ordinal) && line.EndsWith("];", StringComparison.Ordinal)).ShouldBe(3, "two objects and the defaults of all nodes");
        lines.ShouldAllBe(line => line.Replace("\\\\", "", StringComparison.Ordinal).Replace("\\\"", "", StringComparison.Ordinal).Count(c => c == '"') % 2 == 0);
    }

    [Fact]
    public void as_a_picture_draws_every_object_apart_from_the_others_and_every_arrow()
    {
        var svg = XDocument.Parse(ReportSvg.Write(Storage));

        var boxes = Elements(svg, "rect").Where(r => (string?)r.Attribute("class") == "box").Select(r => ((int)r.Attribute("x")!, (int)r.Attribute("y")!)).ToList();
        boxes.Count.ShouldBe(5);
        boxes.Distinct().Count().ShouldBe(5);
        boxes.Select(box => box.Item1).Distinct().Count().ShouldBe(3, "causes, what they explain, pods");
        Elements(svg, "path").Count(p => (string?)p.Attribute("class") == "edge").ShouldBe(4);
        Elements(svg, "style").Single().Value.ShouldContain("prefers-color-scheme: dark");
    }

    [Fact]
    public void as_a_picture_takes_no_element_from_a_hostile_name()
    {
        var svg = XDocument.Parse(ReportSvg.Write(Attack));

        Elements(svg, "script").ShouldBeEmpty();
        Elements(svg, "image").ShouldBeEmpty();
        svg.Descendants().SelectMany(e => e.Attributes()).ShouldNotContain(a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal) || a.Name.LocalName == "href");
    }

    [Fact]
    public void says_that_nothing_is_wrong()
    {
        var healthy = new DiagnosisReport(true, [], []);

        ReportMarkdown.Write(healthy).ShouldBe("## Diagnosis\n\nNothing is wrong here.\n");
        ReportDot.Write(healthy).ShouldNotContain("->");
        XDocument.Parse(ReportSvg.Write(healthy)).Root!.Value.ShouldContain("Nothing is wrong here.");
    }

    [Fact]
    public void is_of_bounded_size_however_much_a_cause_explains()
    {
        var cause = Storage.RootCauses[0] with { Explains = [.. Enumerable.Range(0, 50).Select(i => new ObjectRef("Deployment", "shop", $"d{i}"))] };
        var svg = XDocument.Parse(ReportSvg.Write(new(false, [cause], [])));

        Elements(svg, "rect").Count(r => (string?)r.Attribute("class") == "box").ShouldBe(14);
        svg.Root!.Value.ShouldContain("and 38 more");
    }

    private static IEnumerable<XElement> Elements(XDocument svg, string name) => svg.Descendants().Where(e => e.Name.LocalName == name);
}
