using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Academy.Diagnosis;

/// <summary>The report as JSON of a stable shape; members that do not apply are left out.</summary>
public static class ReportJson
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(DiagnosisReport report) => ToNode(report).ToJsonString(Indented);

    public static JsonObject ToNode(DiagnosisReport report) => new()
    {
        ["healthy"] = report.Healthy,
        ["rootCauses"] = new JsonArray([.. report.RootCauses.Select(Cause)]),
        ["notes"] = new JsonArray([.. report.Notes.Select(note => (JsonNode)note)]),
    };

    private static JsonObject Cause(RootCause cause)
    {
        var node = new JsonObject { ["kind"] = cause.Kind };
        if (cause.Namespace is not null)
        {
            node["namespace"] = cause.Namespace;
        }

        node["name"] = cause.Name;
        node["reason"] = cause.Reason;
        if (cause.Rule.Length > 0)
        {
            node["rule"] = cause.Rule;
        }

        node["confidence"] = cause.Confidence;
        node["summary"] = cause.Summary;
        node["evidence"] = new JsonArray([.. cause.Evidence.Select(Observation)]);
        node["explains"] = new JsonArray([.. cause.Explains.Select(Object)]);
        if (cause.RulesOut.Count > 0)
        {
            node["rulesOut"] = new JsonArray([.. cause.RulesOut.Select(other => With(Object(new ObjectRef(other.Kind, other.Namespace, other.Name)), "reason", other.Reason))]);
        }

        if (cause.Confirm.Count > 0)
        {
            node["confirm"] = new JsonArray([.. cause.Confirm.Select(command => (JsonNode)command)]);
        }

        var fix = new JsonObject { ["text"] = cause.Fix.Text };
        if (cause.Fix.Patch is { } patch)
        {
            fix["patch"] = patch.DeepClone();
        }

        if (cause.Fix.Predicted is { } predicted)
        {
            fix["predicted"] = predicted;
            fix["because"] = cause.Fix.Because;
        }

        node["fix"] = fix;
        return node;
    }

    private static JsonObject With(JsonObject node, string name, string value)
    {
        node[name] = value;
        return node;
    }

    private static JsonObject Observation(Evidence evidence)
    {
        var node = new JsonObject { ["object"] = evidence.Object };
        foreach (var (name, value) in new[] { ("field", evidence.Field), ("log", evidence.Log), ("event", evidence.Event) })
        {
            if (value is not null)
            {
                node[name] = value;
            }
        }

        node["quote"] = evidence.Quote;
        return node;
    }

    private static JsonObject Object(ObjectRef at)
    {
        var node = new JsonObject { ["kind"] = at.Kind };
        if (at.Namespace is not null)
        {
            node["namespace"] = at.Namespace;
        }

        node["name"] = at.Name;
        return node;
    }
}
