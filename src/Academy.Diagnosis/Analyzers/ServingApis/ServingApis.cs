using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.ServingApis;

/// <summary>Aggregated APIs whose server does not answer.</summary>
internal sealed class ServingApis : IAnalyzer
{
    public Rule Rule { get; } = new("ACD704", "Aggregated API is not available", Severity.Error, nameof(ServingApis), [Reasons.ApiserviceUnavailable]);

    public IEnumerable<Fact> Analyze(Cluster cluster) =>
        from api in cluster.All("APIService")
        let condition = api.Condition("Available")
        where condition.Text("status") == "False"
        let service = new ObjectRef("Service", api.Spec.Text("service", "namespace"), api.Spec.Text("service", "name") ?? "")
        select new Fact(api.Ref, Reasons.ApiserviceUnavailable, 0.92, $"API {api.Name} is not available: {condition.Text("message")}")
        {
            Evidence = [Quote.Field(api, "status.conditions[Available]", $"{condition.Text("reason")}: {condition.Text("message")}"), Quote.Field(api, "spec.service", $"{service.Namespace}/{service.Name}")],
            Explains = [api.Ref],
            DependsOn = cluster.Exists("Service", service.Namespace, service.Name) ? [service] : [],
            Fix = "Repair the server behind it, or delete the APIService if nothing serves it any more.",
        };
}
