using System.Text.RegularExpressions;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.CallingWebhooks;

/// <summary>Admission webhooks that cannot be asked, or that say no.</summary>
internal sealed partial class CallingWebhooks : IAnalyzer
{
    public Rule Rule { get; } = new("ACD504", "Admission webhook fails or refuses", Severity.Error, nameof(CallingWebhooks),
        [Reasons.WebhookServiceNotFound, Reasons.WebhookDenied, Reasons.WebhookTimeout, Reasons.CertificateExpired]);

    public IEnumerable<Fact> Analyze(Cluster cluster) =>
        from refusal in CreatingPods.Refusal.Of(cluster)
        let fact = Explain(cluster, refusal)
        where fact is not null
        select fact with { Evidence = [refusal.Evidence, .. fact.Evidence], Explains = [refusal.Workload.Ref] };

    private static Fact? Explain(Cluster cluster, CreatingPods.Refusal refusal)
    {
        var at = refusal.Workload.Ref;
        if (Denied().Match(refusal.Text) is { Success: true } denied)
        {
            return new Fact(at, Reasons.WebhookDenied, 0.92, $"Admission policy {denied.Groups["name"].Value} refuses the pods of {at.Kind} {at.Name}: {Quote.Cut(denied.Groups["why"].Value)}")
            {
                Fix = "Change the pod template so that the policy accepts it, or change the policy.",
            };
        }

        return Failed().Match(refusal.Text) is { Success: true } failed ? Unanswered(cluster, refusal, failed.Groups["name"].Value) : null;
    }

    private static Fact Unanswered(Cluster cluster, CreatingPods.Refusal refusal, string name)
    {
        var (config, client, path) = Find(cluster, name);
        var subject = config?.Ref ?? new ObjectRef("ValidatingWebhookConfiguration", null, name);
        var text = refusal.Text;
        var service = new ObjectRef("Service", client.Text("namespace") ?? "", client.Text("name") ?? Host().Match(text).Groups["service"].Value);
        var who = $"Pods of {refusal.Workload.Ref.Kind} {refusal.Workload.Ref.Name} cannot be created: webhook {name}";
        IReadOnlyList<Evidence> evidence = config is null ? [] : [Quote.Field(config, path + ".clientConfig.service", $"{service.Namespace}/{service.Name}"), Quote.Field(config, path + ".failurePolicy", config.Json.Items("webhooks").FirstOrDefault(hook => hook.Text("name") == name).Text("failurePolicy") ?? "Fail")];
        const string Fix = "Bring the webhook's Service back, or delete the webhook configuration, or set its failurePolicy to Ignore.";
        if (text.Contains("certificate has expired", StringComparison.OrdinalIgnoreCase))
        {
            return new Fact(subject, Reasons.CertificateExpired, 0.92, $"{who} shows an expired certificate.") { Evidence = evidence, Fix = "Renew the webhook's certificate and its caBundle." };
        }

        var gone = text.Contains($"service \"{service.Name}\" not found", StringComparison.Ordinal) || (text.Contains("not found", StringComparison.Ordinal) && !cluster.Exists("Service", service.Namespace, service.Name)) || text.Contains("no such host", StringComparison.Ordinal);
        return gone
            ? new Fact(subject, Reasons.WebhookServiceNotFound, 0.96, $"{who} points to Service {service.Namespace}/{service.Name}, which does not exist.") { Evidence = evidence, Fix = Fix }
            : new Fact(subject, Reasons.WebhookTimeout, 0.85, $"{who} does not answer.") { Evidence = evidence, Fix = Fix, DependsOn = cluster.Exists("Service", service.Namespace, service.Name) ? [service] : [] };
    }

    private static (KubeObject? Config, System.Text.Json.Nodes.JsonNode? Client, string Path) Find(Cluster cluster, string name)
    {
        foreach (var config in cluster.All("ValidatingWebhookConfiguration").Concat(cluster.All("MutatingWebhookConfiguration")))
        {
            var hooks = config.Json.Items("webhooks");
            for (var i = 0; i < hooks.Count; i++)
            {
                if (hooks[i].Text("name") == name)
                {
                    return (config, hooks[i].At("clientConfig", "service"), $"webhooks[{i}]");
                }
            }
        }

        return (null, null, "");
    }

    [GeneratedRegex("failed calling webhook \"(?<name>[^\"]+)\"", RegexOptions.CultureInvariant)]
    private static partial Regex Failed();

    [GeneratedRegex("(?:admission webhook|ValidatingAdmissionPolicy) [\"'](?<name>[^\"']+)[\"'](?: with binding '[^']+')? denied (?:the )?request(?: without explanation)?:? ?(?<why>.{0,300})", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Denied();

    [GeneratedRegex("https?://(?<service>[a-z0-9-]+)\\.(?<ns>[a-z0-9-]+)\\.svc", RegexOptions.CultureInvariant)]
    private static partial Regex Host();
}
