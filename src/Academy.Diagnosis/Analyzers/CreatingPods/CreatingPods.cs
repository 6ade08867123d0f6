using System.Text.RegularExpressions;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.CreatingPods;

/// <summary>Pods that are refused when they are created: quota, limits, security standards, accounts, priorities.</summary>
internal sealed partial class CreatingPods : IAnalyzer
{
    public Rule Rule { get; } = new("ACD501", "Pods are refused by an admission rule", Severity.Error, nameof(CreatingPods),
    [
        Reasons.QuotaExceeded, Reasons.MissingResourceRequests, Reasons.LimitrangeViolation, Reasons.PodSecurityViolation,
        Reasons.ServiceaccountNotFound, Reasons.PriorityClassNotFound, Reasons.NamespaceTerminating, Reasons.ImmutableFieldChanged, Reasons.RuntimeclassNotFound,
    ]);

    public IEnumerable<Fact> Analyze(Cluster cluster) =>
        from refusal in Refusal.Of(cluster)
        let fact = Explain(cluster, refusal)
        where fact is not null
        select fact with { Evidence = [refusal.Evidence, .. fact.Evidence], Explains = [refusal.Workload.Ref] };

    private static Fact? Explain(Cluster cluster, Refusal refusal)
    {
        var at = refusal.Workload.Ref;
        var who = $"{at.Kind} {at.Name}";
        var ns = refusal.Workload.Namespace;
        var text = refusal.Text;
        if (Quota().Match(text) is { Success: true } quota)
        {
            return Quotas(cluster, refusal, quota);
        }

        if (MustSpecify().Match(text) is { Success: true } must)
        {
            return new Fact(at, Reasons.MissingResourceRequests, 0.93, $"ResourceQuota {must.Groups["name"].Value} demands that every pod of namespace {ns} states {must.Groups["what"].Value}, and the pods of {who} do not.")
            {
                Fix = $"Set {must.Groups["what"].Value} on every container of the pod template, or add a LimitRange with defaults.",
            };
        }

        if (Limits().IsMatch(text))
        {
            var range = cluster.All("LimitRange", ns).Head();
            return new Fact(at, Reasons.LimitrangeViolation, 0.93, $"The resources of {who} are outside of what LimitRange {range?.Name} allows in namespace {ns}.")
            {
                Evidence = range is null ? [] : [Quote.Field(range, "spec.limits", range.Spec.At("limits")?.ToJsonString())],
                Fix = "Bring the requests and limits of the containers within the LimitRange, or widen it.",
            };
        }

        if (Security().IsMatch(text))
        {
            return new Fact(at, Reasons.PodSecurityViolation, 0.95, $"The security standard of namespace {ns} forbids the pods of {who}.")
            {
                Evidence = [.. cluster.Find("Namespace", null, ns) is { } home && home.Labels.ContainsKey("pod-security.kubernetes.io/enforce") ? (Evidence[])[Quote.Field(home, "metadata.labels", $"pod-security.kubernetes.io/enforce={home.Labels["pod-security.kubernetes.io/enforce"]}")] : []],
                Fix = "Change the securityContext as the message says, or run it in a namespace with a wider standard.",
            };
        }

        if (Account().Match(text) is { Success: true } account)
        {
            var name = account.Groups["name"].Value;
            var alike = Likeness.Closest(name, cluster.All("ServiceAccount", ns).Select(item => item.Name).Where(item => item != "default"));
            return new Fact(new ObjectRef("ServiceAccount", ns, name), Reasons.ServiceaccountNotFound, 0.95, $"{who} runs as ServiceAccount {name}, which does not exist in namespace {ns}.{(alike is null ? "" : $" There is {alike}.")}")
            {
                Fix = $"Create ServiceAccount {name}, or correct serviceAccountName in the pod template.",
            };
        }

        if (Priority().Match(text) is { Success: true } priority)
        {
            var name = priority.Groups["name"].Value;
            return new Fact(at, Reasons.PriorityClassNotFound, 0.95, $"{who} asks for PriorityClass {name}, which does not exist.")
            {
                Evidence = [.. cluster.All("PriorityClass").Count == 0 ? (Evidence[])[] : [new Evidence($"PriorityClass/{cluster.All("PriorityClass")[0].Name}", "metadata.name", null, null, string.Join(", ", cluster.All("PriorityClass").Select(item => item.Name)))]],
                Fix = $"Use a PriorityClass that exists, or create {name}.",
            };
        }

        if (Runtime().Match(text) is { Success: true } runtime)
        {
            var name = runtime.Groups["name"].Value;
            return new Fact(at, Reasons.RuntimeclassNotFound, 0.95, $"{who} asks for RuntimeClass {name}, which does not exist.")
            {
                Fix = $"Drop runtimeClassName or name one that exists, or create RuntimeClass {name}.",
            };
        }

        if (text.Contains("is being terminated", StringComparison.OrdinalIgnoreCase))
        {
            return new Fact(new ObjectRef("Namespace", null, ns), Reasons.NamespaceTerminating, 0.9, $"Namespace {ns} is being deleted, so nothing new may be created in it.")
            {
                Fix = "Let the deletion finish, then create the namespace again.",
            };
        }

        return text.Contains("field is immutable", StringComparison.OrdinalIgnoreCase) || text.Contains("updates to statefulset spec", StringComparison.OrdinalIgnoreCase)
            ? new Fact(at, Reasons.ImmutableFieldChanged, 0.85, $"A change of {who} touches a field that cannot be changed.") { Fix = "Delete the object and create it anew with the changed field." }
            : null;
    }

