using System.Text.Json.Nodes;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.GrantingPermissions;

/// <param name="Namespace">Null for the cluster scope.</param>
internal sealed record Permission(string Verb, string Group, string Resource, string? Namespace)
{
    public override string ToString() => $"{Verb} {Resource}{(Group.Length > 0 ? "." + Group : "")}{(Namespace is null ? " in the whole cluster" : $" in namespace {Namespace}")}";
}

/// <summary>RBAC as the API server evaluates it, as far as Roles and bindings were read.</summary>
internal static class Rbac
{
    public static bool Grants(KubeObject role, Permission wanted) => role.Json.Items("rules").Any(rule =>
        Covers(rule.Texts("verbs"), wanted.Verb) && Covers(rule.Texts("apiGroups"), wanted.Group)
        && (Covers(rule.Texts("resources"), wanted.Resource) || rule.Texts("resources").Contains("*/" + wanted.Resource.Split('/')[^1])) && rule.Texts("resourceNames").Count == 0);

    /// <summary>Whether a role speaks of the resource at all: it was meant to be the one.</summary>
    public static bool SpeaksOf(KubeObject role, Permission wanted) => role.Json.Items("rules").Any(rule => Covers(rule.Texts("resources"), wanted.Resource) || Covers(rule.Texts("apiGroups"), wanted.Group));

    public static IEnumerable<KubeObject> Bindings(Cluster cluster, string? ns) =>
        cluster.All("RoleBinding", ns).Concat(cluster.All("ClusterRoleBinding"));

    public static bool Binds(KubeObject binding, string ns, string account) => binding.Json.Items("subjects").Any(subject => Is(binding, subject, ns, account));

    public static KubeObject? Role(Cluster cluster, KubeObject binding) =>
        binding.Json.Text("roleRef", "kind") == "ClusterRole"
            ? cluster.Find("ClusterRole", null, binding.Json.Text("roleRef", "name"))
            : cluster.Find("Role", binding.Namespace, binding.Json.Text("roleRef", "name"));

    private static bool Is(KubeObject binding, JsonObject subject, string ns, string account) => subject.Text("kind") switch
    {
        "ServiceAccount" => subject.Text("name") == account && (subject.Text("namespace") ?? binding.Namespace) == ns,
        "User" => subject.Text("name") == $"system:serviceaccount:{ns}:{account}",
        "Group" => subject.Text("name") is "system:serviceaccounts" or "system:authenticated" || subject.Text("name") == $"system:serviceaccounts:{ns}",
        _ => false,
    };

    private static bool Covers(IReadOnlyList<string> list, string value) => list.Contains("*") || list.Contains(value);
}
