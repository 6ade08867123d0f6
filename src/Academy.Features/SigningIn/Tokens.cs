using Academy.Domain.People;

namespace Academy.Features.SigningIn;

/// <summary>An access token as its owner sees it afterwards: never the token itself.</summary>
public sealed record TokenView(Guid Id, TokenKind Kind, string Name, IReadOnlyList<string> Scopes, DateTimeOffset IssuedAt, DateTimeOffset ExpiresAt, bool Revoked)
{
    internal static TokenView Of(AccessToken t) => new(t.Id, t.Kind, t.Name, t.Scopes, t.IssuedAt, t.ExpiresAt, t.Revoked);
}

/// <param name="Token">Shown this once.</param>
public sealed record IssuedToken(Guid Id, string Token, DateTimeOffset ExpiresAt);

/// <summary>A personal access token, for programs. It can do at most what its person can.</summary>
/// <param name="Scopes">Any of <c>read</c> and <c>write</c>.</param>
/// <param name="Days">Until it expires, 1 to 365; 30 where it is not given.</param>
[Audience]
public sealed record IssueToken(string Name, IReadOnlyList<string> Scopes, int? Days = null) : IAcademyCommand<IssuedToken>;

internal sealed class IssueTokenValidator : AbstractValidator<IssueToken>
{
    public IssueTokenValidator()
    {
        RuleFor(c => c.Name).NotEmpty().MaximumLength(100);
        RuleFor(c => c.Scopes).NotEmpty();
        RuleForEach(c => c.Scopes).Must(TokenScopes.All.Contains).WithMessage($"A scope is one of: {string.Join(", ", TokenScopes.All)}.");
        RuleFor(c => c.Days).InclusiveBetween(1, 365);
    }
}

internal sealed class IssueTokenHandler(IDocumentSession session, IActor actor, TimeProvider clock) : IRequestHandler<IssueToken, Result<IssuedToken>>
{
    public async Task<Result<IssuedToken>> Handle(IssueToken request, CancellationToken cancellationToken) =>
        await session.LoadAsync<Person>(actor.Id, cancellationToken) is not { Erased: false }
            ? new Refusal(RefusalKind.Conflict, "token.foreign-person", "You are signed in by another issuer; get your tokens there.")
            : actor.Scopes is { } held && request.Scopes.Except(held).Any()
                ? new Refusal(RefusalKind.Forbidden, "token.scope", "A token cannot issue one that may do more than itself.")
                : session.Issue(actor, actor.Id, TokenKind.Personal, request.Name, request.Scopes.Distinct().ToList(), TimeSpan.FromDays(request.Days ?? 30), clock);
}

internal sealed class IssueTokenEndpoint(IDoor door) : DoorEndpoint<IssueToken, IssuedToken>(door)
{
    public override void Configure() => Describe("POST", "tokens", "Issues a personal access token; it is shown this once");
}

[Audience]
public sealed record ListTokens(string? Cursor = null, int? Limit = null) : IAcademyQuery<Page<TokenView>>, IPaged;

internal sealed class ListTokensValidator : AbstractValidator<ListTokens>
{
    public ListTokensValidator() => this.RulesForPaging();
}

internal sealed class ListTokensHandler(IQuerySession session, IActor actor) : IRequestHandler<ListTokens, Result<Page<TokenView>>>
{
    public async Task<Result<Page<TokenView>>> Handle(ListTokens request, CancellationToken cancellationToken) =>
        await session.Query<AccessToken>().Where(t => t.PersonId == actor.Id).ToPage(request, TokenView.Of, cancellationToken);
}

internal sealed class ListTokensEndpoint(IDoor door) : DoorEndpoint<ListTokens, Page<TokenView>>(door)
{
    public override void Configure() => Describe("GET", "tokens", "The caller's tokens and sessions, newest first");
}

/// <summary>One's own token, or as an administrator anybody's.</summary>
[Audience]
public sealed record RevokeToken(Guid TokenId) : IAcademyCommand<Done>;

internal sealed class RevokeTokenHandler(IDocumentSession session, IActor actor, TimeProvider clock) : IRequestHandler<RevokeToken, Result<Done>>
{
    public async Task<Result<Done>> Handle(RevokeToken request, CancellationToken cancellationToken) =>
        await session.LoadAsync<AccessToken>(request.TokenId, cancellationToken) is { } token && (token.PersonId == actor.Id || actor.Is(Roles.Administrator))
            ? await session.Decide<AccessToken>(request.TokenId, actor, t => t.Revoke(actor.Id, clock.GetUtcNow()), cancellationToken)
            : Refusals.NotFound("token", request.TokenId);
}

internal sealed class RevokeTokenEndpoint(IDoor door) : DoorEndpoint<RevokeToken, Done>(door)
{
    public override void Configure() => Describe("DELETE", "tokens/{tokenId}", "Revokes a token or a session at once");
}

internal static class Issuing
{
    public static IssuedToken Issue(
        this IDocumentSession session, IActor actor, Guid person, TokenKind kind, string name, IReadOnlyList<string> scopes, TimeSpan life, TimeProvider clock)
    {
        var now = clock.GetUtcNow();
        var text = TokenText.Mint(actor.Tenant);
        var issued = new TokenIssued(Guid.CreateVersion7(now), person, kind, name, scopes, TokenText.HashOf(text), now + life, now);
        session.Events.StartStream<AccessToken>(issued.TokenId, issued);
        return new IssuedToken(issued.TokenId, text, issued.ExpiresAt);
    }
}
