using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Logs;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.CrashingContainers;

/// <summary>Credentials and certificates that the other side refuses, traced to where they come from.</summary>
internal static class Credentials
{
    private static readonly string[] SecretWords = ["PASS", "SECRET", "TOKEN", "KEY", "CREDENTIAL", "AUTH", "URL", "URI", "DSN", "USER", "CONN"];

    public static Fact Explain(Complaint complaint)
    {
        const string Fix = "Put the credentials that the other side accepts there, then restart the pods.";
        if (FromSecret(complaint) is { } secret)
        {
            return CrashingContainers.Make(complaint, Reasons.WrongCredentials, 0.92, $"is refused with the credentials it takes from Secret {secret.Name}", Fix, new ObjectRef("Secret", complaint.Pod.Namespace, secret.Name), Quote.Field(complaint.Pod.Object, secret.Path, secret.Key is null ? secret.Name : $"{secret.Name}: {secret.Key}"));
        }

        var config = References.OfContainers(complaint.Workload.PodSpec).FirstOrDefault(reference => reference.Kind == "ConfigMap" && reference.Variable is { } variable && Secretive(variable));
        return config is not null
            ? CrashingContainers.Make(complaint, Reasons.WrongCredentials, 0.85, $"is refused with the credentials it takes from ConfigMap {config.Name}", Fix, new ObjectRef("ConfigMap", complaint.Pod.Namespace, config.Name))
            : CrashingContainers.Make(complaint, Reasons.WrongCredentials, 0.8, "is refused with the credentials it was given", Fix);
    }

    public static Fact Certificate(Cluster cluster, Complaint complaint)
    {
        var secrets = References.Of(complaint.Workload.PodSpec).Where(reference => reference.Kind == "Secret").Select(reference => cluster.Find("Secret", complaint.Pod.Namespace, reference.Name)).OfType<KubeObject>().ToList();
        var tls = secrets.FirstOrDefault(item => item.Json.Text("type") == "kubernetes.io/tls") ?? secrets.FirstOrDefault(item => item.Json.At("data").Members().Any(pair => pair.Key.EndsWith(".crt", StringComparison.Ordinal) || pair.Key.EndsWith(".pem", StringComparison.Ordinal)));
        return CrashingContainers.Make(complaint, Reasons.CertificateExpired, tls is null ? 0.75 : 0.85, "meets a certificate that has expired", "Renew the certificate and restart what uses it.", tls?.Ref);
    }

    /// <summary>The Secret that fits best: named in the line, then by the variable it fills, then any the container uses.</summary>
    private static Reference? FromSecret(Complaint complaint)
    {
        var line = complaint.Sign!.Line;
        return References.Of(complaint.Workload.PodSpec)
            .Where(reference => reference.Kind == "Secret" && (reference.Container is null || reference.Container == complaint.Container.Name) && !reference.Name.Contains("-token-", StringComparison.Ordinal))
            .Where(reference => reference.Variable is null || Secretive(reference.Variable) || reference.Key is not null && Secretive(reference.Key.ToUpperInvariant()))
            .OrderByDescending(reference => reference.Variable is { } variable && complaint.Log!.Lines.Any(text => text.Contains(variable, StringComparison.Ordinal)))
            .ThenByDescending(reference => Likely(reference, line))
            .ThenBy(reference => reference.Container is null)
            .FirstOrDefault();
    }

    private static int Likely(Reference reference, string line)
    {
        var text = $"{reference.Variable} {reference.Name} {reference.Key}".ToLowerInvariant();
        var about = line.ToLowerInvariant();
        var password = text.Contains("pass", StringComparison.Ordinal) ? 2 : 0;
        var words = text.Split(' ', '-', '_', '.').Count(word => word.Length > 2 && about.Contains(word, StringComparison.Ordinal));
        return password + (3 * words);
    }

    private static bool Secretive(string variable) => SecretWords.Any(word => variable.Contains(word, StringComparison.OrdinalIgnoreCase));
}
