namespace Academy.Domain.People;

/// <summary>What an access token is for.</summary>
public enum TokenKind
{
    /// <summary>A person's own, for programs: sent as a bearer token.</summary>
    Personal,

    /// <summary>A browser that is signed in: kept in a cookie.</summary>
    Session,

    /// <summary>A link that signs in a browser, once.</summary>
    SignInLink,

    /// <summary>A link that an embedded Academy prints at its start; it works until it expires, as often as it is clicked.</summary>
    ConsoleLink,
}

/// <param name="Hash">SHA-256 of the token, in hexadecimal. The token itself is shown once and kept nowhere.</param>
/// <param name="Scopes">Of <see cref="TokenScopes"/>; what the token may do at most, within the roles of its person.</param>
public sealed record TokenIssued(
    Guid TokenId, Guid PersonId, TokenKind Kind, string Name, IReadOnlyList<string> Scopes, string Hash, DateTimeOffset ExpiresAt, DateTimeOffset At);
public sealed record TokenRevoked(Guid By, DateTimeOffset At);

public sealed record AccessToken(
    Guid Id, Guid PersonId, TokenKind Kind, string Name, IReadOnlyList<string> Scopes, string Hash, DateTimeOffset ExpiresAt, DateTimeOffset IssuedAt, bool Revoked = false)
    : IState<AccessToken>
{
    public static AccessToken? Fold(AccessToken? state, object @event) => (state, @event) switch
    {
        (null, TokenIssued e) => new(e.TokenId, e.PersonId, e.Kind, e.Name, e.Scopes, e.Hash, e.ExpiresAt, e.At),
        ({ } s, TokenRevoked) => s with { Revoked = true },
        _ => state,
    };

    public bool IsValid(DateTimeOffset at) => !Revoked && at < ExpiresAt;

    public bool IsLink => Kind is TokenKind.SignInLink or TokenKind.ConsoleLink;

    /// <summary>A browser signs in with a link.</summary>
    public Decision Use(DateTimeOffset at) => this switch
    {
        _ when !IsLink || !IsValid(at) => Decision.Refuse(
            RefusalKind.Unauthenticated, "sign-in.link", "This sign-in link is used up or too old. Ask for a new one; ./academy run prints new ones at every start."),
        { Kind: TokenKind.SignInLink } => Decision.Record(new TokenRevoked(PersonId, at)),
        _ => Decision.Nothing,
    };

    public Decision Revoke(Guid by, DateTimeOffset at) => Revoked ? Decision.Nothing : Decision.Record(new TokenRevoked(by, at));
}

public static class TokenScopes
{
    public const string Read = "read";
    public const string Write = "write";

    public static IReadOnlyList<string> All { get; } = [Read, Write];
}
