using System.Globalization;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Logs;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Network;

/// <summary>
/// Follows every complaint of not reaching something to what stands in the way: the name, the port, the Service, a policy, the DNS,
/// or the trouble of the one that should answer. Several rules share the result and each takes the reasons that are its own.
/// </summary>
internal sealed class Reach
{
    private Reach(IReadOnlyList<Fact> facts) => Facts = facts;

    public IReadOnlyList<Fact> Facts { get; }

    public static IEnumerable<Fact> Of(Cluster cluster, Rule rule) =>
        cluster.Once(Follow).Facts.Where(fact => rule.Reasons.Contains(fact.Reason));

    private static Reach Follow(Cluster cluster) => new(
    [
        .. Complaints.Of(cluster)
            .Select(complaint => complaint.Waits ? Waiting(cluster, complaint) : complaint)
            .Where(complaint => complaint.Sign is { OfDependency: true } && complaint.Container.Name != "istio-proxy")
            .Select(complaint => Explain(cluster, complaint))
            .OfType<Fact>(),
    ]);

    /// <summary>What a waiting init container waits for stands in its command: a name that leads nowhere, or a Service that does not answer.</summary>
    private static Complaint Waiting(Cluster cluster, Complaint complaint)
    {
        var text = string.Join(' ', complaint.Container.Command);
        var setting = Hosts.Settings(cluster, complaint.Workload).FirstOrDefault(item => text.Contains(item.Host, StringComparison.Ordinal));
        var line = complaint.Sign?.Line ?? complaint.Log?.Lines.LastOrDefault(line => line.Length > 0) ?? text;
        var known = setting is not null && Hosts.Service(cluster, complaint.Pod.Namespace, setting.Host) is not null;
        return complaint with { Sign = new LogSign(setting is null || known ? Sign.Unreachable : Sign.UnknownHost, line, 0, null, setting is null ? [] : [(setting.Host, setting.Port)]) };
    }

    private static Fact? Explain(Cluster cluster, Complaint complaint)
    {
        var target = Target.Of(cluster, complaint);
        var at = complaint.Workload.Ref;
        var fact = target switch
        {
            { Service: { } service } => Existing(cluster, complaint, target, service),
            { Host.Length: > 0 } => Missing(cluster, complaint, target),
            _ => null,
        };
        if (fact is null && !complaint.Grave)
        {
            return null;
        }

        fact ??= new Fact(at, Crashes.GenericReason(complaint), 0.5, $"{at.Kind} {at.Name} cannot reach something it depends on: {Quote.Cut(complaint.Sign!.Line.Trim())}")
        {
            Strength = Strength.Vague,
            DependsOn = target.Service is { } known ? [known.Ref] : [.. Hosts.ServicesNamedIn(cluster, complaint.Workload).Select(service => service.Ref)],
            Fix = "Check the address it was given, and whether what answers there is up.",
        };
        return fact with { Evidence = [.. complaint.Quotes, .. fact.Evidence], Explains = [.. fact.Explains.Append(at).Distinct()] };
    }

    private static Fact? Existing(Cluster cluster, Complaint complaint, Target target, KubeObject service)
    {
        var sign = complaint.Sign!.Sign;
        if (sign == Sign.UnknownHost)
        {
            return DnsTrouble.Explain(cluster, complaint, target);
        }

        var ports = service.Spec.Items("ports");
        if (target.Port is { } port && ports.Count > 0 && ports.All(item => item.Number("port") != port) && service.Spec.Text("clusterIP") != "None" && service.Spec.Text("type") != "ExternalName")
        {
            var offered = string.Join(", ", ports.Select(item => item.Text("port")));
            return new Fact(target.Source(cluster, complaint), Reasons.WrongServicePort, 0.93, $"{complaint.Workload.Ref.Kind} {complaint.Workload.Ref.Name} asks Service {service.Name} on port {port}, and the Service offers {offered}.")
            {
                Evidence = [.. target.Quotes(cluster), Quote.Field(service, "spec.ports", offered)],
                Fix = $"Use port {offered} in the address.",
                Patch = ports.Count == 1 ? target.Corrected(complaint, setting => Port(setting.Text, port, offered)) : null,
                Foreseen = $"Service {service.Name} offers port {offered}.",
            };
        }

        if (sign is Sign.Refused or Sign.Unreachable && PolicyTrouble.Explain(cluster, complaint, service, target.Port) is { } policy)
        {
            return policy;
        }

        if (sign is Sign.WrongProtocol or Sign.HttpNotFound && complaint.Grave)
        {
            return WrongUrl(cluster, complaint, target, 0.85);
        }

        if (Unbacked(cluster, service))
        {
            return new Fact(service.Ref, Reasons.ServiceNoReadyEndpoints, 0.88, $"Service {service.Name}, which {complaint.Workload.Ref.Name} needs, has no selector, and nobody has written addresses for it.")
            {
                Evidence = [Quote.Field(service, "spec.selector", "(none)")],
                Fix = $"Give Service {service.Name} a selector, or create Endpoints or an EndpointSlice for it.",
            };
        }

        var idle = Backing.Workloads(cluster, service).ToList();
        if (idle.Count == 0 && service.Spec.Map("selector") is { Count: > 0 } selector && sign is Sign.Refused or Sign.Unreachable && cluster.Readable("Pod"))
        {
            return Unselected(cluster, complaint, service, selector);
        }

        return idle.Count > 0 && idle.All(workload => workload.Replicas == 0)
            ? new Fact(service.Ref, Reasons.ServiceNoReadyEndpoints, 0.8, $"Service {service.Name}, which {complaint.Workload.Ref.Name} needs, has no pods: {idle[0].Ref.Kind} {idle[0].Ref.Name} is scaled to zero.")
            {
                Strength = Strength.Likely,
                Evidence = [Quote.Field(idle[0].Object!, "spec.replicas", "0")],
                Fix = $"Scale {idle[0].Ref.Kind} {idle[0].Ref.Name} up.",
            }
            : null;
    }

