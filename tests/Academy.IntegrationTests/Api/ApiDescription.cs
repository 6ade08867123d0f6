using System.Text.Json;
using System.Text.Json.Nodes;

namespace Academy.IntegrationTests.Api;

/// <summary>One operation of the API as its description tells it.</summary>
/// <param name="Path">With its parameters in braces.</param>
internal sealed record Operation(string Method, string Path, JsonObject Description, ApiDescription Api)
{
    public string Name => $"{Method} {Path}";

    public IEnumerable<JsonNode> Parameters(string place) =>
        (Description["parameters"]?.AsArray() ?? []).Select(p => p!).Where(p => p["in"]!.GetValue<string>() == place);

    /// <summary>The schema of a JSON body; null where there is none, or where the body is a file.</summary>
    public JsonNode? BodySchema => Api.Resolve(Description["requestBody"]?["content"]?["application/json"]?["schema"]) is { } schema && schema["properties"] is not null ? schema : null;

    public bool TakesFile => Description["requestBody"]?["content"]?["application/gzip"] is not null;
}

/// <summary>The OpenAPI document that a server gives of itself.</summary>
internal sealed class ApiDescription(JsonNode document)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public JsonNode Document { get; } = document;

    public static async Task<ApiDescription> Of(AcademyServer academy)
    {
        using var client = academy.Anonymous();
        return new ApiDescription(JsonNode.Parse(await client.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!);
    }

    public IReadOnlyList<Operation> Operations =>
    [
        .. from path in Document["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           select new Operation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject(), this),
    ];

    public JsonNode? Resolve(JsonNode? schema)
    {
        if (schema is JsonObject one && (one["oneOf"] ?? one["anyOf"])?.AsArray() is { } choices)
        {
            return Resolve(choices.FirstOrDefault(c => c!["$ref"] is not null) ?? choices[0]);
        }

        return schema is JsonObject named && named["$ref"]?.GetValue<string>() is { } reference
            ? Document["components"]!["schemas"]![reference[(reference.LastIndexOf('/') + 1)..]]
            : schema;
    }

    /// <summary>With the fields of every object in order, so that only what is said differs.</summary>
    public string Normalised() => Sort(Document)!.ToJsonString(Indented) + "\n";

    private static JsonNode? Sort(JsonNode? node) => node switch
    {
        JsonObject o => new JsonObject(o.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => KeyValuePair.Create(f.Key, Sort(f.Value)))),
        JsonArray a => new JsonArray([.. a.Select(Sort)]),
        _ => node?.DeepClone(),
    };
}
