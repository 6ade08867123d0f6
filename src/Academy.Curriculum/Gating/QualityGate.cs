using Academy.Diagnosis;

namespace Academy.Curriculum.Gating;

/// <summary>
/// Tests the checks of a lab: each fails on the start, passes on the worked solution, and notices at least three solutions gone wrong; no
/// other check notices those. A check that could not be carried out counts as neither. Hints climb their ladder.
/// </summary>
public static class QualityGate
{
    public const int MutationsPerCheck = 3;

    /// <param name="read">Reads a recording: a folder with objects.json and logs/.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static GateReport Run(Lab lab, Func<string, ClusterSnapshot> read, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(lab);
        var problems = new List<GateProblem>();
        var solution = Subject(lab, lab.Recordings.Solution, read);
        var atStart = Results(lab, Subject(lab, lab.Recordings.Start, read), ct);
        var atSolution = Results(lab, solution, ct);
        problems.AddRange(atStart.Values.Where(r => r.Outcome != CheckOutcome.Failed).Select(r => new GateProblem(r.CheckId, $"does not fail at the start: {r.Observed}")));
        problems.AddRange(atSolution.Values.Where(r => !r.Passed).Select(r => new GateProblem(r.CheckId, $"does not pass on the solution: {r.Observed}")));
        var noticed = lab.Mutations.SelectMany(m => Noticed(lab, m, solution, problems, ct).Select(c => (Check: c, Mutation: m.Id))).ToLookup(n => n.Check, n => n.Mutation);
        var checks = lab.Steps.SelectMany(s => s.Checks.Select(c => new GatedCheck(s.Id, c.Id, atStart[c.Id], atSolution[c.Id], [.. noticed[c.Id]]))).ToList();
        problems.AddRange(checks.Where(c => c.Noticed.Count < MutationsPerCheck)
            .Select(c => new GateProblem(c.CheckId, $"notices {c.Noticed.Count} mutations; {MutationsPerCheck} are needed")));
        problems.AddRange(lab.Steps.SelectMany(s => HintLadder.Problems(s).Select(p => new GateProblem(s.Id, p))));
        return new GateReport(lab.Id, checks, problems);
    }

    /// <summary>A state of a lab as its checks see it.</summary>
    /// <param name="read">Reads a recording: a folder with objects.json and logs/.</param>
    public static LabSubject Subject(Lab lab, LabState state, Func<string, ClusterSnapshot> read)
    {
        ArgumentNullException.ThrowIfNull(lab);
        ArgumentNullException.ThrowIfNull(state);
        return new LabSubject
        {
            Main = lab.NeedsCluster ? new ClusterSubject(read(state.RecordingPath), lab.Namespace) : null,
            Clusters = state.Clusters.ToDictionary(c => c.Key, c => new ClusterSubject(read(c.Value), lab.Namespace)),
            Artefacts = state.Artefacts.ToDictionary(a => a.Key, a => (ReadOnlyMemory<byte>)File.ReadAllBytes(a.Value)),
            Answers = state.Answers.DistinctBy(a => a.Question).ToDictionary(a => a.Question, a => a.Answer),
        };
    }

    /// <summary>The worked solution with the edits of a mutation.</summary>
    /// <exception cref="ArgumentException">An edit hits nothing.</exception>
    public static LabSubject Mutated(Lab lab, LabMutation mutation, LabSubject solution)
    {
        try
        {
            return Mutating.Apply(lab, mutation, solution);
        }
        catch (EditException e)
        {
            throw new ArgumentException($"mutation {mutation.Id}: {e.Message}", nameof(mutation), e);
        }
    }

    private static List<string> Noticed(Lab lab, LabMutation mutation, LabSubject solution, List<GateProblem> problems, CancellationToken ct)
    {
        Dictionary<string, CheckResult> results;
        try
        {
            results = Results(lab, Mutating.Apply(lab, mutation, solution), ct);
        }
        catch (EditException e)
        {
            problems.Add(new GateProblem(mutation.Id, e.Message));
            return [];
        }

        var noticed = new List<string>();
        foreach (var result in results.Values)
        {
            var problem = (mutation.Fails.TryGetValue(result.CheckId, out var said), result.Outcome) switch
            {
                (_, CheckOutcome.NotCarriedOut) => $"check {result.CheckId} was not carried out: {result.Observed}",
                (true, CheckOutcome.Passed) => $"check {result.CheckId} does not notice it",
                (false, CheckOutcome.Failed) => $"check {result.CheckId} notices it and is not named: {result.Observed}",
                (true, _) when !result.Observed.Contains(said!, StringComparison.Ordinal) => $"check {result.CheckId} says \"{result.Observed}\", not \"{said}\"",
                _ => null,
            };
            if (problem is not null)
            {
                problems.Add(new GateProblem(mutation.Id, problem));
            }
            else if (said is not null)
            {
                noticed.Add(result.CheckId);
            }
        }

        return noticed;
    }

    private static Dictionary<string, CheckResult> Results(Lab lab, LabSubject subject, CancellationToken ct) =>
        LabChecker.Check(lab, subject, ct).Steps.SelectMany(s => s.Checks).ToDictionary(c => c.CheckId);
}
