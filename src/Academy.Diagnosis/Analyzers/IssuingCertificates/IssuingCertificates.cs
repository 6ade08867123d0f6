using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.IssuingCertificates;

/// <summary>cert-manager: certificates that are not issued or have run out, and the issuer behind them.</summary>
internal sealed class IssuingCertificates : IAnalyzer
{
    private const string Group = ".cert-manager.io";

    public Rule Rule { get; } = new("ACD905", "Certificate is not issued", Severity.Error, nameof(IssuingCertificates), [Reasons.IssuerNotReady, Reasons.CertificateExpired, Reasons.CustomResourceNotReady]);

    public IEnumerable<Fact> Analyze(Cluster cluster)
    {
        foreach (var issuer in cluster.All("Issuer" + Group).Concat(cluster.All("ClusterIssuer" + Group)).Where(issuer => issuer.Condition("Ready").Text("status") == "False"))
        {
            var waiting = cluster.All("Certificate" + Group).Where(item => IssuerOf(item) == issuer.Ref && item.Condition("Ready").Text("status") != "True").Select(item => item.Ref).ToList();
            yield return new Fact(issuer.Ref, Reasons.IssuerNotReady, 0.94, $"{issuer.Kind} {issuer.Name} cannot issue certificates: {issuer.Condition("Ready").Text("message")}")
            {
                Evidence = [Quote.Field(issuer, "status.conditions[Ready]", $"{issuer.Condition("Ready").Text("reason")}: {issuer.Condition("Ready").Text("message")}")],
                Explains = [issuer.Ref, .. waiting],
                Fix = "Correct the issuer's settings (its account, server, or CA Secret).",
            };
        }

        foreach (var certificate in cluster.All("Certificate" + Group))
        {
            var ready = certificate.Condition("Ready");
            if (certificate.Status.Time("notAfter") is { } end && end < cluster.Now)
            {
                yield return new Fact(certificate.Ref, Reasons.CertificateExpired, 0.93, $"The certificate of {certificate.Name} ran out on {certificate.Status.Text("notAfter")} and was not renewed.")
                {
                    Evidence = [Quote.Field(certificate, "status.notAfter", certificate.Status.Text("notAfter"))],
                    Explains = [certificate.Ref],
                    DependsOn = [IssuerOf(certificate)],
                    Fix = "Repair its issuer and renew it (cmctl renew).",
                };
            }
            else if (ready.Text("status") == "False")
            {
                var at = IssuerOf(certificate);
                var exists = cluster.Exists(at.Kind + Group, at.Namespace, at.Name);
                yield return new Fact(exists ? certificate.Ref : at, exists ? Reasons.CustomResourceNotReady : Reasons.IssuerNotReady, exists ? 0.7 : 0.9, exists
                    ? $"Certificate {certificate.Name} is not ready: {ready.Text("message")}"
                    : $"Certificate {certificate.Name} wants {at.Kind} {at.Name}, which does not exist.")
                {
                    Strength = exists ? Strength.Vague : Strength.Certain,
                    Evidence = [Quote.Field(certificate, "status.conditions[Ready]", $"{ready.Text("reason")}: {ready.Text("message")}"), Quote.Field(certificate, "spec.issuerRef", $"{at.Kind}/{at.Name}")],
                    Explains = [certificate.Ref],
                    DependsOn = exists ? [at] : [],
                    Fix = exists ? "Look at its CertificateRequest and Order for the reason." : "Name an issuer that exists, or create it.",
                };
            }
        }
    }

    private static ObjectRef IssuerOf(KubeObject certificate)
    {
        var kind = certificate.Spec.Text("issuerRef", "kind") ?? "Issuer";
        return new ObjectRef(kind, kind == "ClusterIssuer" ? null : certificate.Namespace, certificate.Spec.Text("issuerRef", "name") ?? "");
    }
}
