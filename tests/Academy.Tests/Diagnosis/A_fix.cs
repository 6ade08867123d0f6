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
    [InlineData("oom-killed", "How much memory the program needs is not in the snapshot.")]
    [InlineData("liveness-probe-timeout", "How long the program takes to answer is not in the snapshot.")]
    [InlineData("startup-probe-too-short", "How long the program takes to start is not in the snapshot.")]
    public void of_a_pod_template_is_of_unknown_effect_where_the_program_decides(string reason, string because)
    {
        var fixes = Fixes(reason).Where(fix => fix.Patch is not null).ToList();

        fixes.ShouldNotBeEmpty();
        fixes.ShouldAllBe(fix => fix.Predicted == Fix.Unknown && fix.Because == because);
    }

    [Theory]
    [InlineData("taint-no-toleration")]
    [InlineData("env-var-typo")]
    [InlineData("readiness-wrong-port")]
    [InlineData("run-as-non-root")]
    [InlineData("rbac-verb-missing")]
    [InlineData("ingress-missing-service")]
    public void of_what_the_objects_decide_is_predicted_to_remove_the_cause(string recording)
    {
        var fix = Diagnoser.Diagnose(Recording.Load(recording).Snapshot).RootCauses[0].Fix;

        fix.Predicted.ShouldBe(Fix.Removes, fix.Because);
        fix.Because.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void that_leads_the_new_pods_into_another_trouble_is_predicted_not_to_be_enough()
    {
        // Tolerating the taint brings the pods to a node that has no room for them.
        var recording = Recording.Load("taint-no-toleration");
        var objects = recording.Objects.Select(item => (JsonObject)item.DeepClone()).ToList();
        foreach (var spec in objects.Where(item => (string)item["kind"]! is "Deployment" or "Pod").Select(item => (item["spec"]!["template"]?["spec"] ?? item["spec"])!))
        {
            spec["containers"]![0]!["resources"] = new JsonObject { ["requests"] = new JsonObject { ["cpu"] = "900" } };
        }

        var cause = Diagnoser.Diagnose(ClusterSnapshot.Create(objects, [], recording.TakenAt)).RootCauses.Single();

        cause.Reason.ShouldBe("untolerated-taint");
        cause.Fix.Predicted.ShouldBe(Fix.Remains);
        cause.Fix.Because!.ShouldContain("insufficient-cpu");
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
        ((string?)ReportJson.ToNode(report)["rootCauses"]![0]!["fix"]!["because"]).ShouldNotBeNullOrEmpty();
        ReportMarkdown.Write(report).ShouldContain("predicted on this snapshot, not proven");
    }

    private static List<Fix> Fixes(string reason) =>
        [.. Situations(reason).SelectMany(situation => Diagnoser.Diagnose(situation.Snapshot).RootCauses).Where(cause => cause.Reason == reason).Select(cause => cause.Fix)];

    private static List<Situation> Situations(string reason, [CallerFilePath] string here = "") =>
        [.. Directory.GetFiles(Path.Combine(Path.GetDirectoryName(here)!, "Cases", reason), "*.yaml").Order(StringComparer.Ordinal).Select(Situation.Load)];
}
