using System.Text.Json.Nodes;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.ReconcilingResources;

/// <summary>Any custom resource whose own conditions say that it is not well, unless something under it says why.</summary>
internal sealed class ReconcilingResources : IAnalyzer
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private static readonly HashSet<string> Good = ["Ready", "Available", "Healthy", "Succeeded", "Established", "Synced", "Reconciled", "Complete", "Accepted", "Programmed", "PredictorReady", "Bound", "Valid", "DeploymentReady", "QuotaReserved", "ResourcesReady", "Initialized", "Resolved"];
    private static readonly HashSet<string> Bad = ["Failed", "Degraded", "Stalled", "Error", "ReconcileError", "ReconcileFailed", "ErrorOccurred", "Failure"];

    /// <summary>Kinds with a rule of their own.</summary>
    private static readonly HashSet<string> Covered = ["Certificate", "CertificateRequest", "Order", "Challenge", "Issuer", "ClusterIssuer", "Application", "GitRepository", "HelmRepository", "OCIRepository", "HelmChart", "Bucket", "HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "PodMetrics", "NodeMetrics"];

    public Rule Rule { get; } = new("ACD906", "Custom resource is not ready", Severity.Error, nameof(ReconcilingResources), [Reasons.CustomResourceNotReady, Reasons.TrainingWorkerFailed, Reasons.ModelNotFound, Reasons.NotebookNotScheduled]);

    public IEnumerable<Fact> Analyze(Cluster cluster)
    {
        foreach (var item in cluster.CustomResources.Where(item => !Covered.Contains(item.Kind) && item.Deleting is null))
        {
            if ((Unwell(cluster, item) ?? ByPhase(item)) is { } condition)
            {
                var model = item.Kind == "InferenceService" && (item.Status.Text("modelStatus", "lastFailureInfo", "reason") ?? "").Contains("Model", StringComparison.Ordinal);
                var training = Logs.Crashes.IsTraining(item.Kind);
                var failure = item.Status.Text("modelStatus", "lastFailureInfo", "message");
                yield return new Fact(item.Ref, model ? Reasons.ModelNotFound : training ? Reasons.TrainingWorkerFailed : item.Kind == "Notebook" ? Reasons.NotebookNotScheduled : Reasons.CustomResourceNotReady, model ? 0.85 : cluster.WorkloadAt(item.Ref) is { Pods.Count: > 0 } ? 0.42 : 0.75,
                    $"{item.Kind} {item.Name} reports {condition.Text("type")}={condition.Text("status")}: {failure ?? condition.Text("message") ?? condition.Text("reason")}")
                {
                    Strength = model ? Strength.Likely : Strength.Vague,
                    Evidence =
                    [
                        Quote.Field(item, condition.Text("type") is { } type && char.IsAsciiLetterLower(type[0]) ? $"status.{type}" : $"status.conditions[{condition.Text("type")}]", $"{condition.Text("status")} {condition.Text("reason")}: {condition.Text("message")}"),
                        .. failure is null ? (Evidence[])[] : [Quote.Field(item, "status.modelStatus.lastFailureInfo.message", failure)],
                    ],
                    Explains = [item.Ref],
                    DependsOn = [.. Under(cluster, item)],
                    Fix = "Do what the condition's message asks for; the log of its controller tells more.",
                };
            }
        }
    }

    private static readonly HashSet<string> Down = new(StringComparer.OrdinalIgnoreCase) { "Failed", "Error", "Degraded", "Unhealthy", "Unavailable", "Broken", "Crashed", "Rejected", "Invalid" };

    /// <summary>Controllers that write no conditions write a phase or a state, as a condition would say it.</summary>
    private static JsonObject? ByPhase(KubeObject item)
    {
        if (item.Status.Items("conditions").Any(condition => condition.Text("type") is "Ready" or "Available" or "Succeeded" or "Complete" or "Healthy" && condition.Text("status") == "True"))
        {
            return null;
        }

        foreach (var field in (string[])["phase", "state", "health", "status"])
        {
            var value = item.Status.Text(field) ?? item.Status.Text(field, "status") ?? item.Status.Text(field, "state");
            if (value is not null && Down.Contains(value))
            {
                return new JsonObject { ["type"] = field, ["status"] = value, ["reason"] = item.Status.Text("reason"), ["message"] = item.Status.Text("message") ?? item.Status.Text("error") ?? item.Status.Text("errorMessage") ?? item.Status.Text("reason") };
            }
        }

        return null;
    }

    private static JsonObject? Unwell(Cluster cluster, KubeObject item)
    {
        var conditions = item.Status.Items("conditions");
        if (conditions.Any(condition => condition.Text("type") is "Succeeded" or "Complete" && condition.Text("status") == "True"))
        {
            return null;
        }

        // A component that is turned off says so in its reason.
        return conditions
            .Where(condition => condition.Text("lastTransitionTime") is null || cluster.Now - condition.Time("lastTransitionTime") > Patience)
            .Where(condition => !Deliberate(condition))
            .Where(condition => (condition.Text("status") == "False" && Good.Contains(condition.Text("type") ?? "")) || (condition.Text("status") == "True" && Bad.Contains(condition.Text("type") ?? "")))
            .OrderByDescending(condition => condition.Text("type") is "Ready" or "Failed")
            .ThenByDescending(condition => condition.Text("message")?.Length ?? 0)
            .Where(condition => condition.Text("type") is not ("Succeeded" or "Complete") || Bad.Any(word => condition.Text("reason")?.Contains(word, StringComparison.OrdinalIgnoreCase) == true))
            .FirstOrDefault();
    }

    private static bool Deliberate(JsonObject condition) =>
        ((string[])["Paused", "Suspended", "Disabled", "Progressing", "Pending", "InProgress", "Creating", "Initializing", "Running", "Stopped", "Culled"]).Any(word => condition.Text("reason")?.Contains(word, StringComparison.OrdinalIgnoreCase) == true);

    /// <summary>What it owns or names, and what its pods need: the trouble is often there.</summary>
    private static IEnumerable<ObjectRef> Under(Cluster cluster, KubeObject item)
    {
        foreach (var need in cluster.WorkloadAt(item.Ref) is { Pods.Count: > 0 } ? new Dependencies(cluster).Of(item.Ref) : [])
        {
            yield return need;
        }

        foreach (var workload in cluster.WorkloadsIn(item.Namespace).Where(workload => workload.Ref != item.Ref && (workload.Object?.Owners.Any(owner => owner.Text("name") == item.Name && owner.Text("kind") == item.Kind) == true || workload.PodLabels.Any(label => label.Value == item.Name && label.Key.Contains('/', StringComparison.Ordinal)))))
        {
            yield return workload.Ref;
        }

        foreach (var (key, value) in item.Spec.Members())
        {
            if (key.EndsWith("Ref", StringComparison.Ordinal) && value.Text("name") is { } name)
            {
                yield return new ObjectRef(value.Text("kind") ?? (key.Contains("secret", StringComparison.OrdinalIgnoreCase) ? "Secret" : ""), value.Text("namespace") ?? item.Namespace, name);
            }
        }
    }
}
