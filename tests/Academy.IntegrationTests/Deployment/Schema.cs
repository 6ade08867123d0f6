using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Academy.IntegrationTests.Deployment;

/// <summary>The part of JSON Schema that the schemas beside this file use; a field that a schema does not know is a violation.</summary>
internal static class Schema
{
    public static IEnumerable<string> Violations(JsonNode schema, JsonNode? value, string path = "$")
    {
        if (schema["anyOf"] is JsonArray choices)
        {
            return choices.Any(choice => !Violations(choice!, value, path).Any()) ? [] : [$"{path} fits none of the choices"];
        }

        return (string?)schema["type"] switch
        {
            "object" when value is JsonObject map => OfObject(schema, map, path),
            "array" when value is JsonArray list => list.SelectMany((item, i) => Violations(schema["items"]!, item, $"{path}[{i}]")),
            "string" when value?.GetValueKind() == System.Text.Json.JsonValueKind.String => OfText(schema, (string)value!, path),
            "integer" when value?.GetValueKind() == System.Text.Json.JsonValueKind.Number => OfNumber(schema, value.GetValue<decimal>(), path),
            "boolean" when value?.GetValueKind() is System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => [],
            var type => [$"{path} is no {type}"],
        };
    }

    private static IEnumerable<string> OfObject(JsonNode schema, JsonObject map, string path)
    {
        var known = schema["properties"] as JsonObject ?? [];
        foreach (var required in schema["required"] as JsonArray ?? [])
        {
            if (!map.ContainsKey((string)required!))
            {
                yield return $"{path} lacks {required}";
            }
        }

        foreach (var (name, value) in map)
        {
            if ((known[name] ?? schema["additionalProperties"]) is not { } inner)
            {
                yield return $"{path}.{name} is not known";
                continue;
            }

            foreach (var violation in Violations(inner, value, $"{path}.{name}"))
            {
                yield return violation;
            }
        }
    }

    private static IEnumerable<string> OfText(JsonNode schema, string text, string path)
    {
        if (schema["enum"] is JsonArray allowed && !allowed.Any(it => (string?)it == text))
        {
            yield return $"{path} is '{text}', not one of {string.Join(", ", allowed)}";
        }

        if ((string?)schema["pattern"] is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.NonBacktracking))
        {
            yield return $"{path} is '{text}', which does not match {pattern}";
        }
    }

    private static IEnumerable<string> OfNumber(JsonNode schema, decimal number, string path)
    {
        if (number != decimal.Truncate(number))
        {
            yield return $"{path} is {number}, not whole";
        }

        if (schema["minimum"] is { } least && number < least.GetValue<decimal>())
        {
            yield return $"{path} is {number}, below {least}";
        }
    }
}
