using System.Text.Json.Nodes;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Logs;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.GrantingPermissions;

/// <summary>What the API server refused to a ServiceAccount, and which Role or binding would have granted it.</summary>
internal sealed class GrantingPermissions : IAnalyzer
{
    public Rule Rule { get; } = new("ACD505", "ServiceAccount lacks a permission", Severity.Error, nameof(GrantingPermissions),
        [Reasons.RbacPermissionMissing, Reasons.RbacBindingMissing, Reasons.WrongServiceAccount]);

    public bool WaitsForLogs => true;

    public IEnumerable<Fact> Analyze(Cluster cluster)
    {
        foreach (var complaint in Complaints.Of(cluster).Where(complaint => complaint.Log is not null && complaint.Log.Signs.Any(sign => sign.Sign == Sign.Forbidden)))
        {
            foreach (var (line, match) in complaint.Log!.Signs.Where(sign => sign.Sign == Sign.Forbidden).Select(sign => (sign, LogPatterns.Denied.Match(Unescaped(sign.Line)))).Where(item => item.Item2.Success).DistinctBy(item => item.Item2.Value).Take(3))
            {
                var wanted = new Permission(match.Groups["verb"].Value.ToLowerInvariant(), match.Groups["group"].Value, match.Groups["resource"].Value, match.Groups["in"].Success ? match.Groups["in"].Value : null);
                var fact = Explain(cluster, complaint, wanted, match.Groups["ns"].Value, match.Groups["sa"].Value);
                if (fact is not null)
                {
                    yield return fact with { Evidence = [complaint.Log.Quote(line), .. fact.Evidence], Explains = [complaint.Workload.Ref] };
                }
            }
        }
    }

