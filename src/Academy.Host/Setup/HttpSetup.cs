using System.Threading.RateLimiting;
using Academy.Domain;
using Academy.Features;
using Academy.Features.Http;
using Academy.Host.Pages;
using FastEndpoints;
using Microsoft.AspNetCore.RateLimiting;
using Scalar.AspNetCore;

namespace Academy.Host.Setup;

/// <summary>The REST API: endpoints, problems, limits, and its description.</summary>
internal static class HttpSetup
{
    public static void AddHttpApi(this WebApplicationBuilder builder)
    {
        builder.WebHost.ConfigureKestrel((context, kestrel) =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = context.Configuration.GetValue<long?>("Academy:MaxBodyBytes") ?? new AcademySettings().MaxBodyBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        });
        builder.Services.AddSingleton(typeof(IRequestBinder<>), typeof(DoorBinder<>));
        builder.Services.AddFastEndpoints(o => o.Assemblies = [typeof(FeatureServices).Assembly, typeof(HttpSetup).Assembly]);
        builder.Services.ConfigureHttpJsonOptions(o => ApiJson.Configure(o.SerializerOptions));
        builder.Services.AddRateLimiter(_ => { });
        builder.Services.AddOptions<RateLimiterOptions>().Configure<IServiceProvider>((o, s) => Limits.Configure(o, s.Settings()));
        builder.Services.AddAcademyOpenApi();
    }

    public static void UseHttpApi(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseMiddleware<ProblemMiddleware>();
        app.UsePageFiles();
        app.UseRouting();
        app.UseAuthentication();
        app.UseRateLimiter();
        app.UseMiddleware<ConditionsMiddleware>();
        app.UseAuthorization();
        app.MapFastEndpoints(c =>
        {
            c.Errors.UseProblemDetails();
            ApiJson.Configure(c.Serializer.Options);
        });
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapScalarApiReference("/docs", o => o.WithTitle("Academy API")).AllowAnonymous();
        app.MapPrometheusScrapingEndpoint("/metrics").AllowAnonymous().DisableRateLimiting();
        app.MapUnknownAddresses();
    }
}

/// <summary>How much one caller may ask for: a window of a minute each, by person, or by address where nobody is signed in.</summary>
internal static class Limits
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    public static void Configure(RateLimiterOptions options, AcademySettings settings)
    {
        options.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, string>(http => RateLimitPartition.GetFixedWindowLimiter(Who(http), _ => Window(settings.RequestsPerMinute))),
            PartitionedRateLimiter.Create<HttpContext, string>(http => IsQuestion(http.Request)
                ? RateLimitPartition.GetFixedWindowLimiter(Who(http), _ => Window(settings.QuestionsPerMinute))
                : RateLimitPartition.GetNoLimiter("")));
        options.OnRejected = async (context, _) =>
        {
            var wait = context.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? after : Minute;
            var limit = IsQuestion(context.HttpContext.Request) ? settings.QuestionsPerMinute : settings.RequestsPerMinute;
            context.HttpContext.Response.Headers["RateLimit-Policy"] = $"\"default\";q={limit};w=60";
            context.HttpContext.Response.Headers["RateLimit"] = $"\"default\";r=0;t={Math.Ceiling(wait.TotalSeconds)}";
            await context.HttpContext.WriteProblem(StatusCodes.Status429TooManyRequests, new Refusal(
                RefusalKind.Unavailable, "rate.exceeded", $"At most {limit} such requests a minute. Wait and try again.")
            { RetryAfter = wait });
        };
    }

    private static bool IsQuestion(HttpRequest request) =>
        HttpMethods.IsPost(request.Method) && request.Path.Value!.EndsWith("/messages", StringComparison.Ordinal);

    private static string Who(HttpContext http) =>
        http.User.FindFirst("sub")?.Value ?? http.Connection.RemoteIpAddress?.ToString() ?? "";

    private static FixedWindowRateLimiterOptions Window(int permits) => new() { PermitLimit = permits, Window = Minute, QueueLimit = 0 };
}