    private static Fact? Missing(Cluster cluster, Complaint complaint, Target target)
    {
        var name = Hosts.Name(target.Host, complaint.Pod.Namespace);
        var inside = name is not null && (!target.Host.Contains('.', StringComparison.Ordinal) || target.Host.Contains(".svc", StringComparison.Ordinal) || cluster.Exists("Namespace", null, name.Value.Namespace));
        if (complaint.Sign!.Sign == Sign.UnknownHost && DnsTrouble.Explain(cluster, complaint, target) is { } dns)
        {
            return dns;
        }

        if (inside && !cluster.Readable("Service"))
        {
            return null;
        }

        if (!inside || complaint.Sign.Sign is not Sign.UnknownHost)
        {
            return Outside(cluster, complaint, target);
        }

        var services = cluster.All("Service", name!.Value.Namespace).Concat(cluster.All("Service", complaint.Pod.Namespace)).Distinct().ToList();
        var elsewhere = cluster.All("Service").FirstOrDefault(item => item.Name == name.Value.Name);
        var alike = elsewhere?.Name ?? Likeness.Closest(name.Value.Name, services.Select(item => item.Name)) ?? services.Where(item => target.Port is not null && item.Spec.Items("ports").Any(port => port.Number("port") == target.Port)).Select(item => item.Name).FirstOrDefault();
        var pods = cluster.WorkloadsIn(name.Value.Namespace).FirstOrDefault(workload => workload.Ref.Name == name.Value.Name && workload != complaint.Workload);
        if (alike is null && pods is not null)
        {
            return new Fact(new ObjectRef("Service", name.Value.Namespace, name.Value.Name), Reasons.ServiceNotFound, 0.9, $"{complaint.Workload.Ref.Kind} {complaint.Workload.Ref.Name} calls {target.Host}; {pods.Ref.Kind} {pods.Ref.Name} runs, but no Service of that name stands before it.")
            {
                Evidence = [.. target.Quotes(cluster)],
                Fix = $"Create Service {name.Value.Name} for the pods of {pods.Ref.Name}.",
            };
        }

        var where = elsewhere is not null ? $" It is in namespace {elsewhere.Namespace}." : alike is null ? "" : $" There is a Service {alike}.";
        return new Fact(target.Source(cluster, complaint), Reasons.WrongServiceName, 0.93, $"{complaint.Workload.Ref.Kind} {complaint.Workload.Ref.Name} calls host {target.Host}, and no Service has that name.{where}")
        {
            Evidence = [.. target.Quotes(cluster)],
            Fix = alike is null ? "Correct the host to the name of a Service that exists, or create that Service." : $"Use host {(elsewhere is null ? alike : $"{alike}.{elsewhere.Namespace}")}.",
            Patch = alike is null || elsewhere is not null ? null : target.Corrected(complaint, setting => target.Host.Length > 0 && setting.Text.Contains(target.Host, StringComparison.Ordinal) ? setting.Text.Replace(target.Host, Host(target.Host, name.Value.Name, alike), StringComparison.Ordinal) : null),
            Foreseen = $"There is a Service {alike} in its namespace.",
        };
    }

