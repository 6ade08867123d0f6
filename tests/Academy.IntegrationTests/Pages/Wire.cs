using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Academy.IntegrationTests.Pages;

/// <summary>A connection to a server that the test can cut, as a train in a tunnel does.</summary>
internal sealed class Wire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _ends = [];
    private readonly CancellationTokenSource _closed = new();
    private readonly Uri _server;
    private readonly Task _work;

    private Wire(Uri server)
    {
        _server = server;
        _listener.Start();
        _work = Accept();
    }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");

    public static Wire To(Uri server) => new(server);

    /// <summary>All connections break at once; new ones are let through.</summary>
    public void Cut()
    {
        while (_ends.TryTake(out var end))
        {
            end.Client.LingerState = new LingerOption(true, 0);
            end.Close();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        _listener.Stop();
        Cut();
        await _work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _closed.Dispose();
    }

    private async Task Accept()
    {
        while (true)
        {
            var browser = await _listener.AcceptTcpClientAsync(_closed.Token);
            var server = new TcpClient();
            await server.ConnectAsync(_server.Host, _server.Port, _closed.Token);
            _ends.Add(browser);
            _ends.Add(server);
            _ = Copy(browser, server);
            _ = Copy(server, browser);
        }
    }

    private async Task Copy(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream(), _closed.Token);
            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception trouble) when (trouble is IOException or SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // the wire was cut
        }
    }
}
