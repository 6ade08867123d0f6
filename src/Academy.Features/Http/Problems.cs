using System.Diagnostics;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace Academy.Features.Http;

/// <summary>Refusals as RFC 9457 problem details. The type is stable: clients tell problems apart by it.</summary>
public static class Problems
{
    public const string TypePrefix = "urn:academy:problem:";

    public static int StatusOf(RefusalKind kind) => kind switch
    {
        RefusalKind.Invalid => StatusCodes.Status400BadRequest,
        RefusalKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        RefusalKind.Stale => StatusCodes.Status412PreconditionFailed,
        RefusalKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        _ => StatusCodes.Status503ServiceUnavailable,
    };

    public static Task WriteProblem(this HttpContext http, Refusal refusal) => http.WriteProblem(StatusOf(refusal.Kind), refusal);

    public static async Task WriteProblem(this HttpContext http, int status, Refusal refusal)
    {
        if (refusal.RetryAfter is { } wait)
        {
            http.Response.Headers.RetryAfter = Math.Max(1, (int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        }

        if (status == StatusCodes.Status401Unauthorized)
        {
            http.Response.Headers.WWWAuthenticate = "Bearer";
        }

        var problem = new ProblemDetails
        {
            Type = TypePrefix + refusal.Code,
            Title = TitleOf(status),
            Status = status,
            Detail = refusal.Message,
            Instance = http.Request.Path,
        };
        if (refusal.Fields.Count > 0)
        {
            problem.Extensions["errors"] = refusal.Fields.Select(f => new { field = f.Field, message = f.Message }).ToList();
        }

        if (Activity.Current?.TraceId is { } trace)
        {
            problem.Extensions["traceId"] = trace.ToHexString();
        }

        http.Response.StatusCode = status;
        await http.Response.WriteAsJsonAsync(problem, options: null, "application/problem+json", http.RequestAborted);
    }

    private static string TitleOf(int status) => status switch
    {
        400 => "The request is not acceptable",
        401 => "Sign in first",
        403 => "Not allowed",
        404 => "Not found",
        405 => "This address does not take that method",
        409 => "It does not fit the present state",
        412 => "Changed in the meantime",
        413 => "Too large",
        415 => "This kind of content is not taken here",
        429 => "Too many requests",
        503 => "Not available just now",
        _ => "Something went wrong",
    };
}
