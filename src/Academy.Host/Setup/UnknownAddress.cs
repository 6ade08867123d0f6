using Academy.Domain;
using Academy.Features.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Template;

namespace Academy.Host.Setup;

/// <summary>
/// Says why the API has no answer: nothing is at the address, or it takes other methods or other content. Where there is a fallback
/// for every address, routing itself would call all three not found.
/// </summary>
internal static class UnknownAddress
{
    public static void MapUnknownAddresses(this WebApplication app) => app.MapFallback("/api/{**rest}", Explain).AllowAnonymous();

    private static Task Explain(HttpContext http)
    {
        var here = http.RequestServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => IsAt(e, http.Request.Path)).ToList();
        var methods = here.SelectMany(MethodsOf).Distinct().Order(StringComparer.Ordinal).ToList();
        if (methods.Count > 0 && !methods.Contains(http.Request.Method))
        {
            http.Response.Headers.Allow = string.Join(", ", methods);
            return http.WriteProblem(StatusCodes.Status405MethodNotAllowed, new(RefusalKind.Invalid, "method.not-allowed", $"This address takes {string.Join(", ", methods)}."));
        }

        return here.Any(e => MethodsOf(e).Contains(http.Request.Method) && e.Metadata.GetMetadata<IAcceptsMetadata>() is not null)
            ? http.WriteProblem(StatusCodes.Status415UnsupportedMediaType, new(RefusalKind.Invalid, "body.not-json", "Send the body as application/json."))
            : http.WriteProblem(new Refusal(RefusalKind.NotFound, "address.unknown", "There is nothing at this address."));
    }

    private static bool IsAt(RouteEndpoint endpoint, PathString path) =>
        new TemplateMatcher(new RouteTemplate(endpoint.RoutePattern), []).TryMatch(path, []);

    private static IReadOnlyList<string> MethodsOf(Endpoint endpoint) => endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? [];
}
