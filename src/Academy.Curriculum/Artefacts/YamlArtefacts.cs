using System.Text.Json.Nodes;
using Academy.Curriculum.Checks;

namespace Academy.Curriculum.Artefacts;

/// <summary>The output of <c>terraform show -json</c>, as "JSON Output Format" of the Terraform documentation describes it.</summary>
internal static class Terraform
{
    public static JsonNode Plan(JsonNode? root) => root is JsonObject map && map.ContainsKey("format_version") && (map.ContainsKey("planned_values") || map.ContainsKey("resource_changes"))
        ? map
        : throw new ArtefactException("this is not a plan as JSON; write it with: terraform plan -out=tfplan, then terraform show -json tfplan");

    // A state without resources has no values.
    public static JsonNode State(JsonNode? root) => root is JsonObject map && map.ContainsKey("format_version") && !map.ContainsKey("planned_values")
        ? map
        : throw new ArtefactException("this is not a state as JSON; write it with: terraform show -json");
}

internal static class CloudFormation
{
    public static JsonNode Template(IReadOnlyList<YamlDocument> documents) => documents is [{ Root: JsonObject map }] && map["Resources"] is JsonObject
        ? map
        : throw new ArtefactException("a template is one document with Resources", documents.Count > 0 ? documents[0].Line : 1, 1);
}

internal static class AnsiblePlaybook
{
    public static JsonNode Plays(IReadOnlyList<YamlDocument> documents) => documents is [{ Root: JsonArray { Count: > 0 } plays }] && plays.All(p => p is JsonObject)
        ? plays
        : throw new ArtefactException("a playbook is one list of plays", documents.Count > 0 ? documents[0].Line : 1, 1);
}

/// <summary>What the KFP compiler writes: the pipeline's specification, and behind it what belongs to a platform, if anything.</summary>
internal static class PipelineSpec
{
    public static JsonNode Read(IReadOnlyList<YamlDocument> documents)
    {
        if (documents is not [{ Root: JsonObject spec }, ..] || spec["pipelineInfo"] is not JsonObject || spec["root"] is not JsonObject)
        {
            throw new ArtefactException("this is not a compiled pipeline: pipelineInfo and root are missing", documents.Count > 0 ? documents[0].Line : 1, 1);
        }

        if (documents.Count > 1 && documents[1].Root is JsonObject platform)
        {
            spec["platforms"] = platform["platforms"]?.DeepClone();
        }

        return spec;
    }
}

/// <summary>Rendered manifests: many Kubernetes objects, of which a List is taken apart.</summary>
internal static class Manifests
{
    public static IReadOnlyList<JsonObject> Objects(IReadOnlyList<YamlDocument> documents)
    {
        var objects = documents.SelectMany(Of).ToList();
        return objects.Count > 0 ? objects : throw new ArtefactException("there is no Kubernetes object in this file");
    }

    private static IEnumerable<JsonObject> Of(YamlDocument document)
    {
        if (document.Root is not JsonObject map || JsonBridge.Text(map, "apiVersion") is null || JsonBridge.Text(map, "kind") is not { } kind)
        {
            throw new ArtefactException("this document is no Kubernetes object: apiVersion or kind is missing", document.Line, document.Column);
        }

        return kind == "List" && map["items"] is JsonArray items ? items.OfType<JsonObject>() : [map];
    }
}
