using Academy.Features.Conversing;
using Academy.Features.Door;
using FastEndpoints;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Academy.Host.Setup;

/// <summary>The description of the API: what the endpoints say of themselves, and what all of them have in common.</summary>
internal static class OpenApiSetup
{
    public static void AddAcademyOpenApi(this IServiceCollection services) => services.AddOpenApi("v1", o =>
    {
        o.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        o.ShouldInclude = d => d.RelativePath?.StartsWith("api/v1/", StringComparison.Ordinal) == true;
        o.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Academy", Version = "v1", Description = "Hands-on Kubernetes courses with an assistant that finds root causes." };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                ["token"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A personal access token, or a token of the configured issuer." },
            };
            LeaveOutWhatStandsInTheAddress(document);
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("token", document)] = [] }];
            return Task.CompletedTask;
        });
        o.AddOperationTransformer(Describe);
    });

    private static OpenApiResponse Problem { get; } = new()
    {
        Description = "A problem (RFC 9457): type is stable, errors names the fields.",
        Content = new Dictionary<string, OpenApiMediaType> { ["application/problem+json"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } } },
    };

    private static Task Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken ct)
    {
        if (context.Description.ActionDescriptor.EndpointMetadata.OfType<EndpointDefinition>().FirstOrDefault() is not { } endpoint)
        {
            return Task.CompletedTask;
        }

        operation.Summary = endpoint.EndpointSummary?.Summary;
        operation.OperationId = endpoint.EndpointType.Name.Replace("Endpoint", "", StringComparison.Ordinal);
        var path = context.Description.RelativePath ?? "";
        operation.Tags = new HashSet<OpenApiTagReference> { new(path.Split('/')[2], context.Document) };
        operation.Responses ??= [];
        operation.Responses["default"] = Problem;
        if (endpoint.ResDtoType == typeof(Done) && operation.Responses.Remove("200"))
        {
            operation.Responses["204"] = new OpenApiResponse { Description = "It is done." };
        }

        var inBody = endpoint.ReqDtoType.GetProperties().Any(p => !path.Contains($"{{{p.Name}}}", StringComparison.OrdinalIgnoreCase));
        var isFile = endpoint.ReqDtoType == typeof(EmptyRequest);
        if (context.Description.HttpMethod is "GET" or "DELETE" || !(inBody || isFile))
        {
            operation.RequestBody = null;
        }

        operation.Parameters = [.. Parameters(endpoint, path, context.Description.HttpMethod!)];
        if (operation.Parameters.Count == 0)
        {
            operation.Parameters = null;
        }

        return Task.CompletedTask;
    }

    // The schema of a request has all its properties; those of the path may not be said again in the body.
    private static void LeaveOutWhatStandsInTheAddress(OpenApiDocument document)
    {
        var schemas = document.Components?.Schemas ?? new Dictionary<string, IOpenApiSchema>();
        var bodies = new HashSet<string>();
        foreach (var operation in document.Paths.Values.SelectMany(p => p.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>()))
        {
            foreach (var id in (operation.RequestBody?.Content?.Values ?? []).Select(c => c.Schema).OfType<OpenApiSchemaReference>().Select(r => r.Reference.Id!))
            {
                bodies.Add(id);
                foreach (var name in (operation.Parameters ?? []).Where(p => p.In == ParameterLocation.Path).Select(p => p.Name!))
                {
                    schemas[id].Properties?.Remove(name);
                    schemas[id].Required?.Remove(name);
                }
            }
        }

        foreach (var request in Requests.Where(r => !bodies.Contains(r)))
        {
            schemas.Remove(request);
        }
    }

    private static IReadOnlyList<string> Requests { get; } =
    [
        nameof(Done),
        nameof(FollowConversation),
        .. new[] { typeof(IDoor).Assembly, typeof(OpenApiSetup).Assembly }.SelectMany(a => a.GetTypes())
            .Where(t => t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(MediatR.IRequest<>))).Select(t => t.Name),
    ];

    private static IEnumerable<IOpenApiParameter> Parameters(EndpointDefinition endpoint, string path, string verb)
    {
        var properties = endpoint.ReqDtoType.GetProperties();
        foreach (var part in path.Split('/').Where(p => p.StartsWith('{')))
        {
            var name = part.Trim('{', '}').Split(':')[0];
            var property = properties.FirstOrDefault(p => p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
            yield return new OpenApiParameter { Name = name, In = ParameterLocation.Path, Required = true, Schema = Schema(property?.PropertyType ?? typeof(string)) };
        }

        foreach (var property in properties.Where(p => verb == "GET" && !path.Contains($"{{{p.Name}", StringComparison.OrdinalIgnoreCase)))
        {
            yield return new OpenApiParameter
            {
                Name = char.ToLowerInvariant(property.Name[0]) + property.Name[1..],
                In = ParameterLocation.Query,
                Schema = Schema(property.PropertyType),
            };
        }

        if (verb != "GET")
        {
            yield return new OpenApiParameter
            {
                Name = "Idempotency-Key",
                In = ParameterLocation.Header,
                Schema = Schema(typeof(string)),
                Description = "The same key with the same request gives the first reply again.",
            };
        }
    }

    private static OpenApiSchema Schema(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        var t when t == typeof(Guid) => new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" },
        var t when t == typeof(int) || t == typeof(long) => new OpenApiSchema { Type = JsonSchemaType.Integer },
        var t when t == typeof(bool) => new OpenApiSchema { Type = JsonSchemaType.Boolean },
        _ => new OpenApiSchema { Type = JsonSchemaType.String },
    };
}
