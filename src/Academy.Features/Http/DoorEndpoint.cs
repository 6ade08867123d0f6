using FastEndpoints;

namespace Academy.Features.Http;

/// <summary>An endpoint is nothing but the address of a request: it binds the request, sends it through the door, and writes the reply.</summary>
public abstract class DoorEndpoint<TRequest, TReply>(IDoor door) : Endpoint<TRequest, TReply>
    where TRequest : IRequest<Result<TReply>>
{
    public const string Prefix = "api/v1/";

    protected IDoor Door { get; } = door;

    /// <param name="path">Below <c>/api/v1/</c>.</param>
    /// <param name="summary">One line for the API's documentation.</param>
    protected void Describe(string verb, string path, string summary)
    {
        Verbs(verb);
        Routes(Prefix + path);
        DontThrowIfValidationFails();
        Summary(s => s.Summary = summary);
    }

    public override async Task HandleAsync(TRequest req, CancellationToken ct)
    {
        var reply = await Door.Send(req, HttpContext.Actor(), ct);
        await (reply.Refusal is { } refusal ? HttpContext.WriteProblem(refusal) : HttpContext.WriteReply(reply.Value!, ct));
    }
}