    private static Fact Quotas(Cluster cluster, Refusal refusal, Match match)
    {
        var ns = refusal.Workload.Namespace;
        var name = match.Groups["name"].Value;
        var quota = cluster.Find("ResourceQuota", ns, name);
        var holders = cluster.PodsIn(ns).Where(pod => !pod.Finished && pod.Workload != refusal.Workload).GroupBy(pod => pod.Workload.Ref).OrderByDescending(group => group.Count()).ThenBy(group => group.Key.ToString(), StringComparer.Ordinal).Select(group => $"{group.Key.Kind} {group.Key.Name}").FirstOrDefault();
        return new Fact(new ObjectRef("ResourceQuota", ns, name), Reasons.QuotaExceeded, 0.95, $"ResourceQuota {name} of namespace {ns} is used up{(holders is null ? "" : $" (most by {holders})")}, so pods of {refusal.Workload.Ref.Kind} {refusal.Workload.Ref.Name} are refused.")
        {
            Evidence = quota is null ? [] : [Quote.Field(quota, "status", $"used {Selectors.Show(quota.Status.Map("used"))}; hard {Selectors.Show(quota.Status.Map("hard"))}")],
            Fix = holders is null ? $"Ask for less, or raise ResourceQuota {name}." : $"Scale {holders} down, ask for less, or raise ResourceQuota {name}.",
        };
    }

    [GeneratedRegex("exceeded quota: (?<name>[^,\\s]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Quota();

    [GeneratedRegex("failed quota: (?<name>[^:\\s]+): must specify (?<what>.{1,120})", RegexOptions.CultureInvariant)]
    private static partial Regex MustSpecify();

    [GeneratedRegex("(?:maximum|minimum) (?:cpu|memory|ephemeral-storage|storage|[\\w./-]+) usage per|max limit to request ratio|limit to request ratio|(?:cpu|memory) limit is not|per (?:Container|Pod) is", RegexOptions.CultureInvariant)]
    private static partial Regex Limits();

    [GeneratedRegex("violates PodSecurity|unable to validate against any (?:pod )?security|PodSecurityPolicy|violates the PodSecurity", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Security();

    [GeneratedRegex("(?:error looking up service account [^:]+: )?serviceaccounts? \"(?<name>[^\"]+)\" not found", RegexOptions.CultureInvariant)]
    private static partial Regex Account();

    [GeneratedRegex("RuntimeClass \"(?<name>[^\"]+)\" not found", RegexOptions.CultureInvariant)]
    private static partial Regex Runtime();

    [GeneratedRegex("no PriorityClass with name (?<name>[^\\s]+) was found", RegexOptions.CultureInvariant)]
    private static partial Regex Priority();
}
