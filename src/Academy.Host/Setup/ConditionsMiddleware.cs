using Academy.Domain;
using Academy.Features.Door;
using Academy.Features.Http;

namespace Academy.Host.Setup;

/// <summary>Takes the conditions of a request, <c>Idempotency-Key</c> and <c>If-Match</c>, into its actor.</summary>
internal sealed class ConditionsMiddleware(RequestDelegate next)
{
    private const int LongestKey = 200;

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.Items.Values.OfType<Actor>().FirstOrDefault() is { } actor && !HttpMethods.IsGet(context.Request.Method))
        {
            var key = context.Request.Headers["Idempotency-Key"].ToString();
            var match = context.Request.Headers.IfMatch.ToString();
            if (key.Length > LongestKey)
            {
                await context.WriteProblem(new Refusal(RefusalKind.Invalid, "idempotency.key-too-long", $"An Idempotency-Key has at most {LongestKey} characters."));
                return;
            }

            long? version = null;
            if (match is not ("" or "*"))
            {
                version = ETag.Parse(match);
                if (version is null)
                {
                    await context.WriteProblem(new Refusal(RefusalKind.Invalid, "if-match.malformed", "If-Match must be the ETag of an earlier reply, such as \"3\"."));
                    return;
                }
            }

            context.SetActor(actor with { IdempotencyKey = key.Length > 0 ? key : null, ExpectedVersion = version });
        }

        await next(context);
    }
}
