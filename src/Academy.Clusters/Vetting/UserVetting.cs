using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Academy.Clusters.Vetting;

internal sealed record VettedCredentials(string? Certificate, string? Key, string? Token);

/// <summary>The <c>user</c> part of a kubeconfig: only credentials that stand in it as values are taken.</summary>
internal static class UserVetting
{
    private static readonly string[] Files = ["client-certificate", "client-key", "tokenFile"];
    private static readonly string[] Basic = ["username", "password"];
    private static readonly string[] Impersonation = ["as", "as-uid", "as-groups", "as-user-extra"];

    public static VettedCredentials Credentials(KubeconfigEntry user, List<KubeconfigRefusal> refusals)
    {
        var before = refusals.Count;
        Programs(user, refusals);
        foreach (var path in Files.Where(user.Has))
        {
            refusals.Add(ClusterVetting.FilePath(user, path));
        }

        foreach (var basic in Basic.Where(user.Has))
        {
            refusals.Add(new("kubeconfig.basic-auth", user.At(basic), "A user name with a password is not accepted (Kubernetes dropped it in 1.19). Use a token or a client certificate."));
        }

        foreach (var other in Impersonation.Where(user.Has))
        {
            refusals.Add(new("kubeconfig.impersonation", user.At(other), "Acting as somebody else is not supported. Make credentials for the identity that should be used."));
        }

        var certificate = ClusterVetting.Pem(user, "client-certificate-data", refusals, IsCertificate);
        var key = ClusterVetting.Pem(user, "client-key-data", refusals, pem => pem.Contains("PRIVATE KEY", StringComparison.Ordinal));
        var token = Token(user, refusals);
        if (refusals.Count == before)
        {
            Pair(user, certificate, key, token, refusals);
        }

        return new(certificate, key, token);
    }

    private static void Programs(KubeconfigEntry user, List<KubeconfigRefusal> refusals)
    {
        const string instead = "Use a token of a ServiceAccount instead: kubectl create token NAME --duration=24h";
        if (user.Has("exec"))
        {
            refusals.Add(new("kubeconfig.exec", user.At("exec"), "This entry runs a program to get credentials, and programs from an upload are not run here. " + instead));
        }

        if (user.Has("auth-provider"))
        {
            refusals.Add(new("kubeconfig.auth-provider", user.At("auth-provider"), "Auth-provider plugins are not run here. " + instead));
        }
    }

    private static string? Token(KubeconfigEntry user, List<KubeconfigRefusal> refusals)
    {
        if (!user.Has("token"))
        {
            return null;
        }

        if (user.Text("token") is { } token && token.All(c => c is > ' ' and < '\u007f'))
        {
            return token;
        }

        refusals.Add(new("kubeconfig.malformed", user.At("token"), "The token should be one word of printable characters."));
        return null;
    }

    private static void Pair(KubeconfigEntry user, string? certificate, string? key, string? token, List<KubeconfigRefusal> refusals)
    {
        if (certificate is null != key is null)
        {
            refusals.Add(new("kubeconfig.malformed", user.Path, "A client certificate and its key belong together: give client-certificate-data and client-key-data."));
        }
        else if (certificate is not null && !Fits(certificate, key!))
        {
            refusals.Add(new("kubeconfig.malformed", user.At("client-key-data"), "The key does not belong to the client certificate, or is encrypted."));
        }
        else if (certificate is null && token is null)
        {
            refusals.Add(new("kubeconfig.no-credentials", user.Path, "There are no credentials in it. Give a token, or a client certificate with its key."));
        }
    }

    private static bool IsCertificate(string pem)
    {
        using var certificate = X509Certificate2.CreateFromPem(pem);
        return certificate.Subject is not null;
    }

    private static bool Fits(string certificate, string key)
    {
        try
        {
            using var pair = X509Certificate2.CreateFromPem(certificate, key);
            return pair.HasPrivateKey;
        }
        catch (Exception e) when (e is CryptographicException or ArgumentException)
        {
            return false;
        }
    }
}
