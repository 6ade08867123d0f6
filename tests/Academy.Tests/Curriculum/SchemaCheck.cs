using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Academy.Tests.Curriculum;

/// <summary>As much of JSON Schema 2020-12 as the schemas of the curriculum use; an unknown keyword is an error, so that none is passed over.</summary>
internal sealed class SchemaCheck(JsonObject root)
{
    private static readonly HashSet<string> Annotations = ["$schema", "$id", "$defs", "title", "description", "default"];
    private readonly List<string> _problems = [];

    public static IReadOnlyList<string> Problems(JsonObject schema, JsonNode? value)
    {
        var check = new SchemaCheck(schema);
        check.Check(schema, value, "$");
        return check._problems;
    }

    /// <summary>YAML by the core schema.</summary>
    public static JsonNode? OfYaml(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return Node(stream.Documents[0].RootNode);
    }

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(c => KeyValuePair.Create(((YamlScalarNode)c.Key).Value!, Node(c.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Node)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: var plain } => plain switch
        {
            "" or "~" or "null" => null,
            "true" or "false" => JsonValue.Create(plain == "true"),
            _ when long.TryParse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) => JsonValue.Create(whole),
            _ when double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) => JsonValue.Create(real),
            _ => JsonValue.Create(plain),
        },
        YamlScalarNode text => JsonValue.Create(text.Value),
        _ => null,
    };

    private void Check(JsonObject schema, JsonNode? value, string at)
    {
        foreach (var (keyword, demand) in schema)
        {
            if (!Annotations.Contains(keyword) && !Holds(schema, keyword, demand!, value, at))
            {
                _problems.Add($"{at}: {keyword} {(demand is JsonObject ? "" : demand!.ToJsonString())}");
            }
        }
    }

    private bool Holds(JsonObject schema, string keyword, JsonNode demand, JsonNode? value, string at)
    {
        var (map, list, text) = (value as JsonObject, value as JsonArray, value is JsonValue v && v.TryGetValue<string>(out var s) ? s : null);
        switch (keyword)
        {
            case "$ref":
                Check(root["$defs"]![demand.GetValue<string>().Split('/')[^1]]!.AsObject(), value, at);
                return true;
            case "type":
                return (demand is JsonArray types ? types.Select(t => t!.GetValue<string>()) : [demand.GetValue<string>()]).Any(t => IsOf(t, value));
            case "properties":
                foreach (var (name, inner) in demand.AsObject().Where(p => map?.ContainsKey(p.Key) == true))
                {
                    Check(inner!.AsObject(), map![name], $"{at}.{name}");
                }

                return true;
            case "additionalProperties":
                var further = map?.Where(p => schema["properties"]?[p.Key] is null).ToList() ?? [];
                if (demand is JsonObject each)
                {
                    further.ForEach(p => Check(each, p.Value, $"{at}.{p.Key}"));
                    return true;
                }

                further.ForEach(p => _problems.Add($"{at}: {p.Key} is not known"));
                return true;
            case "items":
                for (var i = 0; i < (list?.Count ?? 0); i++)
                {
                    Check(demand.AsObject(), list![i], $"{at}[{i}]");
                }

                return true;
            case "oneOf":
                return demand.AsArray().Count(o => Alone(o!.AsObject(), value)) == 1;
            case "required": return map is null || demand.AsArray().All(k => map.ContainsKey(k!.GetValue<string>()));
            case "enum": return demand.AsArray().Any(o => JsonNode.DeepEquals(o, value));
            case "const": return JsonNode.DeepEquals(demand, value);
            case "pattern": return text is null || Regex.IsMatch(text, demand.GetValue<string>(), RegexOptions.None, TimeSpan.FromSeconds(1));
            case "minLength": return text is null || text.Length >= demand.GetValue<int>();
            case "minimum": return !IsOf("number", value) || value!.GetValue<long>() >= demand.GetValue<int>();
            case "maximum": return !IsOf("number", value) || value!.GetValue<long>() <= demand.GetValue<int>();
            case "minItems": return list is null || list.Count >= demand.GetValue<int>();
            case "maxItems": return list is null || list.Count <= demand.GetValue<int>();
            case "minProperties": return map is null || map.Count >= demand.GetValue<int>();
            default: throw new InvalidOperationException($"no rule for {keyword}");
        }
    }

    private bool Alone(JsonObject schema, JsonNode? value)
    {
        var check = new SchemaCheck(root);
        check.Check(schema, value, "");
        return check._problems.Count == 0;
    }

    private static bool IsOf(string type, JsonNode? value) => (type, value?.GetValueKind()) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) => true,
        ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => value!.AsValue().TryGetValue<long>(out _),
        _ => false,
    };
}
