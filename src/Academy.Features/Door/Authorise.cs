using System.Reflection;
using Academy.Domain;
using Academy.Domain.People;
using MediatR;

namespace Academy.Features.Door;

/// <summary>Holds every request to its declared audience and to what the access token allows. Whose thing it is, handlers decide.</summary>
internal sealed class Authorise<TRequest, TReply>(IActor actor) : IPipelineBehavior<TRequest, TReply>
    where TRequest : IRequest<TReply>
    where TReply : IReply<TReply>
{
    private static readonly AudienceAttribute Audience = typeof(TRequest).GetCustomAttribute<AudienceAttribute>()
        ?? throw new InvalidOperationException($"{typeof(TRequest).Name} declares no audience: give it [Audience(...)].");

    private static readonly string Scope = typeof(TRequest).IsAssignableTo(typeof(IRecords)) ? TokenScopes.Write : TokenScopes.Read;

    public async Task<TReply> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TReply> next)
    {
        if (actor.Scopes is { } scopes && !scopes.Contains(Scope))
        {
            return TReply.Refused(new(RefusalKind.Forbidden, "token.scope", $"This access token lacks the scope '{Scope}'."));
        }

        if (Audience.Roles.Count > 0 && !actor.Is(Actor.SystemRole) && !Audience.Roles.Any(actor.Is))
        {
            return TReply.Refused(new(RefusalKind.Forbidden, "role.missing", $"This is for {string.Join(" or ", Audience.Roles)} only."));
        }

        return await next();
    }
}
