using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Academy.Diagnosis;

namespace Academy.Tests.Diagnosis;

public sealed class A_finding_before_the_logs
{
    public static TheoryData<string> Recordings => [.. Recording.Names()];

    [Theory, MemberData(nameof(Recordings))]
    public void stands_in_the_report_with_the_logs(string name)
    {
        var recording = Recording.Load(name);
        NothingIsTakenBack(recording.Snapshot, recording.Namespace, name);
    }

    [Fact]
    public void stands_in_the_report_of_every_written_situation()
    {
        foreach (var situation in Situations())
        {
            NothingIsTakenBack(situation.Snapshot, null, situation.Name);
        }
    }

    [Theory]
    [InlineData("image-tag-missing", "image-not-found")]
    [InlineData("cascade-db-secret-missing", "secret-not-found")]
    [InlineData("node-selector-no-match", "node-selector-mismatch")]
    [InlineData("quota-used-by-other-workload", "quota-exceeded")]
    public void tells_what_the_objects_prove(string name, string reason) =>
        Early(Recording.Load(name).Snapshot, null).Select(cause => cause.Reason).ShouldContain(reason);

    [Theory]
    [InlineData("stale-db-password")]
    [InlineData("readiness-wrong-port")]
    [InlineData("healthy-web-stack")]
    public void waits_where_a_log_decides(string name) => Early(Recording.Load(name).Snapshot, null).ShouldBeEmpty();

    [Theory]
    [InlineData("image-tag-missing")]
    [InlineData("secret-volume-missing")]
    [InlineData("run-as-non-root")]
    public void is_the_same_where_the_cluster_is_so_large_that_only_a_part_is_looked_at_first(string name)
    {
        var recording = Recording.Load(name);
        var crowd = Enumerable.Range(0, 4_500).Select(i => new JsonObject { ["apiVersion"] = "v1", ["kind"] = "ConfigMap", ["metadata"] = new JsonObject { ["name"] = $"c{i}", ["namespace"] = $"team-{i % 40}" } });
        var large = ClusterSnapshot.Create(crowd.Concat(recording.Objects), recording.Logs, recording.TakenAt);

        Early(large, null).Select(Key).ShouldBe(Early(recording.Snapshot, null).Select(Key), ignoreOrder: true);
        NothingIsTakenBack(large, null, name);
    }

    [Fact]
    public void is_there_before_the_rest_is_looked_at()
    {
        var recording = Recording.Load("image-tag-missing");

        Diagnoser.Certain(recording.Snapshot, recording.Namespace).First().Reason.ShouldBe("image-not-found");
    }

    private static void NothingIsTakenBack(ClusterSnapshot snapshot, string? ns, string name)
    {
        var report = Diagnoser.Diagnose(snapshot, ns).RootCauses.Select(Key).ToList();
        Early(snapshot, ns).Select(Key).ShouldBeSubsetOf(report, name);
    }

    private static List<RootCause> Early(ClusterSnapshot snapshot, string? ns) =>
        [.. Diagnoser.Certain(ClusterSnapshot.Create(snapshot.Objects, [], snapshot.TakenAt, snapshot.Unreadable), ns)];

    private static (string, string?, string, string) Key(RootCause cause) => (cause.Kind, cause.Namespace, cause.Name, cause.Reason);

    private static IEnumerable<Situation> Situations([CallerFilePath] string here = "") =>
        Directory.GetFiles(Path.Combine(Path.GetDirectoryName(here)!, "Cases"), "*.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(Situation.Load);
}
