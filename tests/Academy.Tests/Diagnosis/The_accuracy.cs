using System.Runtime.CompilerServices;
using Academy.Diagnosis;

namespace Academy.Tests.Diagnosis;

public sealed class The_accuracy
{
    /// <summary>Prints its table into the output of the run, whether it passes or not.</summary>
    [Fact]
    public void is_full_in_every_category_and_shown_as_a_table()
    {
        var written = Situations().Select(situation => (Category: Category(situation.Reason), IsExact: situation.Judge(Diagnoser.Diagnose(situation.Snapshot)) is null));
        var recorded = Recording.Names().Select(Recording.Load).Select(recording => (Category: "recorded clusters", IsExact: recording.Judge(Diagnoser.Diagnose(recording.Snapshot, recording.Namespace)) is null));
        var tried = Recording.Trials().Select(name => Recording.Trial(name)).Select(recording => (Category: "recorded on one real node", IsExact: recording.Judge(Diagnoser.Diagnose(recording.Snapshot, recording.Namespace)) is null));
        var table = written.Concat(recorded).Concat(tried).GroupBy(row => row.Category).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => (Category: group.Key, Exact: group.Count(row => row.IsExact), All: group.Count())).ToList();

        Console.Out.WriteLine(string.Join('\n', table.Select(row => $"{row.Category,-34} {row.Exact,4} of {row.All,4}").Prepend("Accuracy of the diagnosis (exact: object, reason and no innocent blamed)").Append("")));

        table.Where(row => row.Exact < row.All).ShouldBeEmpty();
        table.Sum(row => row.All).ShouldBeGreaterThan(300);
    }

    // The rule that gives a reason stands for the field it belongs to.
    private static string Category(string? reason) =>
        reason is null ? "healthy" : Rules.All.FirstOrDefault(rule => rule.Reasons.Contains(reason)) is { } rule ? $"{rule.Id} {rule.Folder}" : $"no rule gives {reason}";

    private static IEnumerable<Situation> Situations([CallerFilePath] string here = "") =>
        Directory.GetFiles(Path.Combine(Path.GetDirectoryName(here)!, "Cases"), "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Situation.Load);
}
