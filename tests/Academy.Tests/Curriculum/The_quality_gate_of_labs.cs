using System.Collections.Concurrent;
using Academy.Curriculum;
using Academy.Curriculum.Gating;
using Shouldly;
using Xunit;

namespace Academy.Tests.Curriculum;

public sealed class The_quality_gate_of_labs
{
    private static readonly ConcurrentDictionary<string, GateReport> Reports = new();

    public static TheoryData<string> Labs => [.. Shipped.Catalog.Labs.Select(l => l.Id)];

    [Theory, MemberData(nameof(Labs))]
    public void is_passed_by_every_check_and_hint(string id)
    {
        var report = Report(id);
        report.Problems.ShouldBeEmpty(string.Join("\n", report.Problems));
        report.Checks.ShouldAllBe(c => c.Start.Outcome == CheckOutcome.Failed && c.Solution.Outcome == CheckOutcome.Passed && c.Noticed.Count >= 3);
    }

    [Theory, MemberData(nameof(Labs))]
    public void finds_that_a_failed_check_says_what_it_saw(string id)
    {
        var report = Report(id);
        report.Checks.ShouldAllBe(c => c.Start.Observed.Length > 10);
    }

    [Theory, MemberData(nameof(Labs))]
    public void finds_no_recorded_secret_with_a_value(string id)
    {
        var recordings = Shipped.Lab(id).Recordings;
        string[] folders = [recordings.StartPath, recordings.SolutionPath, .. recordings.Start.Clusters.Values, .. recordings.Solution.Clusters.Values];
        foreach (var secret in folders.Where(Directory.Exists).SelectMany(Shipped.Objects).Where(o => (string?)o["kind"] == "Secret"))
        {
            (secret["data"]?.AsObject() ?? []).ShouldAllBe(e => (string?)e.Value == "REDACTED");
            secret["stringData"].ShouldBeNull();
            (secret["metadata"]?["annotations"]?.AsObject() ?? []).Where(a => a.Key.EndsWith("last-applied-configuration")).ShouldBeEmpty();
        }
    }

    [Theory, MemberData(nameof(Labs))]
    public void finds_five_to_twelve_steps_and_three_faults_where_there_is_a_cluster(string id)
    {
        var lab = Shipped.Lab(id);
        lab.Steps.Count.ShouldBeInRange(5, 12);
        lab.Faults.Count.ShouldBeGreaterThanOrEqualTo(lab.NeedsCluster ? 3 : 0);
    }

    private static GateReport Report(string id) => Reports.GetOrAdd(id, lab => QualityGate.Run(Shipped.Lab(lab), Shipped.Recording, TestContext.Current.CancellationToken));
}
