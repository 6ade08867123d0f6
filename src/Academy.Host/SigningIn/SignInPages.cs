using Academy.Features.Door;
using Academy.Features.Http;
using Academy.Features.SigningIn;
using Academy.Host.Pages.Frame;
using Academy.Host.SigningIn;

namespace Academy.Host.Setup;

/// <summary>Signing a browser in by a link, and out again.</summary>
internal static class SignInPages
{
    public static void MapSignIn(this WebApplication app)
    {
        app.MapGet("/sign-in/{link}", SignInAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/sign-out", SignOut).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task SignInAsync(string link, HttpContext http, IDoor door, CancellationToken ct)
    {
        var browser = http.Request.Headers.UserAgent.ToString();
        var reply = await door.Send(
            new SignIn(link, browser.Length > 100 ? browser[..100] : browser), Actor.System(TokenText.TenantOf(link) ?? Actor.DefaultTenant), ct);
        if (reply.Value is not { } session)
        {
            await http.WritePageProblem(reply.Refusal!);
            return;
        }

        http.Response.Cookies.Append(TokenAuthentication.Cookie, session.Token, Options(http, session.ExpiresAt));
        http.Response.Headers["Referrer-Policy"] = "no-referrer";
        http.Response.Redirect("/");
    }

    private static IResult SignOut(HttpContext http)
    {
        if (OwnPage.Sent(http.Request))
        {
            http.Response.Cookies.Delete(TokenAuthentication.Cookie);
        }

        return Results.Redirect("/");
    }

    private static CookieOptions Options(HttpContext http, DateTimeOffset expires) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        Expires = expires,
        IsEssential = true,
    };
}
