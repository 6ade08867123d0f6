using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Academy.Clusters.Classrooms;

/// <summary>By which labels an environment's namespace is known as one of this Academy's.</summary>
/// <param name="Installation">Of this Academy: 16 hexadecimal digits, or what the operator set.</param>
/// <param name="Tenant">The organisation.</param>
public sealed record EnvironmentOwner(string Installation, string Tenant)
{
    public const string ManagedByLabel = "app.kubernetes.io/managed-by";
    public const string ManagedBy = "academy";
    public const string InstallationLabel = "academy.dev/installation";
    public const string TenantLabel = "academy.dev/tenant";
    public const string EnvironmentLabel = "academy.dev/environment";
    public const string AttemptLabel = "academy.dev/attempt";

    /// <summary>Seconds since 1970: a label has no place for the colons of a time.</summary>
    public const string ExpiresLabel = "academy.dev/expires";

    /// <summary>Selects what is this Academy's and this organisation's, and nothing else.</summary>
    public string Selector => $"labelSelector={Uri.EscapeDataString($"{ManagedByLabel}={ManagedBy},{InstallationLabel}={Label(Installation)},{TenantLabel}={Label(Tenant)}")}";

    internal IEnumerable<KeyValuePair<string, string>> Labels =>
        [new(ManagedByLabel, ManagedBy), new(InstallationLabel, Label(Installation)), new(TenantLabel, Label(Tenant))];

    internal static string Expiry(DateTimeOffset at) => at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>As it is where it may be a label's value, else a name that stands for it.</summary>
    internal static string Label(string text) =>
        text.Length is > 0 and <= 63 && char.IsAsciiLetterOrDigit(text[0]) && char.IsAsciiLetterOrDigit(text[^1])
            && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')
            ? text
            : $"sha256.{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..32]}";
}

/// <summary>What is to be made for one attempt.</summary>
/// <param name="Namespace">An RFC 1123 label.</param>
/// <param name="Quota">The <c>hard</c> of the ResourceQuota.</param>
/// <param name="Default">Limits of a container that names none.</param>
/// <param name="DefaultRequest">Requests of a container that names none.</param>
/// <param name="Isolated">Whether traffic is kept within the namespace, but for DNS.</param>
/// <param name="Crds">CustomResourceDefinitions that must be there.</param>
/// <param name="Start">Manifests in order.</param>
/// <param name="ProxyNetworks">Where the API server's own requests to pods come from, in CIDR notation; they may come in although it is isolated.</param>
public sealed record EnvironmentPlan(
    EnvironmentOwner Owner,
    Guid EnvironmentId,
    Guid AttemptId,
    string Namespace,
    DateTimeOffset ExpiresAt,
    IReadOnlyDictionary<string, string> Quota,
    IReadOnlyDictionary<string, string> Default,
    IReadOnlyDictionary<string, string> DefaultRequest,
    bool Isolated,
    IReadOnlyList<string> Crds,
    IReadOnlyList<StartManifest> Start,
    IReadOnlyList<string> ProxyNetworks)
{
    /// <summary>The worked solution. It is not applied: it tells what a student must be able to write, and whether that fits into a namespace at all.</summary>
    public IReadOnlyList<StartManifest> Solution { get; init; } = [];
}

/// <param name="Name">For messages.</param>
/// <param name="Yaml">One or more documents, without a namespace.</param>
public sealed record StartManifest(string Name, string Yaml);
