using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using Academy.Clusters.Connecting;
using k8s;

namespace Academy.Clusters;

/// <param name="Status">What the service answered; where it cannot be reached, the 502 or 503 of the API server.</param>
/// <param name="Body">At most its first 64 KiB.</param>
/// <param name="Failure">Why the API server could not be asked; null when it was.</param>
public sealed record ServiceAnswer(int Status, string Body, string? Failure);

/// <summary>
/// GET requests to services of a cluster through the API server's service proxy; it needs <c>get</c> on <c>services/proxy</c>. Credentials
/// go to the API server only, redirects are not followed, and neither a slow nor an endless answer holds it up.
/// </summary>
public sealed class ServiceProbe(ClustersOptions options)
{
    private const int MaxBody = 64 * 1024;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);
    private readonly ClusterClients _clients = new(options);

    /// <param name="port">Number or name.</param>
    /// <param name="path">Begins with a slash; a query may follow.</param>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public async Task<ServiceAnswer> GetAsync(ClusterConnection connection, string ns, string service, string port, string path, CancellationToken ct)
    {
        using var client = _clients.Open(connection);
        return await GetAsync(client.Kubernetes, ns, service, port, path, ct);
    }

    /// <summary>With a client that the caller made; it must not follow redirects (<see cref="KubernetesClientConfiguration.FirstMessageHandlerSetup"/>).</summary>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    public static async Task<ServiceAnswer> GetAsync(Kubernetes client, string ns, string service, string port, string path, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(path);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(Longest);
        try
        {
            var proxy = new Uri(client.BaseUri, $"api/v1/namespaces/{Uri.EscapeDataString(ns)}/services/{Uri.EscapeDataString(service)}:{Uri.EscapeDataString(port)}/proxy/");
            var target = new Uri(proxy, path.TrimStart('/'));
            return proxy.IsBaseOf(target) ? await SendAsync(client, target, limit.Token) : Failed("the path leaves the service");
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Failed($"no answer within {Longest.TotalSeconds:0} seconds");
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException or AuthenticationException or UriFormatException)
        {
            return Failed(e.InnerException is ClusterReadException known ? known.Message : "the API server cannot be reached");
        }
    }

    private static async Task<ServiceAnswer> SendAsync(Kubernetes client, Uri target, CancellationToken ct)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, target);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("academy", null));
        if (client.Credentials is { } credentials)
        {
            await credentials.ProcessHttpRequestAsync(request, ct);
        }

        using var response = await client.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
        var (status, body) = ((int)response.StatusCode, await BodyAsync(response, ct));
        return (status, OfApiServer(body)) switch
        {
            (401, _) => Failed("the API server does not accept the credentials"),
            (403, true) => Failed("the credentials may not ask services through the API server; they need get on services/proxy"),
            _ => new ServiceAnswer(status, body, null),
        };
    }

    // A service that forbids something itself does not answer with a Status of Kubernetes.
    private static bool OfApiServer(string body) => body.Contains("\"kind\":\"Status\"", StringComparison.Ordinal) && body.Contains("\"reason\":\"Forbidden\"", StringComparison.Ordinal);

    private static async Task<string> BodyAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        var buffer = new byte[MaxBody];
        return Encoding.UTF8.GetString(buffer, 0, await body.ReadAtLeastAsync(buffer, MaxBody, throwOnEndOfStream: false, ct));
    }

    private static ServiceAnswer Failed(string why) => new(0, "", why);
}
