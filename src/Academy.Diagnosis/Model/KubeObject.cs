using System.Text.Json.Nodes;

namespace Academy.Diagnosis.Model;

/// <summary>One object with what every object has. Everything is read leniently; names that are missing read as empty.</summary>
internal sealed class KubeObject
{
    private IReadOnlyDictionary<string, string>? labels;

    public KubeObject(JsonObject json)
    {
        Json = json;
        Kind = json.Text("kind") ?? "";
        ApiVersion = json.Text("apiVersion") ?? "";
        var slash = ApiVersion.IndexOf('/', StringComparison.Ordinal);
        Group = slash < 0 ? "" : ApiVersion[..slash];
        var metadata = json.At("metadata");
        Name = metadata.Text("name") ?? "";
        Namespace = metadata.Text("namespace") is { Length: > 0 } ns ? ns : null;
        Ref = new ObjectRef(Kind, Namespace, Name);
    }

    public JsonObject Json { get; }

    public string Kind { get; }

    public string ApiVersion { get; }

    public string Group { get; }

    public string? Namespace { get; }

    public string Name { get; }

    public IReadOnlyDictionary<string, string> Labels => labels ??= Json.Map("metadata", "labels");

    public ObjectRef Ref { get; }

    public JsonNode? Spec => Json.At("spec");

    public JsonNode? Status => Json.At("status");

    public DateTimeOffset? Created => Json.Time("metadata", "creationTimestamp");

    public DateTimeOffset? Deleting => Json.Time("metadata", "deletionTimestamp");

    public IReadOnlyDictionary<string, string> Annotations => Json.Map("metadata", "annotations");

    public IReadOnlyList<JsonObject> Owners => Json.Items("metadata", "ownerReferences");

    /// <summary>The owner that manages this object, or the first one named where none says it is the controller.</summary>
    public JsonObject? Controller => Owners.FirstOrDefault(owner => owner.Flag("controller")) ?? Owners.Head();

    public JsonObject? Condition(string type) =>
        Status.Items("conditions").FirstOrDefault(condition => condition.Text("type") == type);
}
