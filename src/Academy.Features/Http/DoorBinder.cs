using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using FastEndpoints;
using Microsoft.AspNetCore.Http;

namespace Academy.Features.Http;

/// <summary>
/// Makes a request of route, query and JSON body, by the names of its properties. Strict: an unknown field, a parameter given twice
/// or a value of the wrong kind is refused by name, and what stands in the route cannot be said otherwise in the body.
/// </summary>
public sealed class DoorBinder<TRequest> : IRequestBinder<TRequest>
    where TRequest : notnull
{
    private static readonly Dictionary<string, JsonPropertyInfo> Properties =
        ApiJson.Options.GetTypeInfo(typeof(TRequest)).Properties.ToDictionary(p => p.Name, StringComparer.OrdinalIgnoreCase);

    public async ValueTask<TRequest> BindAsync(BinderContext ctx, CancellationToken ct)
    {
        var http = ctx.HttpContext;
        if (typeof(TRequest) == typeof(EmptyRequest))
        {
            // such an endpoint reads the request itself
            return (TRequest)(object)EmptyRequest.Instance;
        }

        var body = HasBody(http.Request) ? await ReadBody(http.Request, ct) : [];
        foreach (var (name, value) in http.Request.RouteValues)
        {
            Add(body, name, value?.ToString());
        }

        foreach (var (name, values) in http.Request.Query)
        {
            Add(body, name, values.Count == 1 ? values[0] : throw Bad(name, $"'{name}' is given {values.Count} times."));
        }

        try
        {
            return body.Deserialize<TRequest>(ApiJson.Options) ?? throw Bad("$", "The request is empty.");
        }
        catch (JsonException trouble)
        {
            throw Missing(trouble) ?? Bad(trouble.Path is { Length: > 2 } path ? path[2..] : "$", Explain(trouble));
        }
    }

    private static bool HasBody(HttpRequest request) => request.ContentLength > 0 || request.Headers.TransferEncoding.Count > 0;

    private static async Task<JsonObject> ReadBody(HttpRequest request, CancellationToken ct)
    {
        if (!request.HasJsonContentType())
        {
            throw new BadInputException(StatusCodes.Status415UnsupportedMediaType, new(RefusalKind.Invalid, "body.not-json", "Send the body as application/json."));
        }

        try
        {
            return await JsonSerializer.DeserializeAsync<JsonNode>(request.Body, ApiJson.Options, ct) as JsonObject
                ?? throw Bad("$", "The body must be a JSON object.");
        }
        catch (Exception trouble) when (trouble is JsonException or ArgumentException)
        {
            throw Bad("$", trouble is JsonException json ? $"The body is not JSON: line {json.LineNumber + 1}, byte {json.BytePositionInLine + 1}." : "The body gives a field twice.");
        }
    }

    private static void Add(JsonObject body, string name, string? value)
    {
        if (!Properties.TryGetValue(name, out var property))
        {
            throw Bad(name, $"There is no parameter '{name}' here.");
        }

        if (body.Any(f => f.Key.Equals(name, StringComparison.OrdinalIgnoreCase)))
        {
            throw Bad(name, $"'{name}' stands in the address; leave it out of the body.");
        }

        body[property.Name] = Convert(property.PropertyType, value);
    }

    // A parameter is text; numbers and booleans are given to the serializer as such.
    private static JsonNode? Convert(Type type, string? value)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (target == typeof(bool) && bool.TryParse(value, out var flag))
        {
            return flag;
        }

        return (target == typeof(int) || target == typeof(long)) && long.TryParse(value, out var number) ? number : value;
    }

    private static string Explain(JsonException trouble) => trouble.Message switch
    {
        var m when m.Contains("could not be mapped", StringComparison.Ordinal) => "There is no such field here.",
        var m when m.Contains("null", StringComparison.OrdinalIgnoreCase) => "This may not be null.",
        _ => "This value is not of the right kind.",
    };

    private static BadInputException? Missing(JsonException trouble) =>
        trouble.Path is null or "$" && trouble.Message.Contains("missing required", StringComparison.Ordinal)
            ? Bad([.. Properties.Values.Where(p => trouble.Message.Contains($"'{p.Name}'", StringComparison.Ordinal)).Select(p => new FieldError(p.Name, "This is required."))])
            : null;

    private static BadInputException Bad(string field, string message) => Bad([new FieldError(field, message)]);

    private static BadInputException Bad(IReadOnlyList<FieldError> errors) => new(
        StatusCodes.Status400BadRequest, new(RefusalKind.Invalid, "input.invalid", "Some of the input is not acceptable; see errors.") { Fields = errors });
}

/// <summary>Input that no request could be made of. The middleware writes it as a problem.</summary>
public sealed class BadInputException(int status, Refusal refusal) : Exception(refusal.Message)
{
    public int Status { get; } = status;

    public Refusal Refusal { get; } = refusal;
}

/// <summary>How JSON looks on the outside.</summary>
public static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = Configure(new JsonSerializerOptions(JsonSerializerDefaults.Web) { Converters = { new StorableText() } });

    public static JsonSerializerOptions Configure(JsonSerializerOptions json)
    {
        json.UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.AllowDuplicateProperties = false;
        json.RespectNullableAnnotations = true;
        json.RespectRequiredConstructorParameters = true;
        json.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
        json.MaxDepth = 32;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false));
        json.TypeInfoResolver ??= new DefaultJsonTypeInfoResolver();
        return json;
    }
}

/// <summary>Text that PostgreSQL can keep: it has no place for the character NUL, and would fail long after the input was taken.</summary>
internal sealed class StorableText : JsonConverter<string>
{
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetString() is { } text && !text.Contains('\0', StringComparison.Ordinal) ? text : throw new JsonException();

    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
