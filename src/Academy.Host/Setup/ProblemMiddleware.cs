using Academy.Domain;
using Academy.Features.Http;
using Marten.Exceptions;
using Npgsql;

namespace Academy.Host.Setup;

/// <summary>Whatever goes wrong below becomes a problem that says what to do, and never says how Academy is built.</summary>
internal sealed class ProblemMiddleware(RequestDelegate next, ILogger<ProblemMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            await Explain(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // nobody is listening any more
        }
        catch (Exception trouble) when (!context.Response.HasStarted)
        {
            var (status, refusal) = Translate(trouble);
            if (status == StatusCodes.Status503ServiceUnavailable)
            {
                logger.LogWarning("{Method} {Path}: the database does not answer: {Trouble}", context.Request.Method, context.Request.Path, trouble.Message);
            }
            else if (status >= StatusCodes.Status500InternalServerError)
            {
                logger.LogError(trouble, "{Method} {Path} failed", context.Request.Method, context.Request.Path);
            }

            context.Response.Clear();
            await context.WriteProblem(status, refusal);
        }
    }

    private static (int Status, Refusal Refusal) Translate(Exception trouble) => trouble switch
    {
        BadInputException bad => (bad.Status, bad.Refusal),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            (StatusCodes.Status413PayloadTooLarge, new(RefusalKind.TooLarge, "body.too-large", "The body is larger than this address takes.")),
        BadHttpRequestException bad => (bad.StatusCode, new(RefusalKind.Invalid, "request.malformed", "The request is not well-formed HTTP.")),
        _ when IsDatabaseAway(trouble) => (StatusCodes.Status503ServiceUnavailable, new(
            RefusalKind.Unavailable, "database.unavailable", "The database does not answer just now. Send the same request again; an Idempotency-Key makes that safe.")
        {
            RetryAfter = TimeSpan.FromSeconds(2),
        }),
        _ => (StatusCodes.Status500InternalServerError, new(
            RefusalKind.Unavailable, "internal", "Something went wrong on our side. It was logged under the trace id; nothing was recorded.")),
    };

    private static bool IsDatabaseAway(Exception? trouble) => trouble switch
    {
        null => false,
        PostgresException { SqlState: { } state } => state.StartsWith("57P", StringComparison.Ordinal) || state.StartsWith("08", StringComparison.Ordinal) || state == "53300",
        NpgsqlException => true,
        MartenCommandException or MartenException or AggregateException => IsDatabaseAway(trouble.InnerException),
        _ => trouble.InnerException is NpgsqlException inner && IsDatabaseAway(inner),
    };

    // Routing answers some requests with a bare status.
    private static Task Explain(HttpContext context) => context.Response switch
    {
        { HasStarted: true } => Task.CompletedTask,
        { StatusCode: StatusCodes.Status404NotFound, ContentType: null } => context.WriteProblem(
            StatusCodes.Status404NotFound, new(RefusalKind.NotFound, "address.unknown", "There is nothing at this address.")),
        _ => Task.CompletedTask,
    };
}
