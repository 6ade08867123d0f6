using System.Text.Json.Nodes;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Logs;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Network;

/// <summary>What a complaint is about: a host, the Service it means, and the setting it came from.</summary>
internal sealed record Target(string Host, long? Port, KubeObject? Service, HostSetting? Setting)
{
    private static readonly HashSet<string> Words =
    [
        "localhost", "host", "server", "address", "tcp", "the", "a", "to", "for", "failed", "error", "port", "connection", "connect", "dns", "http", "https", "on", "upstream", "name", "hostname", "is", "at", "attempt", "in", "resolve", "null", "url", "could", "not", "database", "dial", "lookup", "line", "code", "status", "refused", "timeout", "it", "that", "any", "no", "my", "an", "from", "with", "socket",
    ];

    public static Target Of(Cluster cluster, Complaint complaint)
    {
        var settings = Hosts.Settings(cluster, complaint.Workload).ToList();
        // A host with its port is an address; a lone word may be any word.
        var named = complaint.Sign!.Hosts
            .OrderByDescending(item => item.Port is not null)
            .Concat((complaint.Log?.Signs ?? []).Where(sign => sign.Sign == complaint.Sign.Sign).SelectMany(sign => sign.Hosts))
            .Where(item => !Words.Contains(item.Host.ToLowerInvariant()) && !(item.Port is null && item.Host.All(c => char.IsAsciiDigit(c) || c == '.') && !Address(item.Host)))
            .Distinct()
            .ToList();
        foreach (var (host, port) in named)
        {
            if (Find(cluster, complaint.Pod.Namespace, host) is { } service)
            {
                var setting = settings.FirstOrDefault(item => item.Host == host) ?? settings.FirstOrDefault(item => Hosts.Service(cluster, complaint.Pod.Namespace, item.Host) == service);
                return new Target(host, port ?? named.Where(item => item.Host == host || Address(item.Host)).Select(item => item.Port).FirstOrDefault(item => item is not null) ?? setting?.Port, service, setting);
            }
        }

        // A name that was configured says more than a word that happens to stand in the line.
        var configured = named.Select(item => settings.FirstOrDefault(setting => setting.Host == item.Host)).FirstOrDefault(setting => setting is not null);
        if (configured is not null)
        {
            return new Target(configured.Host, configured.Port, null, configured);
        }

        if (named.Count == 0 && Only(cluster, complaint, settings) is { } only)
        {
            return only;
        }

        var first = named.FirstOrDefault(item => item.Port is not null && !Address(item.Host)) is { Host: not null } ported ? ported : named.FirstOrDefault(item => !Address(item.Host));
        return first.Host is null ? named.Count > 0 ? new Target(named[0].Host, named[0].Port, null, null) : new Target("", null, null, null) : new Target(first.Host, first.Port, null, null);
    }

    /// <summary>The object to change: where the address was set.</summary>
    public ObjectRef Source(Cluster cluster, Complaint complaint)
    {
        if (Setting is not null)
        {
            return Setting.Source;
        }

        // An address that stands in no text of the cluster may come from a Secret, whose values are not read; the log often names the variable.
        var secret = References.OfContainers(complaint.Workload.PodSpec).FirstOrDefault(reference =>
            reference.Kind == "Secret" && reference.Variable is { Length: > 3 } variable && complaint.Sign!.Line.Contains(variable, StringComparison.Ordinal));
        return secret is null ? complaint.Workload.Ref : new ObjectRef("Secret", complaint.Pod.Namespace, secret.Name);
    }

    /// <summary>The patch that corrects an address in a variable of the workload's own; null where it stands elsewhere.</summary>
    public JsonObject? Corrected(Complaint complaint, Func<HostSetting, string?> correct) =>
        Setting is { Variable: { } variable } && Setting.Source == complaint.Workload.Ref && correct(Setting) is { } value
        && complaint.Container.Spec.Items("env").Any(item => item.Text("name") == variable && item.Text("value")?.Trim() == Setting.Text)
            ? Patches.Variable(complaint.Workload, complaint.Container, new JsonObject { ["name"] = variable, ["value"] = value })
            : null;

    public IEnumerable<Evidence> Quotes(Cluster cluster) =>
        Setting is null ? [] : [new Evidence(Quote.Name(Setting.Source), Setting.Path, null, null, Quote.Cut(Setting.Variable is null || Setting.Source.Kind == "ConfigMap" ? Setting.Text : $"{Setting.Variable}={Setting.Text}"))];

    private static Target? Only(Cluster cluster, Complaint complaint, List<HostSetting> settings)
    {
        if (settings.Select(setting => setting.Host).Distinct().Count() != 1)
        {
            return null;
        }

        var setting = settings[0];
        return new Target(setting.Host, setting.Port, Hosts.Service(cluster, complaint.Pod.Namespace, setting.Host), setting);
    }

    private static KubeObject? Find(Cluster cluster, string ns, string host) => Address(host)
        ? cluster.Once(ServiceAddresses.Of).Find(host)
        : Hosts.Service(cluster, ns, host);

    private static bool Address(string host) => System.Net.IPAddress.TryParse(host, out _) && host.Contains('.', StringComparison.Ordinal);
}

/// <summary>Services by the addresses that lead to them: their own, and those of the pods behind them.</summary>
internal sealed class ServiceAddresses
{
    private readonly Dictionary<string, KubeObject> services = [];

    public static ServiceAddresses Of(Cluster cluster)
    {
        var addresses = new ServiceAddresses();
        foreach (var service in cluster.All("Service"))
        {
            foreach (var ip in service.Spec.Texts("clusterIPs").Append(service.Spec.Text("clusterIP") ?? ""))
            {
                addresses.services.TryAdd(ip, service);
            }
        }

        return addresses;
    }

    public KubeObject? Find(string address) => services.GetValueOrDefault(address);
}
