using System.Text.RegularExpressions;
using Academy.Curriculum;
using Academy.Diagnosis;
using Shouldly;
using Xunit;

namespace Academy.Tests.Curriculum;

public sealed class Practice_clusters
{
    public static TheoryData<string> Ids => [.. Shipped.Catalog.PracticeClusters.Select(p => p.Id)];

    public static TheoryData<string> Repaired => [.. Shipped.Catalog.PracticeClusters.Where(p => p.RepairedPath is not null).Select(p => p.Id)];

    public static TheoryData<string> OfLabs => [.. Shipped.Catalog.PracticeClusters.Where(p => p.LabId is not null).Select(p => p.Id)];

    [Theory, MemberData(nameof(Ids))]
    public void are_broken_by_what_the_diagnosis_names_first(string id)
    {
        var practice = Find(id);
        var report = Diagnoser.Diagnose(Shipped.Recording(practice.BrokenPath), practice.Namespace);
        report.RootCauses.ShouldNotBeEmpty();
        var first = report.RootCauses[0];
        new PracticeCause(first.Kind, first.Name, first.Reason).ShouldBe(practice.Cause);
    }

    [Theory, MemberData(nameof(Repaired))]
    public void are_healthy_after_the_repair(string id)
    {
        var practice = Find(id);
        Diagnoser.Diagnose(Shipped.Recording(practice.RepairedPath!), practice.Namespace)
            .RootCauses.Select(c => $"{c.Kind} {c.Name}: {c.Reason}, {c.Summary}").ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(OfLabs))]
    public void of_a_lab_pass_all_steps_after_the_repair_and_not_before(string id)
    {
        var practice = Find(id);
        var lab = Shipped.Lab(practice.LabId!);
        practice.Namespace.ShouldBe(lab.Namespace);
        LabChecker.Check(lab, Shipped.Recording(practice.BrokenPath), practice.Namespace).Steps.Count(s => s.Passed).ShouldBeLessThan(lab.Steps.Count / 2);
        // Of a lab in which something is handed in, too, with what the worked solution hands in.
        var repaired = LabSubject.Of(Shipped.Recording(practice.RepairedPath!), practice.Namespace) with
        {
            Artefacts = lab.Recordings.Solution.Artefacts.ToDictionary(a => a.Key, a => (ReadOnlyMemory<byte>)File.ReadAllBytes(a.Value)),
        };
        LabChecker.Check(lab, repaired).Passed.ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Ids))]
    public void tell_a_story_that_does_not_give_the_answer_away(string id)
    {
        var practice = Find(id);
        var told = $"{practice.Title} {practice.Story}".ToLowerInvariant();
        told.Length.ShouldBeGreaterThan(150);
        told.ShouldNotContain(practice.Cause.Kind.ToLowerInvariant());
        foreach (var word in practice.Cause.Reason.Split('-').Where(w => w.Length > 4 && w is not ("found" or "missing" or "other" or "killed")))
        {
            Regex.IsMatch(told, $@"\b{Regex.Escape(word)}\b").ShouldBeFalse($"'{word}' is half of the answer");
        }
    }

    [Fact]
    public void are_at_least_eight_of_different_kinds() =>
        Shipped.Catalog.PracticeClusters.Select(p => p.Cause.Reason).Distinct().Count().ShouldBeGreaterThanOrEqualTo(8);

    [Theory, MemberData(nameof(Ids))]
    public void hold_no_values_of_secrets_and_no_ids_of_a_machine(string id)
    {
        var practice = Find(id);
        foreach (var folder in new[] { practice.BrokenPath, practice.RepairedPath }.OfType<string>())
        {
            var objects = Shipped.Objects(folder);
            objects.Where(o => (string?)o["kind"] == "Secret").SelectMany(o => o["data"]?.AsObject() ?? []).ShouldAllBe(e => (string?)e.Value == "REDACTED");
            objects.Where(o => (string?)o["kind"] == "Node").ShouldAllBe(o => (string?)o["status"]!["nodeInfo"]!["machineID"] == "");
        }
    }

    private static PracticeCluster Find(string id) => Shipped.Catalog.FindPracticeCluster(id)!;
}
