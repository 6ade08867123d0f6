using System.Text.Json.Nodes;

namespace Academy.Curriculum.Checks;

/// <summary>Holds objects, of a cluster or of an artefact, against assertions.</summary>
internal static class ObjectChecks
{
    private const int MaxFailures = 4;

    public static CheckResult Assert(LabCheck check, ObjectDemand demand, SnapshotIndex index)
    {
        var selector = demand.Selector;
        var selected = index.Select(selector);
        var matches = selected.Select(o => (Object: o, Match: Matcher(o, index).Match(demand.Demand, o, ""))).ToList();
        var good = matches.Where(m => m.Match.Complete).Select(m => SnapshotIndex.TitleOf(m.Object)).ToList();
        var needed = demand.All ? Math.Max(selected.Count, demand.AtLeast) : demand.AtLeast;
        if (good.Count > demand.AtMost)
        {
            return Verdict.Failed(check, $"{good.Count} {Plural(selector)} are like this, at most {demand.AtMost} should be: {Wording.Names(good)}");
        }

        if ((good.Count < needed || demand.AtMost is not null) && index.Unreadable(selector.Kinds) is { } unreadable)
        {
            return Verdict.NotCarriedOut(check, unreadable);
        }

        if (good.Count >= needed)
        {
            return Verdict.Passed(check, good.Count > 0 ? $"{Wording.Names(good)}: as expected" : $"no such {Kinds(selector)} in {index.Place(selector)}");
        }

        if (selected.Count == 0)
        {
            return Verdict.Failed(check, index.NothingFound(selector));
        }

        var best = matches.Where(m => !m.Match.Complete).OrderByDescending(m => (double)m.Match.Held / m.Match.Total).FirstOrDefault();
        var counted = needed > 1 ? $"{good.Count} of the {needed} needed {Plural(selector)} are as expected" : "";
        var said = best.Object is null ? "" : $"{SnapshotIndex.TitleOf(best.Object)}: {Failures(best.Match)}";
        var share = matches.OrderByDescending(m => m.Match.Held).Take(needed).Sum(m => (double)m.Match.Held / m.Match.Total) / needed;
        return Verdict.Failed(check, string.Join("; ", new[] { counted, said }.Where(s => s.Length > 0)), share);
    }

    public static CheckResult Absent(LabCheck check, ObjectSelector selector, Fields demand, SnapshotIndex index)
    {
        if (index.Unreadable(selector.Kinds) is { } unreadable)
        {
            return Verdict.NotCarriedOut(check, unreadable);
        }

        var found = index.Select(selector).Where(o => Matcher(o, index).Match(demand, o, "").Complete).ToList();
        return found.Count == 0
            ? Verdict.Passed(check, $"no such {Kinds(selector)} in {index.Place(selector)}")
            : Verdict.Failed(check, $"{Wording.Names(found.Select(SnapshotIndex.TitleOf))}: should not be there like this");
    }

    /// <summary>The first few of what does not hold, as one sentence.</summary>
    public static string Failures(Match match) =>
        string.Join("; ", match.Failures.Take(MaxFailures)) + (match.Failures.Count > MaxFailures ? $"; and {match.Failures.Count - MaxFailures} more" : "");

    private static TreeMatcher Matcher(JsonObject item, SnapshotIndex index) => new(index.Namespace, SnapshotIndex.KindOf(item) == "Secret");

    private static string Kinds(ObjectSelector selector) => string.Join(" or ", selector.Kinds);

    private static string Plural(ObjectSelector selector) => string.Join(" or ", selector.Kinds.Select(k => k.EndsWith('s') ? k : k + "s"));
}
