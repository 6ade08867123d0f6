using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Academy.Diagnosis;

namespace Academy.Tests.Diagnosis;

/// <summary>The contract of an analyzer's folder: code, page, an example it finds, an example it leaves alone.</summary>
public sealed class Every_rule
{
    public static TheoryData<string> Ids => [.. Rules.All.Select(rule => rule.Id)];

    [Theory, MemberData(nameof(Ids))]
    public void finds_its_bad_example(string id)
    {
        var rule = Rules.Find(id)!;
        Diagnoser.Diagnose(Situation.Load(Example(rule, "bad.yaml")).Snapshot).RootCauses.Select(cause => cause.Rule).ShouldContain(id);
    }

    [Theory, MemberData(nameof(Ids))]
    public void is_silent_about_its_good_example(string id)
    {
        var report = Diagnoser.Diagnose(Situation.Load(Example(Rules.Find(id)!, "good.yaml")).Snapshot);
        report.RootCauses.Select(cause => cause.Summary).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Ids))]
    public void has_a_page_that_explains_and_repairs(string id)
    {
        var rule = Rules.Find(id)!;
        rule.Page.ShouldStartWith($"# {id}: {rule.Title}");
        foreach (var part in (string[])["## Why it happens", "## How to confirm", "## How to repair"])
        {
            rule.Page.ShouldContain(part);
        }
    }

    [Theory, MemberData(nameof(Ids))]
    public void gives_reasons_of_the_vocabulary_only(string id) => Rules.Find(id)!.Reasons.ShouldBeSubsetOf(Reasons.All);

    [Fact]
    public void has_an_id_of_its_own()
    {
        Rules.All.Select(rule => rule.Id).ShouldBeUnique();
        Rules.All.ShouldAllBe(rule => Regex.IsMatch(rule.Id, "^ACD[0-9]{3}$"));
        Rules.Find("acd101")!.Id.ShouldBe("ACD101");
        Rules.Find("ACD000").ShouldBeNull();
    }

    [Fact]
    public void of_the_folders_is_in_the_catalog() =>
        Rules.All.Select(rule => rule.Folder).Order().ShouldBe(Directory.GetDirectories(Root()).Select(folder => Path.GetFileName(folder)!).Order());

    private static string Example(Rule rule, string file) => Path.Combine(Root(), rule.Folder, file);

    private static string Root([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "..", "src", "Academy.Diagnosis", "Analyzers"));
}
