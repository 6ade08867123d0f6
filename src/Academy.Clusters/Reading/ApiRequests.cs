using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;
using System.Text.Json;
using Academy.Clusters.Documents;
using k8s;

namespace Academy.Clusters.Reading;

/// <summary>
/// Read-only requests to one API server, through KubernetesClient's connection and credentials. All of one reading share a budget of
/// bytes and of requests at a time; what goes wrong becomes a <see cref="ClusterReadException"/>.
/// </summary>
internal sealed class ApiRequests(Kubernetes client, ClustersOptions options) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(2);
    private readonly SemaphoreSlim _slots = new(Math.Clamp(options.MaxParallelRequests, 1, 32));
    private long _bytesLeft = options.MaxUnpackedBytes;

    /// <summary>Asks for JSON. A refusal for this one path (403, 404, a backend that is down) is an answer without a document.</summary>
    public async Task<ApiAnswer> GetAsync(string path, string? accept, CancellationToken ct)
    {
        var (status, body) = await SendAsync(path, accept ?? "application/json", options.MaxUnpackedBytes, ct);
        if (status != HttpStatusCode.OK)
        {
            return new ApiAnswer(status, null);
        }

        try
        {
            var documents = JsonDocuments.Read(body, options.MaxDepth);
            if (documents is [{ RootElement.ValueKind: JsonValueKind.Object }])
            {
                return new ApiAnswer(status, documents[0]);
            }

            documents.ForEach(d => d.Dispose());
        }
        catch (DocumentException e)
        {
            throw new ClusterReadException("cluster.garbage", $"The server's answer to /{path.Split('?')[0]} is not JSON. Is this the address of an API server?", e);
        }

        throw new ClusterReadException("cluster.garbage", $"The server's answer to /{path.Split('?')[0]} is not a Kubernetes object. Is this the address of an API server?");
    }

    /// <summary>Asks for a text and takes no more than <paramref name="maxBytes"/> of it; null where there is none for us.</summary>
    public async Task<(HttpStatusCode Status, string? Text)> GetTextAsync(string path, int maxBytes, CancellationToken ct)
    {
        var (status, body) = await SendAsync(path, "*/*", maxBytes, ct);
        return (status, status == HttpStatusCode.OK ? Encoding.UTF8.GetString(body.Span) : null);
    }

    public void Dispose() => _slots.Dispose();

    // A server that is busy says when to come again (API priority and fairness); it is believed twice.
    private async Task<(HttpStatusCode Status, ReadOnlyMemory<byte> Body)> SendAsync(string path, string accept, long maxBytes, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            var (status, body, wait) = await SendOnceAsync(path, accept, maxBytes, ct);
            if (status != HttpStatusCode.TooManyRequests || attempt == 3)
            {
                return (status, body);
            }

            await Task.Delay(wait, ct);
        }
    }

    private async Task<(HttpStatusCode Status, ReadOnlyMemory<byte> Body, TimeSpan Wait)> SendOnceAsync(string path, string accept, long maxBytes, CancellationToken ct)
    {
        await _slots.WaitAsync(ct);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(client.BaseUri, path));
            request.Headers.TryAddWithoutValidation("Accept", accept);
            request.Headers.UserAgent.Add(new ProductInfoHeaderValue("academy", null));
            request.Version = HttpVersion.Version20;
            request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
            if (client.Credentials is { } credentials)
            {
                await credentials.ProcessHttpRequestAsync(request, ct);
            }

            using var response = await client.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, ct);
            return response.StatusCode switch
            {
                HttpStatusCode.OK => (HttpStatusCode.OK, await BodyAsync(response, maxBytes, ct), default),
                HttpStatusCode.Unauthorized => throw new ClusterReadException("cluster.unauthorized", "The server does not accept the credentials: the token or certificate has expired or belongs to another cluster."),
                >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => throw new ClusterReadException("cluster.garbage", "The server redirects to somewhere else, which an API server does not do. Check the address."),
                var status => (status, default, Wait(response)),
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            throw Failure(e);
        }
        finally
        {
            _slots.Release();
        }
    }

    private static TimeSpan Wait(HttpResponseMessage response) =>
        response.Headers.RetryAfter?.Delta is { } wait && wait < LongestWait ? wait : LongestWait;

    private async Task<ReadOnlyMemory<byte>> BodyAsync(HttpResponseMessage response, long maxBytes, CancellationToken ct)
    {
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        using var kept = new MemoryStream();
        var buffer = new byte[32 * 1024];
        while (await body.ReadAsync(buffer, ct) is > 0 and var read)
        {
            if (Interlocked.Add(ref _bytesLeft, -read) < 0)
            {
                throw new ClusterReadException("cluster.too-large", $"The cluster's state is larger than {options.MaxUnpackedBytes} bytes. Read one namespace.");
            }

            kept.Write(buffer, 0, (int)Math.Min(read, maxBytes - kept.Length));
            if (kept.Length >= maxBytes)
            {
                break;
            }
        }

        return kept.GetBuffer().AsMemory(0, (int)kept.Length);
    }

    internal static ClusterReadException Failure(Exception e)
    {
        for (var inner = e; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case ClusterReadException known:
                    return known;
                case AuthenticationException:
                    return new ClusterReadException("cluster.unreachable", "The server's certificate is not signed by the given certificate authority, or is for another name.", e);
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return new ClusterReadException("cluster.unreachable", "The server's name cannot be resolved.", e);
                case SocketException { SocketErrorCode: SocketError.ConnectionRefused }:
                    return new ClusterReadException("cluster.unreachable", "The server refuses the connection: nothing listens there now.", e);
                default:
                    break;
            }
        }

        return e is HttpRequestException { HttpRequestError: HttpRequestError.InvalidResponse or HttpRequestError.ResponseEnded or HttpRequestError.HttpProtocolError or HttpRequestError.ConfigurationLimitExceeded } or HttpIOException
            ? new ClusterReadException("cluster.garbage", "The server does not speak HTTP as an API server does.", e)
            : new ClusterReadException("cluster.unreachable", "The server cannot be reached.", e);
    }
}
