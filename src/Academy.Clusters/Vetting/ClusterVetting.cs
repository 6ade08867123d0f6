using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Academy.Clusters.Connecting;
using Academy.Clusters.Documents;

namespace Academy.Clusters.Vetting;

/// <summary>The <c>cluster</c> part of a kubeconfig: where the server is and whom it must prove to be.</summary>
internal static class ClusterVetting
{
    public static Uri? Server(KubeconfigEntry cluster, List<KubeconfigRefusal> refusals, ClustersOptions options)
    {
        var field = cluster.At("server");
        if (!Uri.TryCreate(cluster.Text("server"), UriKind.Absolute, out var server) || server.Host.Length == 0)
        {
            refusals.Add(new("kubeconfig.malformed", field, "The address of the API server is missing or is not a URL such as https://203.0.113.7:6443."));
            return null;
        }

        if (server.Scheme != Uri.UriSchemeHttps)
        {
            refusals.Add(new("kubeconfig.address", field, $"The address starts with {Shown.Text(server.Scheme)}. Only https is accepted, because the credentials travel with every request."));
        }

        if (server.UserInfo.Length > 0)
        {
            refusals.Add(new("kubeconfig.basic-auth", field, "The address holds a user name or password. Use a token or a client certificate."));
        }

        if (server.Query.Length > 0 || server.Fragment.Length > 0)
        {
            refusals.Add(new("kubeconfig.malformed", field, "The address has a query or a fragment; it should end with the port or a path."));
        }

        if (new AddressPolicy(options).Refuse(server.IdnHost) is { } why)
        {
            refusals.Add(new("kubeconfig.address", field, $"This server may not be reached from here: {why}. Upload a snapshot instead, or ask the operator to allow its network."));
        }

        return server;
    }

    public static string? Authority(KubeconfigEntry cluster, List<KubeconfigRefusal> refusals)
    {
        if (cluster.Has("certificate-authority"))
        {
            refusals.Add(FilePath(cluster, "certificate-authority"));
        }

        if (cluster.Has("proxy-url"))
        {
            refusals.Add(new("kubeconfig.proxy", cluster.At("proxy-url"), "A proxy is not used here. Remove proxy-url, or upload a snapshot where the server is reachable only through it."));
        }

        if (cluster.Value.At("insecure-skip-tls-verify") is { ValueKind: not (JsonValueKind.False or JsonValueKind.Null) })
        {
            refusals.Add(new("kubeconfig.insecure-skip-tls", cluster.At("insecure-skip-tls-verify"), "Checking the server's certificate may not be turned off. Remove it and give certificate-authority-data."));
        }

        return Pem(cluster, "certificate-authority-data", refusals, pem =>
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(pem);
            return certificates.Count > 0;
        });
    }

    public static KubeconfigRefusal FilePath(KubeconfigEntry entry, string name) => new(
        "kubeconfig.file-path",
        entry.At(name),
        $"{name} names a file on your machine. Put its content into the text: kubectl config view --minify --flatten");

    /// <summary>The PEM text that a field holds as Base64; null, with a refusal, where it is not that.</summary>
    public static string? Pem(KubeconfigEntry entry, string name, List<KubeconfigRefusal> refusals, Func<string, bool> isRight)
    {
        if (!entry.Has(name))
        {
            return null;
        }

        try
        {
            var pem = System.Text.Encoding.ASCII.GetString(Convert.FromBase64String(entry.Text(name) ?? ""));
            if (isRight(pem))
            {
                return pem;
            }
        }
        catch (Exception e) when (e is FormatException or CryptographicException or ArgumentException)
        {
            // Said below: what the parser thought of it helps nobody.
        }

        refusals.Add(new("kubeconfig.malformed", entry.At(name), $"{name} should be PEM text in Base64, and is not."));
        return null;
    }
}
