using System.Globalization;
using System.Text.Json.Nodes;

namespace Academy.Diagnosis.Model;

/// <summary>Label selectors and node selector terms, evaluated as the API server and the scheduler do.</summary>
internal static class Selectors
{
    public static bool Matches(IReadOnlyDictionary<string, string> wanted, IReadOnlyDictionary<string, string> labels) =>
        wanted.All(pair => labels.TryGetValue(pair.Key, out var value) && value == pair.Value);

    /// <summary>A <c>metav1.LabelSelector</c>; an absent one matches nothing, an empty one everything.</summary>
    public static bool Matches(JsonNode? selector, IReadOnlyDictionary<string, string> labels) =>
        selector is JsonObject
        && Matches(selector.Map("matchLabels"), labels)
        && selector.Items("matchExpressions").All(expression => Holds(expression, labels));

    /// <summary>One requirement of a selector or a node selector term.</summary>
    public static bool Holds(JsonObject expression, IReadOnlyDictionary<string, string> labels)
    {
        var has = labels.TryGetValue(expression.Text("key") ?? "", out var value);
        var values = expression.Texts("values");
        return expression.Text("operator") switch
        {
            "In" => has && values.Contains(value),
            "NotIn" => !has || !values.Contains(value),
            "Exists" => has,
            "DoesNotExist" => !has,
            "Gt" => has && Compare(value, values) > 0,
            "Lt" => has && Compare(value, values) < 0,
            _ => false,
        };
    }

    /// <summary>Whether a node fits <c>nodeSelectorTerms</c>: any term, all of its requirements.</summary>
    public static bool FitsNode(IReadOnlyList<JsonObject> terms, KubeObject node) =>
        terms.Any(term =>
            (term.Items("matchExpressions").Count > 0 || term.Items("matchFields").Count > 0)
            && term.Items("matchExpressions").All(expression => Holds(expression, node.Labels))
            && term.Items("matchFields").All(field => Holds(field, new Dictionary<string, string> { ["metadata.name"] = node.Name })));

    public static string Show(IReadOnlyDictionary<string, string> labels) =>
        string.Join(",", labels.Select(pair => $"{pair.Key}={pair.Value}"));

    private static int Compare(string? value, IReadOnlyList<string> values) =>
        long.TryParse(value, CultureInfo.InvariantCulture, out var left)
        && values.Count == 1
        && long.TryParse(values[0], CultureInfo.InvariantCulture, out var right)
            ? left.CompareTo(right)
            : 0;
}
