using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Academy.Tests.Clusters;

/// <summary>A certificate with its key, made for one run.</summary>
internal sealed record TestCertificates(string CertificatePem, string KeyPem)
{
    public string CertificateData => Convert.ToBase64String(Encoding.ASCII.GetBytes(CertificatePem));

    public string KeyData => Convert.ToBase64String(Encoding.ASCII.GetBytes(KeyPem));

    /// <param name="name">A DNS name that the certificate is for.</param>
    public static TestCertificates Make(string name = "k8s.example.org")
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(TimeProvider.System.GetUtcNow().AddDays(-1), TimeProvider.System.GetUtcNow().AddDays(1));
        return new(certificate.ExportCertificatePem(), key.ExportPkcs8PrivateKeyPem());
    }
}
