using System.Text.Json.Nodes;
using Academy.Diagnosis;

namespace Academy.Curriculum.Checks;

/// <summary>Carries out single checks against one snapshot.</summary>
internal sealed class CheckRunner(SnapshotIndex index, CancellationToken ct)
{
    private const int MaxFailures = 4;

    // One diagnosis serves all the checks that ask for it.
    private readonly Lazy<DiagnosisReport> _diagnosis = new(() => Diagnoser.Diagnose(index.Cluster, index.Namespace, ct));

    public CheckResult Run(LabCheck check)
    {
        try
        {
            return check switch
            {
                AssertCheck assert => Assert(assert),
                AbsentCheck absent => Absent(absent),
                LogCheck log => Log(log),
                NoFindingsCheck healthy => NoFindings(healthy),
                _ => throw new InvalidOperationException($"no rule for {check.GetType().Name}"),
            };
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            // JSON that no API server writes (a key given twice, say) surfaces on access.
            return new CheckResult(check.Id, check.Title, false, 0, check.Points, $"This check could not be carried out: {Wording.Clean(e.Message)}");
        }
    }

    private CheckResult Assert(AssertCheck check)
    {
        var selected = index.Select(check.Selector);
        if (selected.Count == 0)
        {
            return Failed(check, 0, index.NothingFound(check.Selector), check.OnFailure);
        }

        var matches = selected.Select(o => (Object: o, Match: Matcher(o).Match(check.Demand, o, ""))).ToList();
        var good = matches.Count(m => m.Match.Complete);
        var needed = check.Quantifier == Quantifier.All ? Math.Max(selected.Count, check.AtLeast) : check.AtLeast;
        if (good >= needed)
        {
            return Passed(check, $"{Wording.Names(matches.Where(m => m.Match.Complete).Select(m => Title(m.Object)))}: as expected");
        }

        var best = matches.Where(m => !m.Match.Complete).OrderByDescending(m => (double)m.Match.Held / m.Match.Total).FirstOrDefault();
        var counted = needed > 1 ? $"{good} of the {needed} needed {Plural(check.Selector)} are as expected" : "";
        var said = best.Object is null ? "" : Sentence(best.Object, best.Match.Failures);
        var share = matches.OrderByDescending(m => m.Match.Held).Take(needed).Sum(m => (double)m.Match.Held / m.Match.Total) / needed;
        return Failed(check, share, string.Join("; ", new[] { counted, said }.Where(s => s.Length > 0)), check.OnFailure);
    }

    private CheckResult Absent(AbsentCheck check)
    {
        if (index.Unreadable(check.Selector) is { } unreadable)
        {
            return Failed(check, 0, unreadable, check.OnFailure);
        }

        var found = index.Select(check.Selector).Where(o => Matcher(o).Match(check.Demand, o, "").Complete).ToList();
        return found.Count == 0
            ? Passed(check, $"no such {string.Join(" or ", check.Selector.Kinds)} in namespace {index.Namespace}")
            : Failed(check, 0, $"{Wording.Names(found.Select(Title))}: should not be there like this", check.OnFailure);
    }

    private CheckResult Log(LogCheck check)
    {
        var pods = index.Select(check.Pods).Select(SnapshotIndex.NameOf).ToHashSet(StringComparer.Ordinal);
        if (pods.Count == 0)
        {
            return Failed(check, 0, index.NothingFound(check.Pods), check.OnFailure);
        }

        var logs = index.Cluster.Logs
            .Where(l => l.Namespace == index.Namespace && pods.Contains(l.Pod) && !l.Previous && (check.Container is null || l.Container == check.Container)).ToList();
        if (logs.Count == 0)
        {
            return Failed(check, 0, $"no log was collected of {Wording.Names(pods)}", check.OnFailure);
        }

        var hit = logs.Select(l => (Log: l, Line: FirstLine(l, check))).FirstOrDefault(h => h.Line is not null);
        return (hit.Line, check.MustNotOccur) switch
        {
            ({ } line, false) => Passed(check, $"{hit.Log.Pod} wrote \"{Wording.Clean(line)}\""),
            ({ } line, true) => Failed(check, 0, $"{hit.Log.Pod}, container {hit.Log.Container}, wrote \"{Wording.Clean(line)}\"", check.OnFailure),
            (null, true) => Passed(check, $"no such line in the logs of {Wording.Names(logs.Select(l => l.Pod).Distinct())}"),
            _ => Failed(check, 0, $"no such line in the logs of {Wording.Names(logs.Select(l => l.Pod).Distinct())}", check.OnFailure),
        };
    }

    // Says what is broken, not why: finding that out is the student's part, and the hints' after it.
    private CheckResult NoFindings(NoFindingsCheck check)
    {
        if (index.OfKinds(Pods).Count == 0)
        {
            return Failed(check, 0, index.NothingFound(Pods), check.OnFailure);
        }

        var found = _diagnosis.Value.RootCauses.Where(c => check.Reasons.Count == 0 || check.Reasons.Contains(c.Reason)).ToList();
        return found.Count == 0
            ? Passed(check, $"nothing is broken in namespace {index.Namespace}")
            : Failed(check, 0, $"something is wrong with {Wording.Names(found.Select(c => $"{c.Kind} {c.Name}").Distinct())}", check.OnFailure);
    }

    private static ObjectSelector Pods { get; } = new(["Pod"], null, null, new Dictionary<string, string>());

    private static string? FirstLine(ContainerLog log, LogCheck check)
    {
        foreach (var line in log.Text.AsSpan().EnumerateLines())
        {
            if (check.Line.IsMatch(line))
            {
                return line.ToString();
            }
        }

        return null;
    }

    private TreeMatcher Matcher(JsonObject item) => new(index.Namespace, SnapshotIndex.KindOf(item) == "Secret");

    private static string Title(JsonObject item) => $"{Wording.Clean(SnapshotIndex.KindOf(item))} {Wording.Clean(SnapshotIndex.NameOf(item))}";

    private static string Sentence(JsonObject item, IReadOnlyList<string> failures) =>
        $"{Title(item)}: {string.Join("; ", failures.Take(MaxFailures))}" + (failures.Count > MaxFailures ? $"; and {failures.Count - MaxFailures} more" : "");

    private static string Plural(ObjectSelector selector) => string.Join(" or ", selector.Kinds.Select(k => k.EndsWith('s') ? k : k + "s"));

    private static CheckResult Passed(LabCheck check, string observed) => new(check.Id, check.Title, true, check.Points, check.Points, observed);

    // A failed check never earns all of its points.
    private static CheckResult Failed(LabCheck check, double share, string observed, string? onFailure) =>
        new(check.Id, check.Title, false, Math.Clamp((int)(check.Points * share), 0, Math.Max(0, check.Points - 1)), check.Points,
            onFailure is null ? observed : $"{observed}. {onFailure.Trim()}");
}
