using System.Net;

namespace Academy.Clusters.Connecting;

/// <summary>Which addresses may be reached for a student. A refusal is a sentence; null means that it may.</summary>
internal sealed class AddressPolicy
{
    private static readonly string[] PrivateEndings = [".cluster.local", ".localhost", ".local", ".internal", ".lan", ".home.arpa"];

    private readonly List<IPNetwork> _allowed;

    /// <exception cref="FormatException">An entry of <see cref="ClustersOptions.AllowedNetworks"/> is not CIDR notation.</exception>
    public AddressPolicy(ClustersOptions options) =>
        _allowed = [.. options.AllowedNetworks.Select(n => IPNetwork.TryParse(n, out var network)
            ? network
            : throw new FormatException($"AllowedNetworks: '{n}' is not a network in CIDR notation such as 10.0.0.0/8"))];

    public string? Refuse(IPAddress address)
    {
        var what = AddressRanges.Describe(address);
        return what is null || Allows(address) ? null : $"{address} is {what}";
    }

    /// <summary>
    /// For the host of an address as it is written. A name that only means something inside a cluster or a data centre is let through
    /// only where the operator allows networks at all; what it resolves to is judged when the connection is made.
    /// </summary>
    public string? Refuse(string host)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
        {
            return Refuse(address);
        }

        return IsInternalName(host) && _allowed.Count == 0 ? $"{host} is a name that only means something inside a cluster or a private network" : null;
    }

    /// <summary>As <see cref="Refuse(IPAddress)"/>, for an address that a name resolved to: an internal name must lead to an allowed network.</summary>
    public string? Refuse(string host, IPAddress resolved) =>
        Refuse(resolved) is { } why ? $"{host} resolves to {why}"
        : IsInternalName(host) && !Allows(resolved) ? $"{host} is a name that only means something inside a cluster or a private network"
        : null;

    private bool Allows(IPAddress address)
    {
        var plain = AddressRanges.Plain(address);
        return _allowed.Any(n => (n.Contains(plain) || n.Contains(address)) && (!AddressRanges.IsMetadata(plain) || IsOneAddress(n)));
    }

    private static bool IsOneAddress(IPNetwork network) => network.PrefixLength == network.BaseAddress.GetAddressBytes().Length * 8;

    private static bool IsInternalName(string host)
    {
        var name = host.TrimEnd('.').ToLowerInvariant();
        return !IPAddress.TryParse(name, out _)
            && (!name.Contains('.')
                || name is "kubernetes.default"
                || name.EndsWith(".svc", StringComparison.Ordinal)
                || name.Contains(".svc.", StringComparison.Ordinal)
                || PrivateEndings.Any(s => name.EndsWith(s, StringComparison.Ordinal)));
    }
}
