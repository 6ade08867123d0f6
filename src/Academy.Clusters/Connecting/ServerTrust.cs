using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Academy.Clusters.Connecting;

/// <summary>TLS towards one API server: its own certificate authority and no other, and the client's certificate where there is one.</summary>
internal static class ServerTrust
{
    public static SslClientAuthenticationOptions Of(ClusterConnection connection)
    {
        var options = new SslClientAuthenticationOptions();
        if (connection.CertificateAuthority is { } pem)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            policy.CustomTrustStore.ImportFromPem(pem);
            options.CertificateChainPolicy = policy;
        }

        if (connection.TlsServerName is { } name)
        {
            options.RemoteCertificateValidationCallback = (_, certificate, _, errors) =>
                (errors & ~SslPolicyErrors.RemoteCertificateNameMismatch) == SslPolicyErrors.None
                && certificate is X509Certificate2 server
                && server.MatchesHostname(name);
        }

        if (connection is { ClientCertificate: { } certificate, ClientKey: { } key })
        {
            // Through PKCS 12: with the key still apart from it, Windows does not offer the certificate.
            using var pair = X509Certificate2.CreateFromPem(certificate, key);
            options.ClientCertificates = [X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null)];
        }

        return options;
    }
}
