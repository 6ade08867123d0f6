using System.Text.Json.Nodes;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.RunningPipelines;

/// <summary>Workflows and pipeline runs: the step that failed, and whether an artifact was missing.</summary>
internal sealed class RunningPipelines : IAnalyzer
{
    public Rule Rule { get; } = new("ACD907", "Pipeline step fails", Severity.Error, nameof(RunningPipelines), [Reasons.PipelineStepFailed, Reasons.PipelineArtifactMissing]);

    public IEnumerable<Fact> Analyze(Cluster cluster) =>
        cluster.All("Workflow.argoproj.io").Where(run => run.Status.Text("phase") is "Failed" or "Error").Select(Argo)
            .Concat(((string[])["PipelineRun.tekton.dev", "TaskRun.tekton.dev"]).SelectMany(cluster.All).Where(run => run.Condition("Succeeded").Text("status") == "False").Select(Tekton))
            .Select(fact => fact with { Explains = [fact.Subject] });

    private static Fact Argo(KubeObject run)
    {
        var nodes = run.Status.At("nodes").Members().Select(pair => pair.Value).OfType<JsonObject>().ToList();
        var failed = nodes.Where(node => node.Text("phase") is "Failed" or "Error")
            .OrderByDescending(node => node.Text("type") == "Pod")
            .ThenBy(node => node.Text("finishedAt"), StringComparer.Ordinal)
            .ThenBy(node => node.Text("name"), StringComparer.Ordinal)
            .FirstOrDefault();
        var message = failed.Text("message") ?? run.Status.Text("message") ?? "";
        var artifact = Missing(message);
        var step = failed.Text("displayName") ?? failed.Text("name") ?? "a step";
        return new Fact(run.Ref, artifact ? Reasons.PipelineArtifactMissing : Reasons.PipelineStepFailed, artifact ? 0.93 : 0.8, artifact
            ? $"Step {step} of Workflow {run.Name} does not find an artifact it needs: {Quote.Cut(message)}"
            : $"Step {step} of Workflow {run.Name} failed: {Quote.Cut(message)}")
        {
            Strength = artifact ? Strength.Certain : Strength.Vague,
            Evidence = [Quote.Field(run, "status.phase", run.Status.Text("phase")), Quote.Field(run, $"status.nodes[{failed.Text("id")}].message", message)],
            Fix = artifact ? "Make the earlier step write the artifact, or correct the key or path it is read from." : "Repair what the step runs; its pod's log tells more.",
        };
    }

    private static Fact Tekton(KubeObject run)
    {
        var condition = run.Condition("Succeeded");
        var message = condition.Text("message") ?? "";
        var artifact = Missing(message);
        return new Fact(run.Ref, artifact ? Reasons.PipelineArtifactMissing : Reasons.PipelineStepFailed, artifact ? 0.9 : 0.8, $"{run.Kind} {run.Name} failed: {Quote.Cut(message)}")
        {
            Strength = artifact ? Strength.Certain : Strength.Vague,
            Evidence = [Quote.Field(run, "status.conditions[Succeeded]", $"{condition.Text("reason")}: {message}")],
            Fix = "Repair what the step runs; its pod's log tells more.",
        };
    }

    private static bool Missing(string message) =>
        message.Contains("artifact", StringComparison.OrdinalIgnoreCase)
        && ((string[])["not found", "no such", "does not exist", "failed to find", "missing", "NoSuchKey", "unable to", "failed to load", "was not supplied"]).Any(word => message.Contains(word, StringComparison.OrdinalIgnoreCase))
        || message.Contains("NoSuchKey", StringComparison.Ordinal);
}
