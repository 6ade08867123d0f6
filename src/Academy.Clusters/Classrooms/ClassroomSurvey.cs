using System.Text.Json.Nodes;

namespace Academy.Clusters.Classrooms;

/// <summary>What was learnt of a cluster that is to be a classroom.</summary>
/// <param name="ClusterUid">The UID of kube-system, the same as long as the cluster lives; empty where rights are lacking.</param>
/// <param name="Lacks">Rights that Academy needs and its credentials do not have, as <c>verb resource</c>.</param>
public sealed record ClassroomSurvey(string ClusterUid, IReadOnlyList<string> Lacks)
{
    private static readonly (string Verb, string Group, string Resource, string? Sub)[] Needed =
    [
        ("get", "", "namespaces", null), ("list", "", "namespaces", null), ("create", "", "namespaces", null), ("patch", "", "namespaces", null), ("delete", "", "namespaces", null),
        ("patch", "", "resourcequotas", null), ("patch", "", "limitranges", null), ("patch", "networking.k8s.io", "networkpolicies", null),
        ("patch", "", "serviceaccounts", null), ("create", "", "serviceaccounts", "token"),
        ("patch", "rbac.authorization.k8s.io", "roles", null), ("patch", "rbac.authorization.k8s.io", "rolebindings", null),
        ("get", "rbac.authorization.k8s.io", "clusterroles", null), ("patch", "rbac.authorization.k8s.io", "clusterrolebindings", null),
        ("list", "rbac.authorization.k8s.io", "clusterrolebindings", null), ("delete", "rbac.authorization.k8s.io", "clusterrolebindings", null),
        ("patch", "apps", "deployments", null), ("patch", "apps", "statefulsets", null), ("patch", "batch", "cronjobs", null),
        ("patch", "", "configmaps", null), ("patch", "", "secrets", null), ("patch", "", "services", null),
        ("get", "apiextensions.k8s.io", "customresourcedefinitions", null),
    ];

    /// <exception cref="ClusterReadException">The server did not answer.</exception>
    /// <exception cref="ClassroomException">It refuses to tell.</exception>
    public static async Task<ClassroomSurvey> TakeAsync(IClassroomServer server, CancellationToken ct)
    {
        var lacks = new List<string>();
        foreach (var (verb, group, resource, sub) in Needed)
        {
            var attributes = new JsonObject { ["verb"] = verb, ["group"] = group, ["resource"] = resource };
            if (sub is not null)
            {
                attributes["subresource"] = sub;
            }

            var review = new JsonObject
            {
                ["apiVersion"] = "authorization.k8s.io/v1",
                ["kind"] = "SelfSubjectAccessReview",
                ["spec"] = new JsonObject { ["resourceAttributes"] = attributes },
            };
            var answer = (await server.SendAsync(ClassroomCall.Create("apis/authorization.k8s.io/v1/selfsubjectaccessreviews", review), ct)).OrThrow("a review of Academy's rights");
            if (answer["status"]?["allowed"]?.GetValueKind() != System.Text.Json.JsonValueKind.True)
            {
                lacks.Add($"{verb} {resource}{(sub is null ? "" : $"/{sub}")}");
            }
        }

        // Whoever lacks rights may lack this one too, and is told so instead.
        var system = lacks.Count == 0 ? await server.FindAsync("api/v1/namespaces/kube-system", ct) : null;
        return lacks.Count > 0 ? new("", lacks) : new(system.Text("metadata", "uid") ?? throw new ClusterReadException("cluster.garbage", "The cluster has no namespace kube-system."), lacks);
    }
}
