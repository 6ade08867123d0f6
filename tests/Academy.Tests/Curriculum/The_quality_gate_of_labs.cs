using Academy.Curriculum;
using Academy.Diagnosis;
using Shouldly;
using Xunit;

namespace Academy.Tests.Curriculum;

public sealed class The_quality_gate_of_labs
{
    public static TheoryData<string> Labs => [.. Shipped.Catalog.Labs.Select(l => l.Id)];

    public static TheoryData<string, string> Mutations =>
        [.. Shipped.Catalog.Labs.SelectMany(l => l.Mutations.Select(m => new TheoryDataRow<string, string>(l.Id, m.Id)))];

    [Theory, MemberData(nameof(Labs))]
    public void no_check_passes_at_the_start(string id)
    {
        var lab = Shipped.Lab(id);
        Results(lab, Start(lab)).Where(r => r.Passed).Select(r => r.CheckId).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Labs))]
    public void every_check_passes_on_the_worked_solution(string id)
    {
        var lab = Shipped.Lab(id);
        Results(lab, Solution(lab)).Where(r => !r.Passed).Select(r => $"{r.CheckId}: {r.Observed}").ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Mutations))]
    public void a_mistake_is_noticed_by_the_checks_it_concerns_and_by_no_other(string id, string mutationId)
    {
        var lab = Shipped.Lab(id);
        var mutation = lab.Mutations.Single(m => m.Id == mutationId);
        var failed = Results(lab, mutation.Apply(Solution(lab))).Where(r => !r.Passed).ToDictionary(r => r.CheckId, r => r.Observed);

        failed.Keys.Order().ShouldBe(mutation.Fails.Keys.Order(), string.Join("\n", failed.Select(f => $"{f.Key}: {f.Value}")));
        foreach (var (check, said) in mutation.Fails)
        {
            failed[check].ShouldContain(said, Case.Sensitive, $"what check {check} says");
        }
    }

    [Theory, MemberData(nameof(Labs))]
    public void every_check_notices_at_least_three_different_mistakes(string id)
    {
        var lab = Shipped.Lab(id);
        lab.Steps.SelectMany(s => s.Checks).Where(c => lab.Mutations.Count(m => m.Fails.ContainsKey(c.Id)) < 3)
            .Select(c => $"{c.Id}: {lab.Mutations.Count(m => m.Fails.ContainsKey(c.Id))}").ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Labs))]
    public void a_failed_check_says_what_it_saw(string id)
    {
        var lab = Shipped.Lab(id);
        Results(lab, Start(lab)).ShouldAllBe(r => r.Observed.Length > 10 && !r.Observed.Contains("could not be carried out"));
    }

    [Theory, MemberData(nameof(Labs))]
    public void no_recorded_secret_has_a_value(string id)
    {
        var lab = Shipped.Lab(id);
        foreach (var secret in new[] { lab.Recordings.StartPath, lab.Recordings.SolutionPath }.SelectMany(Shipped.Objects).Where(o => (string?)o["kind"] == "Secret"))
        {
            (secret["data"]?.AsObject() ?? []).ShouldAllBe(e => (string?)e.Value == "REDACTED");
            secret["stringData"].ShouldBeNull();
            (secret["metadata"]?["annotations"]?.AsObject() ?? []).Where(a => a.Key.EndsWith("last-applied-configuration")).ShouldBeEmpty();
        }
    }

    [Theory, MemberData(nameof(Labs))]
    public void a_lab_has_five_to_twelve_steps_and_three_faults(string id)
    {
        var lab = Shipped.Lab(id);
        lab.Steps.Count.ShouldBeInRange(5, 12);
        lab.Faults.Count.ShouldBeGreaterThanOrEqualTo(3);
    }

    private static ClusterSnapshot Start(Lab lab) => Shipped.Recording(lab.Recordings.StartPath);

    private static ClusterSnapshot Solution(Lab lab) => Shipped.Recording(lab.Recordings.SolutionPath);

    private static List<CheckResult> Results(Lab lab, ClusterSnapshot cluster) =>
        [.. LabChecker.Check(lab, cluster, lab.Namespace).Steps.SelectMany(s => s.Checks)];
}
