using System.Net;
using System.Net.Sockets;

namespace Academy.Clusters.Connecting;

/// <summary>
/// Opens connections to API servers. The name is resolved here, every address it has is judged, and the connection goes to an address
/// that was judged: a name that resolves differently the next moment gains nothing.
/// </summary>
internal sealed class GuardedDialer(AddressPolicy policy, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
{
    /// <exception cref="ClusterReadException"><c>cluster.address</c>: not an address that may be reached.</exception>
    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await AddressesAsync(host, ct);
        SocketException? failure = null;
        foreach (var address in addresses)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(address, port, ct);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException e)
            {
                socket.Dispose();
                failure = e;
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw failure ?? new SocketException((int)SocketError.HostNotFound);
    }

    /// <summary>The addresses of a host, all of them judged.</summary>
    /// <exception cref="ClusterReadException"><c>cluster.address</c>.</exception>
    public async Task<IReadOnlyList<IPAddress>> AddressesAsync(string host, CancellationToken ct)
    {
        var literal = IPAddress.TryParse(host.Trim('[', ']'), out var given);
        var addresses = literal ? [given!] : await resolve(host, ct);
        foreach (var address in addresses)
        {
            if ((literal ? policy.Refuse(address) : policy.Refuse(host, address)) is { } why)
            {
                throw new ClusterReadException("cluster.address", $"This server may not be reached from here: {why}. An operator can allow its network.");
            }
        }

        return addresses;
    }
}