    /// <summary>The Service finds no pod at all. A workload that no Service finds and that serves its port is the one it was made for.</summary>
    private static Fact Unselected(Cluster cluster, Complaint complaint, KubeObject service, IReadOnlyDictionary<string, string> selector)
    {
        var target = service.Spec.Items("ports").Select(port => port.Number("targetPort") ?? port.Number("port")).FirstOrDefault();
        var taken = cluster.All("Service", service.Namespace).SelectMany(other => Backing.Workloads(cluster, other)).ToHashSet();
        var meant = cluster.WorkloadsIn(service.Namespace)
            .Where(workload => workload != complaint.Workload && !taken.Contains(workload) && workload.Ref.Kind is not ("Job" or "CronJob") && workload.Pods.Count > 0)
            .OrderByDescending(workload => workload.PodSpec.Items("containers").SelectMany(container => container.Items("ports")).Any(port => port.Number("containerPort") == target))
            .ThenByDescending(workload => Likeness.Score(workload.Ref.Name, service.Name))
            .ThenBy(workload => workload.Ref.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        return new Fact(service.Ref, meant is null ? Reasons.ServiceNoReadyEndpoints : Reasons.ServiceSelectorMismatch, meant is null ? 0.8 : 0.85, $"Service {service.Name}, which {complaint.Workload.Ref.Name} needs, selects {Selectors.Show(selector)}, which no pod carries{(meant is null ? "" : $"; the pods of {meant.Ref.Kind} {meant.Ref.Name} carry {Selectors.Show(meant.PodLabels)}")}.")
        {
            Strength = meant is null ? Strength.Likely : Strength.Certain,
            Evidence = [Quote.Field(service, "spec.selector", Selectors.Show(selector))],
            Fix = meant is null ? "Run the pods it should select, or correct its selector." : $"Set the selector of Service {service.Name} to labels of the pods it is meant for.",
        };
    }

    /// <summary>Addresses are written by hand where there is no selector; without any the Service leads nowhere.</summary>
    private static bool Unbacked(Cluster cluster, KubeObject service) =>
        service.Spec.Map("selector").Count == 0 && service.Spec.Text("type") != "ExternalName"
        && (cluster.All("Endpoints").Count > 0 || cluster.All("EndpointSlice").Count > 0)
        && cluster.Find("Endpoints", service.Namespace, service.Name)?.Json.Items("subsets").Any(subset => subset.Items("addresses").Count > 0) != true
        && !cluster.All("EndpointSlice", service.Namespace).Any(slice => slice.Labels.GetValueOrDefault("kubernetes.io/service-name") == service.Name && slice.Json.Items("endpoints").Count > 0);

    private static string Host(string host, string from, string to) => host.StartsWith(from, StringComparison.Ordinal) ? to + host[from.Length..] : to;

    /// <summary>The address with another port; null where the port does not stand in it.</summary>
    private static string? Port(string text, long from, string to)
    {
        var old = from.ToString(CultureInfo.InvariantCulture);
        return text == old ? to : text.Contains(":" + old, StringComparison.Ordinal) ? text.Replace(":" + old, ":" + to, StringComparison.Ordinal) : null;
    }

    private static Fact? Outside(Cluster cluster, Complaint complaint, Target target)
    {
        var blockers = PolicyCheck.OutsideBlockers(cluster, complaint.Pod, target.Port);
        if (blockers.Count > 0 && complaint.Sign!.Sign is Sign.Unreachable or Sign.Refused)
        {
            return new Fact(blockers[0].Ref, Reasons.NetworkPolicyDeniesTraffic, 0.85, $"NetworkPolicy {blockers[0].Name} does not let {complaint.Workload.Ref.Kind} {complaint.Workload.Ref.Name} reach {target.Host}.")
            {
                Evidence = [Quote.Field(blockers[0], "spec.egress", blockers[0].Spec.At("egress")?.ToJsonString() ?? "(none)")],
                Fix = "Allow the address in the policy's egress rules.",
            };
        }

        return complaint.Grave && target.Setting is not null ? WrongUrl(cluster, complaint, target, 0.6) : null;
    }

    private static Fact WrongUrl(Cluster cluster, Complaint complaint, Target target, double confidence) =>
        new(target.Source(cluster, complaint), Reasons.WrongUpstreamUrl, confidence, string.Create(CultureInfo.InvariantCulture, $"{complaint.Workload.Ref.Kind} {complaint.Workload.Ref.Name} was given an address that does not answer as expected: {target.Setting?.Text ?? target.Host}."))
        {
            Strength = Strength.Likely,
            Evidence = [.. target.Quotes(cluster)],
            Fix = "Correct the scheme, host or path of the address.",
        };
}
