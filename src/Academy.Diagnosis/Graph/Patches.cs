using System.Text.Json.Nodes;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Graph;

/// <summary>Patches that <c>kubectl patch</c> accepts for the object they are made for.</summary>
internal static class Patches
{
    /// <summary>A strategic-merge patch of one container; null where the kind does not merge containers by name or its pods cannot change.</summary>
    public static JsonObject? Container(Workload workload, Container container, JsonObject change)
    {
        if (workload.Ref.Kind is not ("Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet" or "CronJob"))
        {
            return null;
        }

        var named = new JsonObject { ["name"] = container.Name };
        foreach (var (key, value) in change)
        {
            named[key] = value?.DeepClone();
        }

        return PodSpec(workload, new JsonObject { [container.Init ? "initContainers" : "containers"] = new JsonArray(named) });
    }

    /// <summary>Gives an environment variable another value, or another name.</summary>
    public static JsonObject? Variable(Workload workload, Container container, JsonObject variable, string? replaces = null)
    {
        var list = new JsonArray(variable.DeepClone());
        if (replaces is not null)
        {
            list.Add(new JsonObject { [MergePatch.Directive] = "delete", ["name"] = replaces });
        }

        return Container(workload, container, new JsonObject { ["env"] = list });
    }

    public static JsonObject? PodSpec(Workload workload, JsonObject change)
    {
        if (workload.Ref.Kind is not ("Deployment" or "StatefulSet" or "DaemonSet" or "ReplicaSet" or "CronJob"))
        {
            return null;
        }

        return At([.. workload.TemplatePath, "spec"], change);
    }

    public static JsonObject At(IReadOnlyList<string> path, JsonNode value)
    {
        var node = value;
        foreach (var step in path.Reverse())
        {
            node = new JsonObject { [step] = node };
        }

        return (JsonObject)node;
    }
}
