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
        .. plan.Crds.Select(crd => crd.Split('.', 2)).Where(n => n.Length == 2).Select(n => Rule(n[1], Write, n[0])),
    ];

    private static JsonObject Rule(string group, string[] verbs, params string[] resources) => new JsonObject
    {
        ["apiGroups"] = new JsonArray(group),
        ["resources"] = new JsonArray([.. resources.Select(r => JsonValue.Create(r))]),
        ["verbs"] = new JsonArray([.. verbs.Select(v => JsonValue.Create(v))]),
    };
}
