using System.Globalization;
using System.Text.Json.Nodes;

namespace Academy.Clusters.Classrooms;

/// <summary>An object of Academy's own, and where it is applied.</summary>
internal sealed record OwnObject(string Path, JsonObject Body)
{
    public string Name => $"{Body.Text("kind")}/{Body.Text("metadata", "name")}";
}

/// <summary>What Academy itself puts around a student's work.</summary>
internal static class EnvironmentObjects
{
    public const string Student = "student";

    /// <summary>An operator may make it; then students read the few things of the whole cluster that it names.</summary>
    public const string ReaderRole = "academy-lab-reader";

    /// <summary>The name of the objects that a start state may not replace.</summary>
    public const string Own = "academy";

    /// <summary>Whether a name is of an object of Academy's own, which neither a start state nor a student may change.</summary>
    public static bool IsOwn(string name) => name is Own or Student || name.StartsWith(Own + "-", StringComparison.Ordinal);

    private const string Rbac = "rbac.authorization.k8s.io";

    /// <remarks>Pod Security (Kubernetes 1.25 and newer) keeps pods from the node: without it, whoever may make pods may take it over.</remarks>
    public static JsonObject Namespace(EnvironmentPlan plan)
    {
        var body = Object("v1", "Namespace", plan.Namespace, plan);
        var labels = body["metadata"]!["labels"]!;
        labels[EnvironmentOwner.ExpiresLabel] = EnvironmentOwner.Expiry(plan.ExpiresAt);
        labels["pod-security.kubernetes.io/enforce"] = "baseline";
        labels["pod-security.kubernetes.io/warn"] = "restricted";
        body["metadata"]!["annotations"] = new JsonObject { ["academy.dev/expires-at"] = plan.ExpiresAt.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) };
        return body;
    }

    public static IEnumerable<OwnObject> Within(EnvironmentPlan plan)
    {
        var core = $"api/v1/namespaces/{plan.Namespace}";
        var rbac = $"apis/{Rbac}/v1/namespaces/{plan.Namespace}";
        yield return Make($"{core}/resourcequotas", "v1", "ResourceQuota", Own, plan, ("spec", new JsonObject { ["hard"] = Texts(plan.Quota) }));
        yield return Make($"{core}/limitranges", "v1", "LimitRange", Own, plan, ("spec", new JsonObject
        {
            ["limits"] = new JsonArray(new JsonObject { ["type"] = "Container", ["default"] = Texts(plan.Default), ["defaultRequest"] = Texts(plan.DefaultRequest) }),
        }));
        foreach (var policy in plan.Isolated ? EnvironmentPolicies.Specs(plan) : [])
        {
            yield return Make($"apis/networking.k8s.io/v1/namespaces/{plan.Namespace}/networkpolicies", "networking.k8s.io/v1", "NetworkPolicy", policy.Name, plan, ("spec", policy.Spec));
        }

        // Pods that name no account are refused until it is there; a controller would make it a moment later.
        yield return Make($"{core}/serviceaccounts", "v1", "ServiceAccount", "default", plan);
        yield return Make($"{core}/serviceaccounts", "v1", "ServiceAccount", Student, plan);
        yield return Make($"{rbac}/roles", $"{Rbac}/v1", "Role", Student, plan, ("rules", EnvironmentRights.Rules(plan)));
        yield return Make($"{rbac}/rolebindings", $"{Rbac}/v1", "RoleBinding", Student, plan, [.. Binding(plan.Namespace, "Role", Student)]);
    }

    /// <summary>Goes with the namespace that owns it, even if nobody is left to delete it.</summary>
    public static OwnObject Reading(EnvironmentPlan plan, string namespaceUid)
    {
        var binding = Make($"apis/{Rbac}/v1/clusterrolebindings", $"{Rbac}/v1", "ClusterRoleBinding", plan.Namespace, plan, [.. Binding(plan.Namespace, "ClusterRole", ReaderRole)]);
        binding.Body["metadata"]!["ownerReferences"] = new JsonArray(new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Namespace",
            ["name"] = plan.Namespace,
            ["uid"] = namespaceUid,
        });
        return binding;
    }

    private static IEnumerable<(string, JsonNode)> Binding(string ns, string kind, string role) =>
    [
        ("roleRef", new JsonObject { ["apiGroup"] = Rbac, ["kind"] = kind, ["name"] = role }),
        ("subjects", new JsonArray(new JsonObject { ["kind"] = "ServiceAccount", ["name"] = Student, ["namespace"] = ns })),
    ];

    private static OwnObject Make(string path, string apiVersion, string kind, string name, EnvironmentPlan plan, params IEnumerable<(string Field, JsonNode Value)> fields)
    {
        var body = Object(apiVersion, kind, name, plan);
        foreach (var (field, value) in fields)
        {
            body[field] = value;
        }

        return new($"{path}/{name}", body);
    }

    private static JsonObject Object(string apiVersion, string kind, string name, EnvironmentPlan plan) => new()
    {
        ["apiVersion"] = apiVersion,
        ["kind"] = kind,
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["labels"] = Texts(plan.Owner.Labels.Append(new(EnvironmentOwner.EnvironmentLabel, $"{plan.EnvironmentId}")).Append(new(EnvironmentOwner.AttemptLabel, $"{plan.AttemptId}"))),
        },
    };

    private static JsonObject Texts(IEnumerable<KeyValuePair<string, string>> pairs) => new(pairs.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)p.Value)));
}