    private static Fact? Explain(Cluster cluster, Complaint complaint, Permission wanted, string ns, string account)
    {
        var bindings = Rbac.Bindings(cluster, wanted.Namespace ?? ns).Concat(Rbac.Bindings(cluster, ns)).Distinct().ToList();
        var bound = bindings.Where(binding => Rbac.Binds(binding, ns, account)).Select(binding => (Binding: binding, Role: Rbac.Role(cluster, binding))).ToList();
        if (bound.Any(item => item.Role is not null && Rbac.Grants(item.Role, wanted) && (item.Binding.Kind == "ClusterRoleBinding" || item.Binding.Namespace == wanted.Namespace)))
        {
            return null;
        }

        if (((string[])["Role", "RoleBinding", "ClusterRole", "ClusterRoleBinding"]).Any(kind => !cluster.Readable(kind)) && bound.Count == 0)
        {
            return Make(new ObjectRef("ServiceAccount", ns, account), Reasons.RbacPermissionMissing, 0.6, $"ServiceAccount {account} of namespace {ns} may not {wanted}; its roles could not be read.", "Grant the permission with a Role and a binding.");
        }

        var who = $"ServiceAccount {account} of namespace {ns}";
        var scoped = bound.FirstOrDefault(item => item.Role is not null && Rbac.Grants(item.Role, wanted));
        if (scoped.Binding is not null)
        {
            return Make(scoped.Binding.Ref, Reasons.RbacBindingMissing, 0.9, $"{who} may {wanted.Verb} {wanted.Resource} only in namespace {scoped.Binding.Namespace}, and needs to {wanted}.", wanted.Namespace is null ? "Bind the role with a ClusterRoleBinding." : $"Add a RoleBinding in namespace {wanted.Namespace}.", Quote.Field(scoped.Binding, "roleRef", scoped.Binding.Json.At("roleRef")?.ToJsonString()));
        }

        var granting = cluster.All("Role", wanted.Namespace ?? ns).Concat(cluster.All("Role", ns)).Concat(cluster.All("ClusterRole")).Distinct()
            .Where(role => !role.Name.StartsWith("system:", StringComparison.Ordinal) && role.Name is not ("cluster-admin" or "admin" or "edit" or "view") && Rbac.Grants(role, wanted)).ToList();
        foreach (var role in granting)
        {
            if (bindings.FirstOrDefault(binding => Rbac.Role(cluster, binding) == role) is not { } binding)
            {
                continue;
            }

            var other = binding.Json.Items("subjects").FirstOrDefault(subject => subject.Text("kind") == "ServiceAccount");
            var exists = cluster.Exists("ServiceAccount", other.Text("namespace") ?? binding.Namespace, other.Text("name"));
            if (exists && other.Text("name") != account && (other.Text("namespace") ?? binding.Namespace) == ns)
            {
                return Make(complaint.Workload.Ref, Reasons.WrongServiceAccount, 0.9, $"{complaint.Workload.Ref.Kind} {complaint.Workload.Ref.Name} runs as ServiceAccount {account}, while {other.Text("name")} is the one that may {wanted}.", $"Set serviceAccountName to {other.Text("name")} in the pod template.", Quote.Field(complaint.Pod.Object, "spec.serviceAccountName", complaint.Pod.ServiceAccount), Quote.Field(binding, "subjects", binding.Json.At("subjects")?.ToJsonString())) with
                {
                    Patch = Patches.PodSpec(complaint.Workload, new JsonObject { ["serviceAccountName"] = other.Text("name") }),
                    Foreseen = $"{binding.Kind} {binding.Name} gives that account the permission.",
                };
            }

            return Make(binding.Ref, Reasons.RbacBindingMissing, 0.93, $"{binding.Kind} {binding.Name} gives {role.Kind} {role.Name} to {other.Text("kind")} {other.Text("namespace")}/{other.Text("name")}, not to {who}.", $"Correct the subject of {binding.Kind} {binding.Name}.", Quote.Field(binding, "subjects", binding.Json.At("subjects")?.ToJsonString())) with
            {
                Patch = Patches.At([], new JsonObject { ["subjects"] = new JsonArray([.. binding.Json.Items("subjects").Select(subject => subject.DeepClone()), new JsonObject { ["kind"] = "ServiceAccount", ["name"] = account, ["namespace"] = ns }]) }),
            };
        }

        var mine = bound.Where(item => item.Role is not null && !item.Role.Name.StartsWith("system:", StringComparison.Ordinal)).Select(item => item.Role!).ToList();
        if ((mine.FirstOrDefault(role => Rbac.SpeaksOf(role, wanted)) ?? mine.FirstOrDefault()) is { } lacking && granting.Count == 0)
        {
            return Make(lacking.Ref, Reasons.RbacPermissionMissing, 0.95, $"{lacking.Kind} {lacking.Name} does not let {who} {wanted}.", $"Add verb {wanted.Verb} for {wanted.Resource} to {lacking.Kind} {lacking.Name}.", Quote.Field(lacking, "rules", lacking.Json.At("rules")?.ToJsonString())) with
            {
                Patch = Patches.At([], new JsonObject { ["rules"] = new JsonArray([.. lacking.Json.Items("rules").Select(rule => rule.DeepClone()), new JsonObject { ["apiGroups"] = new JsonArray(wanted.Group), ["resources"] = new JsonArray(wanted.Resource), ["verbs"] = new JsonArray(wanted.Verb) }]) }),
            };
        }

        if (granting.Count > 0)
        {
            var role = granting[0];
            return Make(new ObjectRef(wanted.Namespace is null ? "ClusterRoleBinding" : "RoleBinding", wanted.Namespace, role.Name), Reasons.RbacBindingMissing, 0.85, $"{role.Kind} {role.Name} would let {who} {wanted}, and nothing binds it to that account.", $"Create a binding of {role.Kind} {role.Name} to the account.", Quote.Field(role, "rules", role.Json.At("rules")?.ToJsonString()));
        }

        var dangling = bound.FirstOrDefault(item => item.Role is null && item.Binding.Kind == "RoleBinding");
        return dangling.Binding is not null
            ? Make(dangling.Binding.Ref, Reasons.RbacBindingMissing, 0.85, $"RoleBinding {dangling.Binding.Name} names {dangling.Binding.Json.Text("roleRef", "kind")} {dangling.Binding.Json.Text("roleRef", "name")}, which does not exist, so {who} may not {wanted}.", "Create the role, or bind one that exists.", Quote.Field(dangling.Binding, "roleRef", dangling.Binding.Json.At("roleRef")?.ToJsonString()))
            : Make(new ObjectRef("ServiceAccount", ns, account), Reasons.RbacPermissionMissing, 0.75, $"{who} may not {wanted}, and no role of its own grants anything.", $"Create a Role that grants it and bind it to the account.");
    }

    private static string Unescaped(string line) => line.Replace("\\\"", "\"", StringComparison.Ordinal);

    private static Fact Make(ObjectRef subject, string reason, double confidence, string summary, string fix, params Evidence[] evidence) =>
        new(subject, reason, confidence, summary) { Evidence = evidence, Fix = fix };
}
