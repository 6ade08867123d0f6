using Academy.Curriculum.Checks;
using Academy.Diagnosis;

namespace Academy.Curriculum;

/// <summary>Looks whether a student's work is where the steps of a lab want it. Pure: the same subject gives the same report.</summary>
public static class LabChecker
{
    /// <param name="ns">The namespace in which the student does the lab.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static CheckReport Check(Lab lab, ClusterSnapshot cluster, string ns, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(cluster);
        return Check(lab, LabSubject.Of(cluster, ns), ct);
    }

    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static CheckReport Check(Lab lab, LabSubject subject, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(lab);
        ArgumentNullException.ThrowIfNull(subject);
        var runner = new CheckRunner(lab, subject, ct);
        return new CheckReport([.. lab.Steps.Select(step => Step(step, runner))]);
    }

    /// <summary>What the checks of a lab want to know from services, each once. Ask before checking, and put the answers into the subject.</summary>
    public static IReadOnlyList<HttpQuestion> Questions(Lab lab)
    {
        ArgumentNullException.ThrowIfNull(lab);
        return [.. lab.Steps.SelectMany(s => s.Checks).OfType<HttpCheck>().Select(c => c.Question).Distinct()];
    }

    private static StepResult Step(LabStep step, CheckRunner runner)
    {
        var results = step.Checks.Select(runner.Run).ToList();
        return new StepResult(step.Id, results.All(r => r.Passed), results);
    }
}
