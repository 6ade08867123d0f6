using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Graph;

/// <summary>A host that a workload was told to reach.</summary>
/// <param name="Source">The object whose change would correct it: the workload, or the ConfigMap its variable comes from.</param>
/// <param name="Path">Where it stands in the source.</param>
internal sealed record HostSetting(string Host, long? Port, ObjectRef Source, string Path, string Text, string? Variable);

/// <summary>Reads addresses out of environment variables, arguments and configuration, and resolves them as the cluster's DNS would.</summary>
internal static partial class Hosts
{
    private const int LongestText = 20000;

    public static IEnumerable<KubeObject> ServicesNamedIn(Cluster cluster, Workload workload) =>
        Settings(cluster, workload).Select(setting => Service(cluster, workload.Namespace, setting.Host)).OfType<KubeObject>().Distinct();

    /// <summary>The Service a host name means from inside a namespace; null where it names none.</summary>
    public static KubeObject? Service(Cluster cluster, string ns, string host) =>
        Name(host, ns) is var (name, at) ? cluster.Find("Service", at, name) : null;

    /// <summary>Service name and namespace in a host name, or null for an address outside of the cluster or a number.</summary>
    public static (string Name, string Namespace)? Name(string host, string ns)
    {
        var parts = host.TrimEnd('.').Split('.');
        if (host.Length == 0 || parts.All(part => part.All(char.IsAsciiDigit)) || host.Equals("localhost", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        return parts switch
        {
            [var name] => (name, ns),
            [var name, var at] => (name, at),
            [var name, var at, "svc", ..] => (name, at),
            // A pod of a StatefulSet through its headless Service.
            [_, var name, var at, "svc", ..] => (name, at),
            _ => null,
        };
    }

    public static IEnumerable<HostSetting> Settings(Cluster cluster, Workload workload)
    {
        foreach (var (text, source, path, variable) in Texts(cluster, workload))
        {
            foreach (Match match in Asked().Matches(text))
            {
                yield return new HostSetting(match.Groups["host"].Value.TrimEnd('.'), long.TryParse(match.Groups["port"].Value, out var asked) ? asked : null, source, path, Quote.Cut(text.Trim()), variable);
            }

            foreach (Match match in Address().Matches(text))
            {
                var host = match.Groups["host"].Value.TrimEnd('.');
                var port = long.TryParse(match.Groups["port"].Value, out var number) ? number : SchemePort(match.Groups["scheme"].Value);
                var certain = match.Groups["scheme"].Success || match.Groups["at"].Success || match.Groups["port"].Success || host.Contains(".svc", StringComparison.Ordinal);
                if (certain || (variable is not null && Addressing(variable) && host.Length == text.Trim().Length))
                {
                    yield return new HostSetting(host, port, source, path, text.Trim(), variable);
                }
            }
        }
    }

    /// <summary>Every literal a program of the workload gets, with the place it comes from.</summary>
    public static IEnumerable<(string Text, ObjectRef Source, string Path, string? Variable)> Texts(Cluster cluster, Workload workload)
    {
        var prefix = string.Join('.', workload.TemplatePath.Append("spec"));
        foreach (var list in (string[])["containers", "initContainers"])
        {
            var containers = workload.PodSpec.Items(list);
            for (var i = 0; i < containers.Count; i++)
            {
                foreach (var (text, path, variable) in Literals(containers[i]))
                {
                    yield return (text, workload.Ref, $"{prefix}.{list}[{i}].{path}", variable);
                }
            }
        }

        foreach (var reference in References.Of(workload.PodSpec).Where(reference => reference.Kind == "ConfigMap").DistinctBy(reference => (reference.Name, reference.Key, reference.Variable)))
        {
            foreach (var (key, value) in cluster.Find("ConfigMap", workload.Namespace, reference.Name)?.Json.Map("data") ?? new Dictionary<string, string>())
            {
                if ((reference.Key is null || reference.Key == key) && value.Length <= LongestText)
                {
                    yield return (value, new ObjectRef("ConfigMap", workload.Namespace, reference.Name), $"data.{key}", reference.Variable ?? key);
                }
            }
        }
    }

    private static IEnumerable<(string Text, string Path, string? Variable)> Literals(JsonObject container)
    {
        var at = 0;
        foreach (var variable in container.Items("env"))
        {
            if (variable.Text("value") is { Length: > 0 and <= LongestText } value)
            {
                yield return (value, $"env[{at}].value", variable.Text("name"));
            }

            at++;
        }

        foreach (var field in (string[])["command", "args"])
        {
            at = 0;
            foreach (var text in container.Texts(field))
            {
                if (text.Length <= LongestText)
                {
                    yield return (text, $"{field}[{at}]", null);
                }

                at++;
            }
        }
    }

    private static bool Addressing(string variable) =>
        AddressWords().IsMatch(variable);

    private static long? SchemePort(string scheme) => scheme.TrimEnd(':', '/') switch
    {
        "http" or "ws" => 80,
        "https" or "wss" => 443,
        "postgres" or "postgresql" => 5432,
        "mysql" => 3306,
        "redis" => 6379,
        "amqp" => 5672,
        "mongodb" => 27017,
        "nats" => 4222,
        _ => null,
    };

    [GeneratedRegex(@"(?<scheme>[a-z][a-z0-9+]{1,20}://)?(?<at>[^\s/@:,;""']{1,80}(?::[^\s/@,;""']{0,80})?@)?(?<host>[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?){0,8})(?::(?<port>[0-9]{1,5}))?", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Address();

    /// <summary>Hosts that a shell command waits for.</summary>
    [GeneratedRegex(@"\b(?:nc|ncat|nslookup|ping|telnet|getent hosts|pg_isready|redis-cli|mysqladmin|wait-for-it(?:\.sh)?|wait-for|dig|host)(?: -[a-z0-9]+(?: [0-9]+)?| ping){0,6} (?:-h ?|--host[ =])?(?<host>[a-z](?:[-a-z0-9]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?){0,8})(?:[: ](?<port>[0-9]{2,5}))?", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Asked();

    [GeneratedRegex("HOST|ADDR|SERVER|ENDPOINT|URL|URI|UPSTREAM|BROKER|SERVICE|BACKEND|TARGET|DSN|BOOTSTRAP", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex AddressWords();
}
