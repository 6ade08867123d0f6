using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.SyncingApplications;

/// <summary>GitOps: Argo CD Applications and Flux sources that cannot be fetched or do not match the cluster.</summary>
internal sealed class SyncingApplications : IAnalyzer
{
    public Rule Rule { get; } = new("ACD904", "Application is not in sync with its source", Severity.Error, nameof(SyncingApplications), [Reasons.ApplicationOutOfSync, Reasons.ApplicationSourceNotFound, Reasons.ImmutableFieldChanged]);

    public IEnumerable<Fact> Analyze(Cluster cluster) =>
        cluster.All("Application.argoproj.io").Select(Argo)
            .Concat(((string[])["GitRepository.source.toolkit.fluxcd.io", "HelmRepository.source.toolkit.fluxcd.io", "OCIRepository.source.toolkit.fluxcd.io", "HelmChart.source.toolkit.fluxcd.io", "Bucket.source.toolkit.fluxcd.io"]).SelectMany(cluster.All).Select(FluxSource))
            .OfType<Fact>()
            .Select(fact => fact with { Explains = [fact.Subject, .. fact.Explains] });

    private static Fact? Argo(KubeObject application)
    {
        var source = application.Spec.At("source") ?? application.Spec.Items("sources").Head();
        var error = application.Status.Items("conditions").FirstOrDefault(condition => condition.Text("type")?.EndsWith("Error", StringComparison.Ordinal) == true);
        var message = $"{error.Text("message")} {application.Status.Text("operationState", "message")}";
        if (error is not null && error.Text("type") is "ComparisonError" or "InvalidSpecError" && !Immutable(message))
        {
            return new Fact(application.Ref, Reasons.ApplicationSourceNotFound, 0.93, $"Application {application.Name} cannot read its source {source.Text("repoURL")} ({source.Text("path") ?? source.Text("chart")} at {source.Text("targetRevision") ?? "HEAD"}).")
            {
                Evidence = [Quote.Field(application, $"status.conditions[{error.Text("type")}]", error.Text("message")), Quote.Field(application, "spec.source", source?.ToJsonString())],
                Fix = "Correct the repository's address, path or revision, or its credentials.",
            };
        }

        if (Immutable(message))
        {
            return new Fact(application.Ref, Reasons.ImmutableFieldChanged, 0.9, $"Application {application.Name} cannot be synced: its source changes a field that cannot be changed.")
            {
                Evidence = [Quote.Field(application, "status.operationState.message", message.Trim())],
                Fix = "Delete the object and let it be created anew, or take the change back.",
            };
        }

        return application.Status.Text("sync", "status") == "OutOfSync" && application.Status.Text("operationState", "phase") != "Running"
            ? new Fact(application.Ref, Reasons.ApplicationOutOfSync, 0.88, $"Application {application.Name} differs from its source{(application.Status.Text("operationState", "phase") is "Failed" or "Error" ? ", and its last sync failed" : "")}.")
            {
                Evidence =
                [
                    Quote.Field(application, "status.sync.status", "OutOfSync"),
                    .. application.Status.Text("operationState", "message") is { } said ? (Evidence[])[Quote.Field(application, "status.operationState.message", said)] : [],
                    .. application.Status.Items("resources").Where(item => item.Text("status") == "OutOfSync").Take(2).Select(item => Quote.Field(application, "status.resources", $"{item.Text("kind")}/{item.Text("name")} OutOfSync")),
                ],
                Fix = "Sync it (argocd app sync), or enable automated sync; if the sync fails, repair what its message names.",
            }
            : null;
    }

    private static Fact? FluxSource(KubeObject source)
    {
        var ready = source.Condition("Ready");
        return ready.Text("status") == "False"
            ? new Fact(source.Ref, Reasons.ApplicationSourceNotFound, 0.92, $"{source.Kind} {source.Name} cannot be fetched: {ready.Text("message")}")
            {
                Evidence = [Quote.Field(source, "status.conditions[Ready]", $"{ready.Text("reason")}: {ready.Text("message")}"), Quote.Field(source, "spec.url", source.Spec.Text("url"))],
                Fix = "Correct the address or revision of the source, or its credentials.",
            }
            : null;
    }

    private static bool Immutable(string message) => message.Contains("immutable", StringComparison.OrdinalIgnoreCase) || message.Contains("updates to statefulset spec", StringComparison.OrdinalIgnoreCase);
}
