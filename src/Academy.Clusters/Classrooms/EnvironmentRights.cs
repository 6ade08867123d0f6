using System.Text.Json.Nodes;

namespace Academy.Clusters.Classrooms;

/// <summary>
/// What a student may do in the namespace: what labs need, and nothing that would change the limits of it. Roles, quotas and limits can
/// only be read; endpoints too, because the server's proxy would go to any address that stands in them; and network policies where the
/// namespace is isolated, because policies add up and one more would open it.
/// </summary>
internal static class EnvironmentRights
{
    private static readonly string[] Read = ["get", "list", "watch"];
    private static readonly string[] Write = [.. Read, "create", "update", "patch", "delete", "deletecollection"];

    public static JsonArray Rules(EnvironmentPlan plan) =>
    [
        Rule("", Write, "pods", "services", "configmaps", "secrets", "persistentvolumeclaims", "replicationcontrollers", "podtemplates"),
        // Not deleted, so that nobody deletes the one that their own token belongs to.
        Rule("", [.. Read, "create", "update", "patch"], "serviceaccounts"),
        Rule("", Read, "events", "endpoints", "resourcequotas", "limitranges", "pods/log", "pods/status"),
        Rule("", ["get"], "namespaces"),
        Rule("", ["get", "create"], "pods/exec", "pods/attach", "pods/portforward", "pods/proxy", "services/proxy"),
        Rule("", ["create"], "pods/eviction"),
        Rule("", ["get", "update", "patch"], "pods/ephemeralcontainers", "replicationcontrollers/scale"),
        Rule("apps", Write, "deployments", "statefulsets", "daemonsets", "replicasets"),
        Rule("apps", ["get", "update", "patch"], "deployments/scale", "statefulsets/scale", "replicasets/scale"),
        Rule("apps", Read, "controllerrevisions"),
        Rule("batch", Write, "jobs", "cronjobs"),
        Rule("autoscaling", Write, "horizontalpodautoscalers"),
        Rule("policy", Write, "poddisruptionbudgets"),
        Rule("networking.k8s.io", Write, "ingresses"),
        Rule("networking.k8s.io", plan.Isolated ? Read : Write, "networkpolicies"),
        Rule("discovery.k8s.io", Read, "endpointslices"),
        Rule("events.k8s.io", Read, "events"),
        Rule("metrics.k8s.io", ["get", "list"], "pods"),
        Rule("rbac.authorization.k8s.io", Read, "roles", "rolebindings"),
        .. Taught(plan),
        .. plan.Crds.Select(crd => crd.Split('.', 2)).Where(n => n.Length == 2).Select(n => Rule(n[1], Write, n[0])),
    ];

    private static readonly (string Group, string Resource, string Kind)[] Guarded =
    [
        ("", "resourcequotas", "ResourceQuota"), ("", "limitranges", "LimitRange"), ("networking.k8s.io", "networkpolicies", "NetworkPolicy"),
        ("rbac.authorization.k8s.io", "roles", "Role"), ("rbac.authorization.k8s.io", "rolebindings", "RoleBinding"),
    ];

    private static IEnumerable<JsonObject> Taught(EnvironmentPlan plan)
    {
        var objects = StartState.Documents([.. plan.Start, .. plan.Solution]).Select(d => (Kind: d.Body.Text("kind"), Name: d.Body.Text("metadata", "name") ?? "")).ToList();
        var solved = StartState.Documents(plan.Solution).Select(d => d.Body.Text("kind")).ToHashSet();
        foreach (var (group, resource, kind) in Guarded.Where(g => solved.Contains(g.Kind)))
        {
            yield return Rule(group, ["create"], resource);
            var named = Rule(group, ["update", "patch", "delete"], resource);
            named["resourceNames"] = new JsonArray([.. objects.Where(o => o.Kind == kind && !EnvironmentObjects.IsOwn(o.Name)).Select(o => JsonValue.Create(o.Name)).DistinctBy(n => (string)n!)]);
            if (named["resourceNames"]!.AsArray().Count > 0)
            {
                yield return named;
            }
        }
    }

    private static JsonObject Rule(string group, string[] verbs, params string[] resources) => new JsonObject
    {
        ["apiGroups"] = new JsonArray(group),
        ["resources"] = new JsonArray([.. resources.Select(r => JsonValue.Create(r))]),
        ["verbs"] = new JsonArray([.. verbs.Select(v => JsonValue.Create(v))]),
    };
}
