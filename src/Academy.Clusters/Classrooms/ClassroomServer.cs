using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Academy.Clusters.Connecting;
using Academy.Clusters.Reading;

namespace Academy.Clusters.Classrooms;

/// <summary>Opens classrooms through the guarded connection that students' clusters have.</summary>
public sealed class ClassroomClients(ClustersOptions options) : IClassrooms
{
    private readonly ClusterClients _clients = new(options);

    public IClassroomServer Open(ClusterConnection connection) => new ClassroomServer(_clients.Open(connection), options);
}

internal sealed class ClassroomServer(ClusterClient client, ClustersOptions options) : IClassroomServer
{
    private const int MaxAnswerBytes = 16 * 1024 * 1024;

    public async Task<ClassroomAnswer> SendAsync(ClassroomCall call, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.ReadTimeout);
        using var request = new HttpRequestMessage(call.Method, new Uri(client.Kubernetes.BaseUri, call.Path));
        request.Headers.Accept.Add(new("application/json"));
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue("academy", null));
        request.Content = call.Body is { } body ? new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue(call.ContentType)) : null;
        try
        {
            if (client.Kubernetes.Credentials is { } credentials)
            {
                await credentials.ProcessHttpRequestAsync(request, limit.Token);
            }

            using var response = await client.Kubernetes.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            return response.StatusCode switch
            {
                HttpStatusCode.Unauthorized => throw new ClusterReadException("cluster.unauthorized", "The classroom's cluster does not accept Academy's credentials any more. An administrator can renew them."),
                >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => throw new ClusterReadException("cluster.garbage", "The server redirects to somewhere else, which an API server does not do."),
                var status => new ClassroomAnswer(status, await BodyAsync(response, limit.Token)),
            };
        }
        catch (Exception e) when (e is HttpRequestException or IOException or SocketException)
        {
            throw ApiRequests.Failure(e);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new ClusterReadException("cluster.timeout", $"The classroom's cluster did not answer within {options.ReadTimeout.TotalSeconds:0} seconds.", e);
        }
    }

    public void Dispose() => client.Dispose();

    private async Task<JsonObject?> BodyAsync(HttpResponseMessage response, CancellationToken ct)
    {
        await using var body = await response.Content.ReadAsStreamAsync(ct);
        using var kept = new MemoryStream();
        var buffer = new byte[32 * 1024];
        while (await body.ReadAsync(buffer, ct) is > 0 and var read)
        {
            kept.Write(buffer, 0, read);
            if (kept.Length > MaxAnswerBytes)
            {
                throw new ClusterReadException("cluster.too-large", $"An answer of the classroom's cluster is larger than {MaxAnswerBytes} bytes.");
            }
        }

        try
        {
            kept.Position = 0;
            return JsonNode.Parse(kept, documentOptions: new JsonDocumentOptions { MaxDepth = options.MaxDepth }) as JsonObject;
        }
        catch (JsonException e)
        {
            // A refusal of a proxy on the way may be any text; an object must be one.
            return response.IsSuccessStatusCode
                ? throw new ClusterReadException("cluster.garbage", "The server's answer is not JSON. Is this the address of an API server?", e)
                : null;
        }
    }
}
