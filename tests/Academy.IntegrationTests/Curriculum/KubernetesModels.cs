using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace Academy.IntegrationTests.Curriculum;

/// <summary>
/// Holds an object against the current Kubernetes API, as the models of the client library describe it: fields that do not exist, and
/// values of another kind than the field's. It knows nothing of what is required; a server says that.
/// </summary>
internal static class KubernetesModels
{
    private static readonly Dictionary<(string, string), Type> Types = typeof(V1Pod).Assembly.GetExportedTypes()
        .Select(type => (type, entity: type.GetCustomAttribute<KubernetesEntityAttribute>()))
        .Where(t => t.entity is not null && !t.type.Name.EndsWith("List", StringComparison.Ordinal))
        .ToDictionary(t => (t.entity!.Group.Length == 0 ? t.entity.ApiVersion : $"{t.entity.Group}/{t.entity.ApiVersion}", t.entity.Kind), t => t.type);

    public static bool Know(Manifest manifest) => Types.ContainsKey((manifest.ApiVersion, manifest.Kind));

    /// <returns>One text a problem, with the path of the field.</returns>
    public static IEnumerable<string> Problems(Manifest manifest) => Compare(manifest.Content, Types[(manifest.ApiVersion, manifest.Kind)], "");

    private static IEnumerable<string> Compare(JsonNode? node, Type declared, string path)
    {
        var type = Nullable.GetUnderlyingType(declared) ?? declared;
        if (node is null || type == typeof(object))
        {
            return [];
        }

        if (Expected(type) is { } kinds)
        {
            return kinds.Contains(node.GetValueKind()) ? [] : [$"{path} is {Named(node)}, and must be {string.Join(" or ", kinds.Select(k => k.ToString().ToLowerInvariant()))}"];
        }

        if (Argument(type, typeof(IDictionary<,>)) is { } ofMap)
        {
            return node is JsonObject map ? map.SelectMany(p => Compare(p.Value, ofMap, $"{path}.{p.Key}")) : [$"{path} is {Named(node)}, and must be a map"];
        }

        if (Argument(type, typeof(IList<>)) is { } ofList)
        {
            return node is JsonArray list ? list.SelectMany((item, i) => Compare(item, ofList, $"{path}[{i}]")) : [$"{path} is {Named(node)}, and must be a list"];
        }

        var fields = Fields(type);
        return fields.Count == 0 ? [] // quantities, and numbers that may be names
            : node is JsonObject o ? o.SelectMany(p => fields.TryGetValue(p.Key, out var of) ? Compare(p.Value, of, $"{path}.{p.Key}") : [$"{path}.{p.Key} does not exist"])
            : [$"{path} is {Named(node)}, and must be an object"];
    }

    private static JsonValueKind[]? Expected(Type type) =>
        type == typeof(string) || type == typeof(DateTime) || type == typeof(byte[]) ? [JsonValueKind.String]
        : type == typeof(bool) ? [JsonValueKind.True, JsonValueKind.False]
        : type.IsPrimitive ? [JsonValueKind.Number]
        : null;

    private static Type? Argument(Type type, Type generic) =>
        type.GetInterfaces().Append(type).FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == generic)?.GetGenericArguments()[^1];

    private static Dictionary<string, Type> Fields(Type type) => type.GetProperties()
        .Select(p => (p.PropertyType, p.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name))
        .Where(p => p.Name is not null)
        .ToDictionary(p => p.Name!, p => p.PropertyType);

    private static string Named(JsonNode node) => node.GetValueKind().ToString().ToLowerInvariant();
}
