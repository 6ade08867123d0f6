using System.Net;
using System.Net.Sockets;

namespace Academy.Host.Embedded;

/// <summary>Chooses ports on loopback.</summary>
public static class FreePort
{
    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    /// <summary>The remembered one where it is free, else the first free one from <paramref name="first"/> on.</summary>
    public static int Choose(int? remembered, int first) =>
        remembered is { } port && IsFree(port)
            ? port
            : Enumerable.Range(first, 200).FirstOrDefault(IsFree) is > 0 and var free
                ? free
                : throw new EmbeddedException($"No port from {first} to {first + 199} is free.");
}
