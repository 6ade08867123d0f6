using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using Academy.IntegrationTests.Api;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Academy.IntegrationTests.Faults;

public sealed class Clusters_in_trouble(PostgresFixture postgres)
{
    [Theory]
    [InlineData("silent", "cluster.timeout")]
    [InlineData("html", "cluster.garbage")]
    [InlineData("half", "cluster.garbage")]
    [InlineData("stranger", "cluster.unauthorized")]
    [InlineData("redirect", "cluster.garbage")]
    public async Task are_told_apart_and_cost_a_student_nothing(string behaviour, string code)
    {
        var certificate = Certificate();
        await using var cluster = await Serve(behaviour, certificate);
        await using var academy = await AcademyServer.Start(postgres, new ServerOptions(new Dictionary<string, string?>
        {
            ["Academy:Clusters:AllowedNetworks:0"] = "127.0.0.0/8",
            ["Academy:Clusters:ReadTimeout"] = "00:00:02",
        }));
        var student = await academy.Student();
        var id = Situations.Id(await student.Post("clusters", new { name = "mine", kubeconfig = Kubeconfig(cluster.Urls.First(), certificate) }));
        using var response = await student.Client.GetAsync($"/api/v1/clusters/{id}/diagnosis?namespace=shop", TestContext.Current.CancellationToken);
        var problem = (await response.Content.ReadFromJsonAsync<JsonNode>(TestContext.Current.CancellationToken))!;
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, problem.ToJsonString());
        problem["type"]!.GetValue<string>().ShouldBe($"urn:academy:problem:{code}", problem.ToJsonString());

        // The credentials are in the store, but nowhere in clear.
        await using var session = academy.Store.QuerySession(student.Tenant);
        var kept = await session.LoadAsync<Features.Connecting.ClusterCredentials>(id, TestContext.Current.CancellationToken);
        Encoding.UTF8.GetString(kept!.Cipher).ShouldNotContain("a-very-secret-token");
    }

    private static async Task<WebApplication> Serve(string behaviour, X509Certificate2 certificate)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(k => k.Listen(IPAddress.Loopback, 0, l => l.UseHttps(certificate)));
        builder.WebHost.UseKestrelHttpsConfiguration();
        var app = builder.Build();
        app.Run(async http =>
        {
            switch (behaviour)
            {
                case "silent":
                    await Task.Delay(TimeSpan.FromSeconds(30), http.RequestAborted);
                    break;
                case "html":
                    http.Response.ContentType = "text/html";
                    await http.Response.WriteAsync("<html><h1>Sign in to the hotel's network</h1></html>");
                    break;
                case "half":
                    http.Response.ContentType = "application/json";
                    await http.Response.WriteAsync("{\"kind\":\"APIGroupList\",\"groups\":[{\"name\":");
                    break;
                case "redirect":
                    http.Response.Redirect("http://169.254.169.254/latest/meta-data/");
                    break;
                default:
                    http.Response.StatusCode = StatusCodes.Status401Unauthorized;
                    await http.Response.WriteAsJsonAsync(new { kind = "Status", apiVersion = "v1", status = "Failure", reason = "Unauthorized", code = 401 });
                    break;
            }
        });
        await app.StartAsync();
        return app;
    }

    private static X509Certificate2 Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=lab", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        var now = TimeProvider.System.GetUtcNow();
        using var made = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private static string Kubeconfig(string server, X509Certificate2 certificate) => $$$"""
        apiVersion: v1
        kind: Config
        current-context: c
        clusters: [{name: c, cluster: {server: "{{{server}}}", certificate-authority-data: {{{Convert.ToBase64String(Encoding.ASCII.GetBytes(certificate.ExportCertificatePem()))}}} }}]
        users: [{name: u, user: {token: a-very-secret-token}}]
        contexts: [{name: c, context: {cluster: c, user: u}}]
        """;
}
