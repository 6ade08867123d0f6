using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Academy.Diagnosis;

namespace Academy.Tests.Diagnosis;

public sealed class A_fix
{
    [Theory]
    [InlineData("ingress-class-not-found")]
    [InlineData("rollout-paused")]
    [InlineData("service-selector-mismatch")]
    [InlineData("service-target-port-mismatch")]
    public void that_takes_the_cause_from_the_snapshot_is_predicted_to_remove_it(string reason)
    {
        var fixes = Fixes(reason);

        fixes.ShouldContain(fix => fix.Predicted == Fix.Removes);
    }

    [Theory]
    [InlineData("oom-killed")]
    [InlineData("liveness-probe-wrong-port")]
    public void of_a_pod_template_is_of_unknown_effect_since_its_pods_would_be_new(string reason)
    {
        var fixes = Fixes(reason).Where(fix => fix.Patch is not null).ToList();

        fixes.ShouldNotBeEmpty();
        fixes.ShouldAllBe(fix => fix.Predicted == Fix.Unknown);
    }

    [Fact]
    public void without_a_patch_predicts_nothing() =>
        Fixes("node-selector-mismatch").Where(fix => fix.Patch is null).ShouldAllBe(fix => fix.Predicted == null);

    [Fact]
    public void that_is_predicted_makes_the_patched_objects_healthy_when_they_are_diagnosed_anew()
    {
        var situation = Situations("ingress-class-not-found")[0].Snapshot;
        var before = string.Join('\n', situation.Objects.Select(item => item.ToJsonString()));
        var cause = Diagnoser.Diagnose(situation).RootCauses.Single();

        var repaired = situation.Objects.Select(item => (JsonObject)item.DeepClone()).ToList();
        repaired.Single(item => (string?)item["kind"] == "Ingress")["spec"]!["ingressClassName"] = cause.Fix.Patch!["spec"]!["ingressClassName"]!.DeepClone();

        cause.Fix.Predicted.ShouldBe(Fix.Removes);
        Diagnoser.Diagnose(ClusterSnapshot.Create(repaired, situation.Logs, situation.TakenAt)).Healthy.ShouldBeTrue();
        string.Join('\n', situation.Objects.Select(item => item.ToJsonString())).ShouldBe(before, "a trial works on a copy");
    }

    [Fact]
    public void is_written_with_what_is_predicted()
    {
        var report = Diagnoser.Diagnose(Situations("rollout-paused")[0].Snapshot);

        ((string?)ReportJson.ToNode(report)["rootCauses"]![0]!["fix"]!["predicted"]).ShouldBe("removes");
        ReportText.Write(report).ShouldContain("would remove the cause: predicted on this snapshot, not proven");
        ReportMarkdown.Write(report).ShouldContain("predicted on this snapshot, not proven");
    }

    private static List<Fix> Fixes(string reason) =>
        [.. Situations(reason).SelectMany(situation => Diagnoser.Diagnose(situation.Snapshot).RootCauses).Where(cause => cause.Reason == reason).Select(cause => cause.Fix)];

    private static List<Situation> Situations(string reason, [CallerFilePath] string here = "") =>
        [.. Directory.GetFiles(Path.Combine(Path.GetDirectoryName(here)!, "Cases", reason), "*.yaml").Order(StringComparer.Ordinal).Select(Situation.Load)];
}
