using System.Text;
using System.Text.Json;
using Academy.Clusters.Documents;
using Academy.Clusters.Vetting;

namespace Academy.Clusters;

/// <summary>What came of vetting: a connection, or every reason why there is none.</summary>
/// <param name="Context">The context that was taken.</param>
public sealed record VettedKubeconfig(ClusterConnection? Connection, string? Context, IReadOnlyList<KubeconfigRefusal> Refusals)
{
    public bool Accepted => Connection is not null;
}

/// <param name="Code">
/// Stable: <c>kubeconfig.</c> and one of <c>address</c>, <c>auth-provider</c>, <c>basic-auth</c>, <c>context</c>, <c>exec</c>, <c>file-path</c>,
/// <c>impersonation</c>, <c>insecure-skip-tls</c>, <c>malformed</c>, <c>no-credentials</c>, <c>proxy</c>, <c>too-large</c>.
/// </param>
/// <param name="Field">Where it stands, e.g. <c>users[0].user.exec</c>; empty for the whole text.</param>
/// <param name="Message">What is wrong and what to do.</param>
public sealed record KubeconfigRefusal(string Code, string Field, string Message);

/// <summary>
/// Takes from a student's kubeconfig the address and the credentials that it holds as values, and refuses everything that would make
/// this server run a program, read a file of its own, or go where it should not.
/// </summary>
public static class KubeconfigVetter
{
    /// <param name="context">Null for the file's own <c>current-context</c>.</param>
    public static VettedKubeconfig Vet(string yaml, string? context, ClustersOptions options)
    {
        ArgumentNullException.ThrowIfNull(yaml);
        ArgumentNullException.ThrowIfNull(options);
        if (yaml.Length > options.MaxKubeconfigBytes || Encoding.UTF8.GetByteCount(yaml) > options.MaxKubeconfigBytes)
        {
            return Refused("kubeconfig.too-large", "", $"This is larger than {options.MaxKubeconfigBytes} bytes. Send one context: kubectl config view --minify --flatten");
        }

        List<JsonDocument> documents = [];
        try
        {
            documents = YamlDocuments.Read(new StringReader(yaml), options.MaxDepth);
            return documents is [{ RootElement: { ValueKind: JsonValueKind.Object } root }]
                ? Vet(root, context, options)
                : Refused("kubeconfig.malformed", "", "This is not a kubeconfig: one YAML document with clusters, users and contexts is wanted.");
        }
        catch (DocumentException e)
        {
            return Refused("kubeconfig.malformed", "", e.Line > 0 ? $"Line {e.Line}: {e.Message}" : e.Message);
        }
        finally
        {
            documents.ForEach(d => d.Dispose());
        }
    }

    private static VettedKubeconfig Vet(JsonElement root, string? wanted, ClustersOptions options)
    {
        var name = wanted ?? root.Text("current-context");
        if (KubeconfigEntry.Find(root, "contexts", "context", name) is not { } context)
        {
            var there = string.Join(", ", root.Items("contexts").Select(c => c.Text("name")).OfType<string>().Take(20).Select(Shown.Text));
            return string.IsNullOrEmpty(name)
                ? Refused("kubeconfig.context", "current-context", $"No context is chosen. Name one of: {there}")
                : Refused("kubeconfig.context", "contexts", $"There is no context '{Shown.Text(name)}'. There are: {there}");
        }

        var cluster = KubeconfigEntry.Find(root, "clusters", "cluster", context.Text("cluster"));
        var user = KubeconfigEntry.Find(root, "users", "user", context.Text("user"));
        if (cluster is null || user is null)
        {
            var missing = cluster is null ? "cluster" : "user";
            return Refused("kubeconfig.context", context.At(missing), $"The context names a {missing} that is not in the file. Send the whole of it: kubectl config view --minify --flatten");
        }

        var refusals = new List<KubeconfigRefusal>();
        var server = ClusterVetting.Server(cluster, refusals, options);
        var authority = ClusterVetting.Authority(cluster, refusals);
        var credentials = UserVetting.Credentials(user, refusals);
        return refusals.Count > 0 || server is null
            ? new VettedKubeconfig(null, name, refusals)
            : new VettedKubeconfig(
                new ClusterConnection(
                    server, authority, credentials.Certificate, credentials.Key, credentials.Token, cluster.Text("tls-server-name"), context.Text("namespace")),
                name,
                []);
    }

    private static VettedKubeconfig Refused(string code, string field, string message) => new(null, null, [new(code, field, message)]);
}
