using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Academy.Clusters;
using Academy.Clusters.Connecting;
using Academy.Diagnosis;
using Shouldly;
using Xunit;

namespace Academy.Tests.Clusters;

public sealed class Connecting_to_a_server
{
    private static readonly ClustersOptions Loopback = new() { AllowedNetworks = { "127.0.0.0/8" } };

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("::ffff:127.0.0.1")]
    public async Task refuses_a_name_that_resolves_inside(string address) =>
        (await Failure(new ClustersOptions(), "api.example.org", address)).Code.ShouldBe("cluster.address");

    [Fact]
    public async Task refuses_a_name_when_one_of_its_addresses_is_inside() =>
        (await Failure(new ClustersOptions(), "api.example.org", "8.8.8.8", "127.0.0.1")).Code.ShouldBe("cluster.address");

    [Fact]
    public async Task refuses_an_internal_name_that_leads_out_of_the_allowed_networks() =>
        (await Failure(Loopback, "kubernetes.default.svc", "8.8.8.8")).Code.ShouldBe("cluster.address");

    [Fact]
    public async Task speaks_to_the_address_that_was_judged()
    {
        var certificates = TestCertificates.Make("api.example.org");
        using var server = TlsServer(certificates, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", out var port);
        var asked = 0;
        var reader = Reader(Loopback, (_, _) => Task.FromResult<IPAddress[]>([asked++ == 0 ? IPAddress.Loopback : IPAddress.Parse("10.0.0.1")]));

        var failure = await Should.ThrowAsync<ClusterReadException>(() => Read(reader, "api.example.org", port, certificates.CertificatePem));

        failure.Code.ShouldBe("cluster.unauthorized");
        asked.ShouldBe(1);
    }

    [Fact]
    public async Task trusts_the_given_authority_only()
    {
        using var server = TlsServer(TestCertificates.Make("api.example.org"), "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", out var port);

        var failure = await Should.ThrowAsync<ClusterReadException>(() =>
            Read(Reader(Loopback, ToLoopback), "api.example.org", port, TestCertificates.Make("api.example.org").CertificatePem));

        failure.Code.ShouldBe("cluster.unreachable");
        failure.Message.ShouldContain("certificate");
    }

    [Fact]
    public async Task wants_the_certificate_to_be_for_the_name()
    {
        var certificates = TestCertificates.Make("other.example.org");
        using var server = TlsServer(certificates, "HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n", out var port);

        (await Should.ThrowAsync<ClusterReadException>(() => Read(Reader(Loopback, ToLoopback), "api.example.org", port, certificates.CertificatePem)))
            .Code.ShouldBe("cluster.unreachable");
        (await Should.ThrowAsync<ClusterReadException>(() => Read(Reader(Loopback, ToLoopback), "api.example.org", port, certificates.CertificatePem, "other.example.org")))
            .Code.ShouldBe("cluster.unauthorized");
    }

    [Fact]
    public async Task follows_no_redirect()
    {
        var certificates = TestCertificates.Make("api.example.org");
        using var server = TlsServer(certificates, "HTTP/1.1 302 Found\r\nLocation: http://169.254.169.254/\r\nContent-Length: 0\r\n\r\n", out var port);

        (await Should.ThrowAsync<ClusterReadException>(() => Read(Reader(Loopback, ToLoopback), "api.example.org", port, certificates.CertificatePem)))
            .Code.ShouldBe("cluster.garbage");
    }

    [Fact]
    public async Task takes_what_is_no_http_for_garbage()
    {
        var certificates = TestCertificates.Make("api.example.org");
        using var server = TlsServer(certificates, "SSH-2.0-OpenSSH\r\n", out var port);

        (await Should.ThrowAsync<ClusterReadException>(() => Read(Reader(Loopback, ToLoopback), "api.example.org", port, certificates.CertificatePem)))
            .Code.ShouldBe("cluster.garbage");
    }

    [Fact]
    public async Task says_that_nothing_listens()
    {
        using var unused = new TcpListener(IPAddress.Loopback, 0);
        unused.Start();
        var port = ((IPEndPoint)unused.LocalEndpoint).Port;
        unused.Stop();

        (await Should.ThrowAsync<ClusterReadException>(() => Read(Reader(Loopback, ToLoopback), "api.example.org", port, null))).Code.ShouldBe("cluster.unreachable");
    }

    private static async Task<ClusterReadException> Failure(ClustersOptions options, string host, params string[] addresses) =>
        await Should.ThrowAsync<ClusterReadException>(() => Read(Reader(options, (_, _) => Task.FromResult<IPAddress[]>([.. addresses.Select(IPAddress.Parse)])), host, 6443, null));

    private static Task<IPAddress[]> ToLoopback(string host, CancellationToken ct) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]);

    private static ClusterReader Reader(ClustersOptions options, Func<string, CancellationToken, Task<IPAddress[]>> resolve) =>
        new(options, TimeProvider.System, new ClusterClients(options, resolve));

    private static Task<ClusterSnapshot> Read(ClusterReader reader, string host, int port, string? authority, string? tlsName = null) => reader.ReadAsync(
        new ClusterSource.Live(new ClusterConnection(new Uri($"https://{host}:{port}"), authority, null, null, "token", tlsName, null)),
        "shop",
        TestContext.Current.CancellationToken);

    private static TcpListener TlsServer(TestCertificates certificates, string answer, out int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        port = ((IPEndPoint)listener.LocalEndpoint).Port;
        using var pair = X509Certificate2.CreateFromPem(certificates.CertificatePem, certificates.KeyPem);
        var certificate = X509CertificateLoader.LoadPkcs12(pair.Export(X509ContentType.Pkcs12), null);
        _ = Task.Run(async () =>
        {
            while (true)
            {
                try
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    await using var tls = new SslStream(client.GetStream());
                    await tls.AuthenticateAsServerAsync(certificate);
                    await tls.ReadAtLeastAsync(new byte[4096], 1);
                    await tls.WriteAsync(System.Text.Encoding.ASCII.GetBytes(answer));
                }
                catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
                {
                    // A client that does not trust this server hangs up.
                }
                catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
                {
                    return;
                }
            }
        });
        return listener;
    }
}
