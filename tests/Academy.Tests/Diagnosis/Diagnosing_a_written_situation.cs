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

    private static string Root([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Cases");
}
