using Academy.Domain;
using Academy.Features.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Academy.Host.Pages.Frame;

/// <summary>A refusal for whoever asked: a page for people in a browser, a problem (RFC 9457) for programs.</summary>
internal static class PageProblem
{
    public static Task WritePageProblem(this HttpContext http, Refusal refusal) => http.Request.GetTypedHeaders().Accept.Any(a => a.MediaType == "text/html")
        ? new RazorComponentResult<ProblemPage>(new Dictionary<string, object?> { [nameof(ProblemPage.Model)] = refusal }) { StatusCode = Problems.StatusOf(refusal.Kind) }
            .ExecuteAsync(http)
        : http.WriteProblem(refusal);
}
