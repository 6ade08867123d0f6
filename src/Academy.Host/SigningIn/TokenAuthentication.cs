using System.Security.Claims;
using System.Text.Encodings.Web;
using Academy.Domain;
using Academy.Features.Door;
using Academy.Features.Http;
using Academy.Features.SigningIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;

namespace Academy.Host.SigningIn;

/// <summary>Academy's own tokens: as a bearer token from programs, in a cookie from a browser.</summary>
internal sealed class TokenAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, IDoor door)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string Name = "academy";
    public const string Cookie = "academy_session";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var bearer = Bearer(Request);
        if ((bearer ?? Request.Cookies[Cookie]) is not { Length: > 0 } token)
        {
            return AuthenticateResult.NoResult();
        }

        if (TokenText.TenantOf(token) is not { } tenant)
        {
            return AuthenticateResult.Fail("Not a token of Academy's.");
        }

        // A cookie is sent by the browser whoever made the page; a token in a header only by who has it.
        if (bearer is null && !OwnPage.Sent(Request))
        {
            return AuthenticateResult.Fail("Sent by a page of another site.");
        }

        var found = await door.Send(new Identify(token), Actor.System(tenant), Context.RequestAborted);
        if (found.Value is not { } identity)
        {
            return AuthenticateResult.Fail(found.Refusal!.Message);
        }

        var claims = new List<Claim> { new("sub", identity.PersonId.ToString()) };
        claims.AddRange(identity.Roles.Select(r => new Claim("role", r)));
        var principal = new ClaimsPrincipal(new ClaimsIdentity(claims, Name, "sub", "role"));
        Context.SetActor(new Actor(tenant, identity.PersonId, [.. identity.Roles]) { Scopes = identity.Scopes });
        return AuthenticateResult.Success(new AuthenticationTicket(principal, Name));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => Challenge(Context);

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Context.WriteProblem(new Refusal(RefusalKind.Forbidden, "role.missing", "You may not do this."));

    public static Task Challenge(HttpContext http) => http.WriteProblem(new Refusal(
        RefusalKind.Unauthenticated, "sign-in.missing", "Sign in, or send a valid access token: Authorization: Bearer TOKEN."));

    public static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header[7..].Trim() : null;
}

/// <summary>Whether a request with a cookie was made by a page of Academy's own, or changes nothing.</summary>
internal static class OwnPage
{
    public static bool Sent(HttpRequest request) =>
        HttpMethods.IsGet(request.Method)
        || HttpMethods.IsHead(request.Method)
        || request.Headers["Sec-Fetch-Site"].ToString() is "same-origin"
        || (Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin) && origin.Authority == request.Host.Value);
}
