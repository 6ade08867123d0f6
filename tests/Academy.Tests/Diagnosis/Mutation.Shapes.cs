using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Academy.Tests.Diagnosis;

/// <summary>The same fault under other owners and with other containers beside it.</summary>
public static partial class Mutation
{
    /// <summary>No Deployments and ReplicaSets: pods that nobody owns. A Deployment of the truth becomes its pods.</summary>
    public static Recording AsBarePods(Recording recording)
    {
        var owned = recording.Objects.Where(item => Kind(item) == "Deployment").Select(Name).ToHashSet();
        var objects = recording.Objects.Where(item => Kind(item) is not ("Deployment" or "ReplicaSet") && About(item) is not ("Deployment" or "ReplicaSet")).Select(Copy).ToList();
        foreach (var pod in objects.Where(item => Kind(item) == "Pod" && OwnerKind(item) == "ReplicaSet"))
        {
            pod["metadata"]!.AsObject().Remove("ownerReferences");
            pod["metadata"]!.AsObject().Remove("generateName");
        }

        var truth = (JsonObject)recording.Truth.DeepClone();
        foreach (var item in Named(truth).Where(item => (string?)item["kind"] == "Deployment" && owned.Contains((string)item["name"]!)))
        {
            item["kind"] = "Pod";
            item["name"] = $"{(string)item["name"]!}-*";
        }

        return recording with { Name = $"{recording.Name} as bare pods", Objects = objects, Truth = truth };
    }

    /// <summary>A rollout of another controller owns the ReplicaSets.</summary>
    public static Recording AsRollouts(Recording recording) => Rewrite(recording, "as rollouts", text => text)
        with
    {
        Objects = [.. recording.Objects.Select(item => JsonNode.Parse(Rollouts(item))!.AsObject())],
        Truth = JsonNode.Parse(Regex.Replace(recording.Truth.ToJsonString(Plain), "\"kind\":\\s*\"Deployment\"", "\"kind\":\"Rollout\""))!.AsObject(),
    };

    /// <summary>A helper runs beside every container, in the newer way as an init container that stays.</summary>
    public static Recording WithSidecars(Recording recording)
    {
        var objects = recording.Objects.Select(Copy).ToList();
        foreach (var item in objects)
        {
            if (PodSpec(item) is not { } spec)
            {
                continue;
            }

            var containers = spec["initContainers"]?.AsArray() ?? [];
            containers.Insert(0, new JsonObject { ["name"] = "log-shipper", ["image"] = "fluent/fluent-bit:3.1", ["restartPolicy"] = "Always", ["resources"] = new JsonObject() });
            spec["initContainers"] ??= containers;
            if (Kind(item) == "Pod" && item["status"]?["containerStatuses"] is JsonArray { Count: > 0 })
            {
                var statuses = item["status"]!["initContainerStatuses"]?.AsArray() ?? [];
                statuses.Insert(0, new JsonObject { ["name"] = "log-shipper", ["ready"] = true, ["started"] = true, ["restartCount"] = 0, ["state"] = new JsonObject { ["running"] = new JsonObject { ["startedAt"] = (string?)item["metadata"]!["creationTimestamp"] } } });
                item["status"]!["initContainerStatuses"] ??= statuses;
            }
        }

        return recording with { Name = $"{recording.Name} with sidecars", Objects = objects };
    }

    /// <summary>What a tidy person leaves: no ids, versions, managed fields, generated names, service links and token volumes.</summary>
    public static Recording Tidied(Recording recording)
    {
        var objects = recording.Objects.Select(Copy).ToList();
        foreach (var item in objects)
        {
            foreach (var field in (string[])["uid", "resourceVersion", "managedFields", "generateName", "selfLink", "generation"])
            {
                item["metadata"]!.AsObject().Remove(field);
            }

            foreach (var owner in item["metadata"]!["ownerReferences"]?.AsArray() ?? [])
            {
                owner!.AsObject().Remove("uid");
                owner.AsObject().Remove("blockOwnerDeletion");
            }

            (item["involvedObject"] as JsonObject)?.Remove("uid");
            (item["involvedObject"] as JsonObject)?.Remove("apiVersion");
        }

        return recording with { Name = $"{recording.Name} tidied", Objects = objects };
    }

    /// <summary>Only some kinds were written down, as by <c>kubectl get pods,deploy,svc,events</c>.</summary>
    public static Recording Without(Recording recording, params string[] kinds) =>
        recording with { Name = $"{recording.Name} without {string.Join(", ", kinds)}", Objects = [.. recording.Objects.Where(item => !kinds.Contains(Kind(item)))] };

    public static Recording WithoutLogs(Recording recording, bool previous) =>
        recording with { Name = $"{recording.Name} without {(previous ? "previous" : "current")} logs", Logs = [.. recording.Logs.Where(log => log.Previous != previous)] };

    private static string Rollouts(JsonObject item)
    {
        var copy = Copy(item);
        if (Kind(copy) == "Deployment")
        {
            copy["kind"] = "Rollout";
            copy["apiVersion"] = "argoproj.io/v1alpha1";
        }

        foreach (var owner in copy["metadata"]!["ownerReferences"]?.AsArray().OfType<JsonObject>().Where(owner => (string?)owner["kind"] == "Deployment") ?? [])
        {
            owner["kind"] = "Rollout";
            owner["apiVersion"] = "argoproj.io/v1alpha1";
        }

        if (About(copy) == "Deployment")
        {
            copy["involvedObject"]!["kind"] = "Rollout";
        }

        if (copy["spec"]?["scaleTargetRef"] is JsonObject target && (string?)target["kind"] == "Deployment")
        {
            target["kind"] = "Rollout";
            target["apiVersion"] = "argoproj.io/v1alpha1";
        }

        return copy.ToJsonString(Plain);
    }

    private static JsonObject? PodSpec(JsonObject item) => Kind(item) switch
    {
        "Pod" => item["spec"] as JsonObject,
        "Deployment" or "ReplicaSet" or "StatefulSet" or "DaemonSet" => item["spec"]?["template"]?["spec"] as JsonObject,
        _ => null,
    };

    private static IEnumerable<JsonObject> Named(JsonObject truth) =>
        truth["also_accept"]!.AsArray().Concat(truth["must_not_blame"]!.AsArray()).Append(truth["root_cause"]).OfType<JsonObject>();

    private static string Kind(JsonObject item) => (string)item["kind"]!;

    private static string Name(JsonObject item) => (string)item["metadata"]!["name"]!;

    private static string? About(JsonObject item) => Kind(item) == "Event" ? (string?)item["involvedObject"]?["kind"] : null;

    private static string? OwnerKind(JsonObject item) => (string?)item["metadata"]!["ownerReferences"]?[0]?["kind"];

    private static JsonObject Copy(JsonObject item) => (JsonObject)item.DeepClone();
}
