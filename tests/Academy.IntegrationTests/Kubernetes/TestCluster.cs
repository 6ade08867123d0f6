using System.Net;
using System.Text.Json.Nodes;
using Academy.Clusters;

namespace Academy.IntegrationTests.Kubernetes;

/// <summary>A cluster with an administrator's kubeconfig.</summary>
public sealed class TestCluster
{
    private TestCluster(string path, string kubeconfig, string server, string? authority, IReadOnlyList<string> networks) =>
        (KubeconfigPath, Kubeconfig, Server, CertificateAuthorityData, Networks) = (path, kubeconfig, server, authority, networks);

    /// <summary>The path of the administrator's kubeconfig.</summary>
    public string KubeconfigPath { get; }

    /// <summary>The administrator's kubeconfig, self-contained.</summary>
    public string Kubeconfig { get; }

    public string Server { get; }

    /// <summary>PEM in Base64, as kubeconfigs hold it.</summary>
    public string? CertificateAuthorityData { get; }

    /// <summary>What an operator has to allow so that Academy may reach this cluster: for <see cref="ClustersOptions.AllowedNetworks"/>.</summary>
    public IReadOnlyList<string> Networks { get; }

    /// <summary>Options that allow this cluster and nothing else.</summary>
    public ClustersOptions Options()
    {
        var options = new ClustersOptions();
        foreach (var network in Networks)
        {
            options.AllowedNetworks.Add(network);
        }

        return options;
    }

    /// <summary>Runs kubectl as the administrator and returns what it prints.</summary>
    public Task<string> KubectlAsync(string? input, CancellationToken ct, params string[] arguments) =>
        ShellCommand.RunAsync("kubectl", ["--kubeconfig", KubeconfigPath, .. arguments], input, ct);

    /// <summary>Applies manifests (YAML, one or more documents) into a namespace.</summary>
    public Task ApplyAsync(string manifests, string ns, CancellationToken ct) => KubectlAsync(manifests, ct, "apply", "-n", ns, "-f", "-");

    /// <summary>Asks with kubectl until the answer contains a text; fails after half a minute with the last answer.</summary>
    public async Task<string> UntilAsync(string text, CancellationToken ct, params string[] arguments)
    {
        var last = "";
        for (var i = 0; i < 60; i++)
        {
            last = await KubectlAsync(null, ct, arguments);
            if (last.Contains(text, StringComparison.Ordinal))
            {
                return last;
            }

            await Task.Delay(500, ct);
        }

        throw new TimeoutException($"kubectl {string.Join(' ', arguments)} did not come to say '{text}', but: {last}");
    }

    internal static async Task<TestCluster> OpenAsync(string path, CancellationToken ct)
    {
        var view = JsonNode.Parse(await ShellCommand.RunAsync("kubectl", ["--kubeconfig", path, "config", "view", "--minify", "--flatten", "-o", "json"], null, ct))!;
        var cluster = view["clusters"]![0]!["cluster"]!;
        var server = cluster["server"]!.GetValue<string>();
        var addresses = await Dns.GetHostAddressesAsync(new Uri(server).Host, ct);
        return new TestCluster(
            path,
            view.ToJsonString(),
            server,
            cluster["certificate-authority-data"]?.GetValue<string>(),
            [.. addresses.Select(a => $"{a}/{a.GetAddressBytes().Length * 8}")]);
    }
}
