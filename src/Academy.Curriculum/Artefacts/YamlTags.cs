using System.Text.Json.Nodes;

namespace Academy.Curriculum.Artefacts;

/// <summary>What a tagged value is read as; not known where the tag has no place in this type of file.</summary>
internal delegate (bool Known, JsonNode? Value) TagReader(string tag, JsonNode? value);

internal static class YamlTags
{
    // What the tag says about a scalar is left to the checks, which see its text.
    private static readonly HashSet<string> Standard =
        [.. new[] { "str", "int", "float", "bool", "null", "map", "seq", "timestamp" }.Select(t => $"tag:yaml.org,2002:{t}")];

    public static (bool Known, JsonNode? Value) None(string tag, JsonNode? value) => (Standard.Contains(tag), value);

    /// <summary>The short forms of intrinsic functions as their full ones: AWS CloudFormation User Guide, "Intrinsic function reference".</summary>
    public static (bool Known, JsonNode? Value) CloudFormation(string tag, JsonNode? value) => tag switch
    {
        "!Ref" or "!Condition" => (true, new JsonObject { [tag[1..]] = value }),
        "!GetAtt" when Checks.JsonBridge.Text(value) is { } path && path.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot =>
            (true, new JsonObject { ["Fn::GetAtt"] = new JsonArray(path[..dot], path[(dot + 1)..]) }),
        ['!', >= 'A' and <= 'Z', ..] => (true, new JsonObject { [$"Fn::{tag[1..]}"] = value }),
        _ => None(tag, value),
    };

    /// <summary><c>!vault</c> holds a secret that is encrypted, <c>!unsafe</c> a text that is no template: Ansible documentation, "YAML Syntax" and "Ansible Vault".</summary>
    public static (bool Known, JsonNode? Value) Ansible(string tag, JsonNode? value) => tag switch
    {
        "!vault" => (true, new JsonObject { ["__ansible_vault"] = value }),
        "!unsafe" => (true, value),
        _ => None(tag, value),
    };
}
