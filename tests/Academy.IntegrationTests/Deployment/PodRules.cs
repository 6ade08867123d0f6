using System.Text.Json.Nodes;

namespace Academy.IntegrationTests.Deployment;

/// <summary>
/// What every pod here promises: the Pod Security level "restricted" (kubernetes.io/docs/concepts/security/pod-security-standards),
/// a read-only root file system, limits, probes, a fixed image, no token.
/// </summary>
internal static class PodRules
{
    public static IEnumerable<string> Violations(JsonObject workload)
    {
        var template = workload["spec"]!["template"]!["spec"]!.AsObject();
        var lasting = (string?)workload["kind"] != "Job";
        var security = template["securityContext"];
        return
        [
            .. Unless((bool?)security?["runAsNonRoot"] == true, "may run as root"),
            .. Unless((int?)security?["runAsUser"] > 0, "names no user"),
            .. Unless((string?)security?["seccompProfile"]?["type"] == "RuntimeDefault", "has no seccomp profile"),
            .. Unless((bool?)template["automountServiceAccountToken"] == false, "gets a token"),
            .. new[] { "hostNetwork", "hostPID", "hostIPC" }.Where(name => template[name] is not null).Select(name => $"shares {name}"),
            .. (template["volumes"] as JsonArray ?? []).Where(volume => volume!["hostPath"] is not null).Select(volume => $"mounts the node's {volume!["name"]}"),
            .. (template["containers"] as JsonArray ?? []).SelectMany(container => OfContainer(container!.AsObject(), lasting)),
        ];
    }

    private static IEnumerable<string> OfContainer(JsonObject container, bool lasting)
    {
        var security = container["securityContext"];
        var image = (string?)container["image"] ?? "";
        return
        [
            .. Unless((bool?)security?["allowPrivilegeEscalation"] == false, "may gain privileges"),
            .. Unless((bool?)security?["readOnlyRootFilesystem"] == true, "writes to its image"),
            .. Unless(security?["capabilities"]?["drop"] is JsonArray and [var all] && (string?)all == "ALL", "keeps capabilities"),
            .. Unless(image.LastIndexOf(':') > image.LastIndexOf('/') && !image.EndsWith(":latest", StringComparison.Ordinal), $"has no fixed image: {image}"),
            .. from part in (string[])["requests", "limits"]
               from resource in (string[])["cpu", "memory"]
               where container["resources"]?[part]?[resource] is null
               select $"has no {part} of {resource}",
            .. ((string[])["startupProbe", "livenessProbe", "readinessProbe"]).Where(probe => lasting && container[probe] is null).Select(probe => $"has no {probe}"),
        ];
    }

    private static IEnumerable<string> Unless(bool holds, string violation) => holds ? [] : [violation];
}
