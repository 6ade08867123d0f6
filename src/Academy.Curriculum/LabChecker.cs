using Academy.Curriculum.Checks;
using Academy.Diagnosis;

namespace Academy.Curriculum;

/// <summary>Looks whether a cluster is where the steps of a lab want it. Pure: the same snapshot gives the same report.</summary>
public static class LabChecker
{
    /// <param name="ns">The namespace in which the student does the lab.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static CheckReport Check(Lab lab, ClusterSnapshot cluster, string ns, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(lab);
        ArgumentNullException.ThrowIfNull(cluster);
        var runner = new CheckRunner(new SnapshotIndex(cluster, ns), ct);
        return new CheckReport([.. lab.Steps.Select(step => Step(step, runner))]);
    }

    private static StepResult Step(LabStep step, CheckRunner runner)
    {
        var results = step.Checks.Select(runner.Run).ToList();
        return new StepResult(step.Id, results.All(r => r.Passed), results);
    }
}
