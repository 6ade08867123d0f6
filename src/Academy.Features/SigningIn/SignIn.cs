using Academy.Domain.People;

namespace Academy.Features.SigningIn;

/// <summary>Whom a token stands for.</summary>
/// <param name="Scopes">Null for a browser that is signed in: it may do what the person may.</param>
public sealed record Identity(Guid PersonId, IReadOnlyList<string> Roles, IReadOnlyList<string>? Scopes);

/// <summary>Finds the person of a token that came with an HTTP request. Only a hash of it is compared.</summary>
[Audience(Actor.SystemRole)]
public sealed record Identify(string Token) : IAcademyQuery<Identity>;

internal sealed class IdentifyHandler(IQuerySession session, TimeProvider clock) : IRequestHandler<Identify, Result<Identity>>
{
    private static readonly Refusal Unknown = new(RefusalKind.Unauthenticated, "token.invalid", "This access token is unknown, expired or revoked. Sign in again.");

    public async Task<Result<Identity>> Handle(Identify request, CancellationToken cancellationToken)
    {
        var hash = TokenText.HashOf(request.Token);
        var token = await session.Query<AccessToken>().FirstOrDefaultAsync(t => t.Hash == hash, cancellationToken);
        return token is not null && !token.IsLink && token.IsValid(clock.GetUtcNow())
            && await session.LoadAsync<Person>(token.PersonId, cancellationToken) is { Erased: false } person
                ? new Identity(person.Id, person.Roles, token.Kind == TokenKind.Session ? null : token.Scopes)
                : Unknown;
    }
}

/// <summary>Signs in a browser with a link.</summary>
/// <param name="Link">The token in the link.</param>
[Audience(Actor.SystemRole)]
public sealed record SignIn(string Link, string Browser) : IAcademyCommand<IssuedToken>;

internal sealed class SignInHandler(IDocumentSession session, IActor actor, TimeProvider clock) : IRequestHandler<SignIn, Result<IssuedToken>>
{
    private static readonly TimeSpan SessionLife = TimeSpan.FromDays(14);

    public async Task<Result<IssuedToken>> Handle(SignIn request, CancellationToken cancellationToken)
    {
        var hash = TokenText.HashOf(request.Link);
        if (await session.Query<AccessToken>().FirstOrDefaultAsync(t => t.Hash == hash, cancellationToken) is not { } link)
        {
            return new Refusal(RefusalKind.Unauthenticated, "sign-in.link", "There is no such sign-in link.");
        }

        var used = await session.Decide<AccessToken>(link.Id, actor, t => t.Use(clock.GetUtcNow()), cancellationToken);
        return used.Refusal is { } refusal
            ? refusal
            : session.Issue(actor, link.PersonId, TokenKind.Session, request.Browser, TokenScopes.All, SessionLife, clock);
    }
}

/// <summary>A link that signs in a person.</summary>
[Audience(Roles.Administrator)]
public sealed record MakeSignInLink(Guid PersonId) : IAcademyCommand<SignInLink>;

/// <param name="Path">To be appended to the address of this Academy.</param>
public sealed record SignInLink(string Path, DateTimeOffset ExpiresAt);

internal sealed class MakeSignInLinkHandler(IDocumentSession session, IActor actor, TimeProvider clock) : IRequestHandler<MakeSignInLink, Result<SignInLink>>
{
    private static readonly TimeSpan LinkLife = TimeSpan.FromHours(24);

    public async Task<Result<SignInLink>> Handle(MakeSignInLink request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<Person>(request.PersonId, cancellationToken) is not { Erased: false })
        {
            return Refusals.NotFound<Person>(request.PersonId);
        }

        var kind = actor.Is(Actor.SystemRole) ? TokenKind.ConsoleLink : TokenKind.SignInLink;
        var issued = session.Issue(actor, request.PersonId, kind, "Sign-in link", TokenScopes.All, LinkLife, clock);
        return new SignInLink($"/sign-in/{issued.Token}", issued.ExpiresAt);
    }
}

internal sealed class MakeSignInLinkEndpoint(IDoor door) : DoorEndpoint<MakeSignInLink, SignInLink>(door)
{
    public override void Configure() => Describe("POST", "people/{personId}/sign-in-links", "Makes a link that signs in a person once, within a day");
}
