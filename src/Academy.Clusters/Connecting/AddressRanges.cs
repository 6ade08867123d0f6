using System.Net;
using System.Net.Sockets;

namespace Academy.Clusters.Connecting;

/// <summary>Addresses that lead somewhere else than to a student's cluster on the internet.</summary>
/// <remarks>Ranges by the IANA registries of special-purpose IPv4 and IPv6 addresses.</remarks>
internal static class AddressRanges
{
    private static readonly (IPNetwork Network, string Is)[] Ranges =
    [
        Range("0.0.0.0/8", "an unspecified address"),
        Range("10.0.0.0/8", "a private address"),
        Range("100.64.0.0/10", "an address behind a carrier's NAT"),
        Range("127.0.0.0/8", "a loopback address"),
        Range("169.254.0.0/16", "a link-local address"),
        Range("172.16.0.0/12", "a private address"),
        Range("192.0.0.0/24", "an address reserved for protocols"),
        Range("192.0.2.0/24", "an address for documentation"),
        Range("192.168.0.0/16", "a private address"),
        Range("198.18.0.0/15", "an address for benchmarks"),
        Range("198.51.100.0/24", "an address for documentation"),
        Range("203.0.113.0/24", "an address for documentation"),
        Range("224.0.0.0/4", "a multicast address"),
        Range("240.0.0.0/4", "a reserved address"),
        Range("::/128", "an unspecified address"),
        Range("::1/128", "a loopback address"),
        Range("100::/64", "a discard-only address"),
        Range("2001::/32", "a Teredo address, which wraps another one"),
        Range("2001:db8::/32", "an address for documentation"),
        Range("64:ff9b:1::/48", "a local NAT64 address, which wraps another one"),
        Range("fc00::/7", "a unique local address"),
        Range("fe80::/10", "a link-local address"),
        Range("fec0::/10", "a site-local address"),
        Range("ff00::/8", "a multicast address"),
    ];

    // Where clouds keep the credentials of the machine: AWS and most others, AWS tasks, AWS over IPv6, Azure, Alibaba, Oracle.
    private static readonly IPAddress[] Metadata =
    [
        .. new[] { "169.254.169.254", "169.254.170.2", "169.254.170.23", "fd00:ec2::254", "fd00:ec2::23", "168.63.129.16", "100.100.100.200", "192.0.0.192" }
            .Select(IPAddress.Parse),
    ];

    public static bool IsMetadata(IPAddress address) => Metadata.Contains(Plain(address)) || (Embedded(address) is { } inner && Metadata.Contains(inner));

    /// <summary>What an address is, in words; null for one on the public internet.</summary>
    public static string? Describe(IPAddress address)
    {
        var plain = Plain(address);
        if (IsMetadata(plain))
        {
            return "the address of a cloud's metadata service";
        }

        var found = Array.Find(Ranges, r => r.Network.Contains(plain)).Is;
        return found ?? (Embedded(plain) is { } inner && Describe(inner) is { } what ? $"an IPv6 form of {inner}, {what}" : null);
    }

    /// <summary>An IPv4 address also where it is written as <c>::ffff:a.b.c.d</c>; without the zone of a link-local one.</summary>
    public static IPAddress Plain(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address.AddressFamily == AddressFamily.InterNetworkV6 ? new IPAddress(address.GetAddressBytes())
        : address;

    // IPv4 inside IPv6: NAT64 (RFC 6052), 6to4 (RFC 3056), ISATAP (RFC 5214), and the old compatible form (RFC 4291).
    private static IPAddress? Embedded(IPAddress address)
    {
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
        {
            return null;
        }

        ReadOnlySpan<byte> bytes = address.GetAddressBytes();
        ReadOnlySpan<byte> nat64 = [0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0];
        ReadOnlySpan<byte> isatap = [0x5e, 0xfe];
        var wraps = bytes[..12].SequenceEqual(nat64)
            || !bytes[..12].ContainsAnyExcept((byte)0)
            || ((bytes[8] & 0xfd) == 0 && bytes[9] == 0 && bytes[10..12].SequenceEqual(isatap));
        return wraps ? new IPAddress(bytes[12..])
            : bytes[0] == 0x20 && bytes[1] == 0x02 ? new IPAddress(bytes[2..6])
            : null;
    }

    private static (IPNetwork, string) Range(string cidr, string what) => (IPNetwork.Parse(cidr), what);
}
