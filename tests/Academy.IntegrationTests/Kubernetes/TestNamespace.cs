using System.Text.Json.Nodes;

namespace Academy.IntegrationTests.Kubernetes;

/// <summary>A namespace of one test, with a student of its own.</summary>
/// <param name="StudentKubeconfig">YAML that a student would register: the server, its authority and a token of an hour; may look, not touch.</param>
public sealed record TestNamespace(TestCluster Cluster, string Name, string StudentKubeconfig)
{
    /// <summary>Applies manifests into the namespace, as the administrator.</summary>
    public Task ApplyAsync(string manifests, CancellationToken ct) => Cluster.ApplyAsync(manifests, Name, ct);

    /// <summary>Runs kubectl as the student.</summary>
    internal async Task<ShellCommand.Outcome> AsStudentAsync(CancellationToken ct, params string[] arguments)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, StudentKubeconfig, ct);
            return await ShellCommand.TryRunAsync("kubectl", ["--kubeconfig", path, "-n", Name, .. arguments], null, ct);
        }
        finally
        {
            File.Delete(path);
        }
    }

    internal static async Task<TestNamespace> CreateAsync(TestCluster cluster, string purpose, CancellationToken ct)
    {
        var name = $"{purpose}-{Path.GetRandomFileName()[..8].Replace('.', '0')}";
        await cluster.KubectlAsync(
            $"""
            apiVersion: v1
            kind: Namespace
            metadata: [NAME]
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: [STUDENT]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: RoleBinding
            metadata: [STUDENT]
            roleRef: [ROLE]
            subjects:
            - kind: ServiceAccount
              name: student
              namespace: {name}
            """
                .Replace("[NAME]", $"{{name: {name}}}", StringComparison.Ordinal)
                .Replace("[STUDENT]", $"{{name: student, namespace: {name}}}", StringComparison.Ordinal)
                .Replace("[ROLE]", "{apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: view}", StringComparison.Ordinal),
            ct, "apply", "-f", "-");
        const string request = """{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","spec":{"expirationSeconds":3600}}""";
        var answer = await cluster.KubectlAsync(request, ct, "create", "--raw", $"/api/v1/namespaces/{name}/serviceaccounts/student/token", "-f", "-");
        return new(cluster, name, Kubeconfig(cluster, name, JsonNode.Parse(answer)!["status"]!["token"]!.GetValue<string>()));
    }

    internal Task DeleteAsync() => Cluster.KubectlAsync(null, CancellationToken.None, "delete", "namespace", Name, "--wait=false", "--ignore-not-found");

    /// <summary>A kubeconfig with a token and nothing that runs or is read.</summary>
    public static string Kubeconfig(TestCluster cluster, string ns, string token) =>
        $"""
        apiVersion: v1
        kind: Config
        current-context: student
        contexts:
        - name: student
          context:
            cluster: lab
            user: student
            namespace: {ns}
        clusters:
        - name: lab
          cluster:
            server: {cluster.Server}
            certificate-authority-data: {cluster.CertificateAuthorityData}
        users:
        - name: student
          user:
            token: {token}
        """;
}
