using System.Text.Json;
using Academy.Domain;
using Academy.Features.Door.Sealing;
using JasperFx;
using Marten;
using Marten.Exceptions;
using MediatR;

namespace Academy.Features.Door;

/// <summary>
/// The only place that saves. The reply goes under the idempotency key in the transaction of the events: a repeat gets the first
/// reply, a key used for something else is refused. Two writers of one stream: one wins, the other is told.
/// </summary>
internal sealed class Commit<TRequest, TReply>(IDocumentStore store, IDocumentSession session, IActor actor, MasterCipher cipher, TimeProvider clock)
    : IPipelineBehavior<TRequest, TReply>
    where TRequest : IRequest<TReply>, IRecords
    where TReply : IReply<TReply>
{
    private const string Purpose = "receipt";

    public async Task<TReply> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TReply> next)
    {
        if (await FirstReply(request, cancellationToken) is { } first)
        {
            return first;
        }

        try
        {
            var reply = await next();
            if (reply.Refusal is null)
            {
                Keep(request, reply);
#pragma warning disable RS0030 // here, and nowhere else
                await session.SaveChangesAsync(cancellationToken);
#pragma warning restore RS0030
            }

            return reply;
        }
        catch (PersonErasedException)
        {
            return TReply.Refused(new(RefusalKind.NotFound, "person.not-found", "This person was erased."));
        }
        catch (Exception trouble) when (trouble is ConcurrencyException or ExistingStreamIdCollisionException or DocumentAlreadyExistsException)
        {
            // Somebody may have sent the very same command twice at once: then the first reply is the answer.
            return await FirstReply(request, cancellationToken) ?? TReply.Refused(Overtaken);
        }
    }

    private static Refusal Overtaken { get; } =
        new(RefusalKind.Conflict, "stream.conflict", "Somebody else changed this at the same moment. Read it again and repeat if it still makes sense.");

    private async Task<TReply?> FirstReply(TRequest request, CancellationToken ct)
    {
        if (actor.IdempotencyKey is not { } key)
        {
            return default;
        }

        await using var fresh = store.QuerySession(actor.Tenant);
        return await fresh.LoadAsync<Receipt>(Receipt.IdOf(actor, key), ct) switch
        {
            null => default,
            { } receipt when receipt.Request == Receipt.RequestOf(request) => JsonSerializer.Deserialize<TReply>(cipher.Open(Purpose, receipt.Reply)),
            _ => TReply.Refused(new(RefusalKind.Conflict, "idempotency.key-reused", "This Idempotency-Key was used for another request. Use a new key for each request.")),
        };
    }

    private void Keep(TRequest request, TReply reply)
    {
        if (actor.IdempotencyKey is { } key && request is not IShownOnce)
        {
            session.Insert(new Receipt(
                Receipt.IdOf(actor, key), Receipt.RequestOf(request), cipher.Seal(Purpose, JsonSerializer.SerializeToUtf8Bytes(reply)), clock.GetUtcNow()));
        }
    }
}
