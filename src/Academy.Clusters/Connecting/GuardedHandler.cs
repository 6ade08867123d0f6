namespace Academy.Clusters.Connecting;

/// <summary>
/// What stands under KubernetesClient for a student's cluster, in place of the handler that it brings: checked addresses, no redirects,
/// no proxy, no cookies.
/// </summary>
internal sealed class GuardedHandler(ClusterConnection connection, GuardedDialer dialer) : DelegatingHandler
{
    private readonly HttpMessageInvoker _server = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ConnectCallback = dialer.ConnectAsync,
        ConnectTimeout = TimeSpan.FromSeconds(10),
        MaxResponseHeadersLength = 64,
        SslOptions = ServerTrust.Of(connection),
    });

    // The chain that KubernetesClient builds ends in a handler of its own; the request leaves here instead.
    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        _server.SendAsync(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _server.Dispose();
        }

        base.Dispose(disposing);
    }
}
