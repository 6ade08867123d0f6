using Academy.Domain;
using Academy.Domain.People;
using static Academy.Tests.Domain.Past;

namespace Academy.Tests.Domain;

public sealed class Holding_an_access_token
{
    private static readonly DateTimeOffset Expiry = Noon.AddDays(30);

    [Fact]
    public void it_is_valid_until_the_moment_it_expires()
    {
        Of(TokenKind.Personal).IsValid(Expiry.AddTicks(-1)).ShouldBeTrue();
        Of(TokenKind.Personal).IsValid(Expiry).ShouldBeFalse();
    }

    [Fact]
    public void it_is_not_valid_once_revoked()
    {
        var token = Of(TokenKind.Personal);
        token.Then(token.Revoke(Ben, Later)).IsValid(Later).ShouldBeFalse();
    }

    [Fact]
    public void revoking_twice_changes_nothing() => Of(TokenKind.Session).And(new TokenRevoked(Ann, Noon)).Revoke(Ben, Later).ShouldChangeNothing();

    [Fact]
    public void a_sign_in_link_is_used_up()
    {
        var link = Of(TokenKind.SignInLink);
        var used = link.Then(link.Use(Later));
        used.Use(Later).ShouldBeRefused(RefusalKind.Unauthenticated, "sign-in.link");
    }

    [Fact]
    public void a_console_link_works_until_it_expires()
    {
        Of(TokenKind.ConsoleLink).Use(Later).ShouldChangeNothing();
        Of(TokenKind.ConsoleLink).Use(Expiry).ShouldBeRefused(RefusalKind.Unauthenticated, "sign-in.link");
    }

    [Theory]
    [InlineData(TokenKind.Personal)]
    [InlineData(TokenKind.Session)]
    public void no_other_token_signs_a_browser_in(TokenKind kind) => Of(kind).Use(Later).ShouldBeRefused(RefusalKind.Unauthenticated, "sign-in.link");

    private static AccessToken Of(TokenKind kind) => Given<AccessToken>(new TokenIssued(Thing, Ann, kind, "laptop", TokenScopes.All, "00ff", Expiry, Noon));
}
