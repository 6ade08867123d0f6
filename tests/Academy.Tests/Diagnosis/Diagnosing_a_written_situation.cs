using System.Runtime.CompilerServices;
using Academy.Diagnosis;

namespace Academy.Tests.Diagnosis;

public sealed class Diagnosing_a_written_situation
{
    public static TheoryData<string> Cases => [.. Directory.GetFiles(Root(), "*.yaml", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(Root(), file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Cases))]
    public void names_the_cause_that_was_written_into_it(string file)
    {
        var situation = Situation.Load(Path.Combine(Root(), file));
        situation.Judge(Diagnoser.Diagnose(situation.Snapshot)).ShouldBeNull();
    }

    [Fact]
    public void is_exact_in_every_category_of_the_vocabulary()
    {
        var table = Directory.GetDirectories(Root()).Order(StringComparer.Ordinal).Select(folder =>
        {
            var judged = Directory.GetFiles(folder, "*.yaml").Select(Situation.Load).Select(situation => situation.Judge(Diagnoser.Diagnose(situation.Snapshot))).ToList();
            return (Category: Path.GetFileName(folder), Exact: judged.Count(verdict => verdict is null), All: judged.Count);
        }).ToList();
        foreach (var (category, exact, all) in table)
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"{category,-36} {exact,3} of {all,3}");
        }

        table.Where(row => row.Exact < row.All).ShouldBeEmpty();
        table.Sum(row => row.All).ShouldBeGreaterThan(150);
    }

    private static string Root([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Cases");
}
