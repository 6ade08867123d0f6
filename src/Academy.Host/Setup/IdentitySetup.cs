using Academy.Features.Http;
using Academy.Features.SigningIn;
using Academy.Host.SigningIn;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;

namespace Academy.Host.Setup;

/// <summary>Who may come in: people with a token of Academy's, and people whom a configured issuer signs in.</summary>
internal static class IdentitySetup
{
    private const string Chooser = "by-token";

    public static void AddIdentity(this WebApplicationBuilder builder)
    {
        var jwt = builder.Configuration.GetSection("Authentication:Jwt").Get<JwtSettings>() ?? new JwtSettings();
        var authentication = builder.Services
            .AddAuthentication(Chooser)
            .AddPolicyScheme(Chooser, null, o => o.ForwardDefaultSelector = http => Choose(http, jwt))
            .AddScheme<AuthenticationSchemeOptions, TokenAuthentication>(TokenAuthentication.Name, null);
        if (!string.IsNullOrEmpty(jwt.Authority))
        {
            authentication.AddJwtBearer(o => Configure(o, jwt));
        }

        builder.Services.AddAuthorizationBuilder().SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        builder.Services.AddSingleton<SignInLinks>().AddHostedService(s => s.GetRequiredService<SignInLinks>());
    }

    private static string Choose(HttpContext http, JwtSettings jwt) =>
        !string.IsNullOrEmpty(jwt.Authority) && TokenAuthentication.Bearer(http.Request) is { } bearer && TokenText.TenantOf(bearer) is null
            ? JwtBearerDefaults.AuthenticationScheme
            : TokenAuthentication.Name;

    private static void Configure(JwtBearerOptions options, JwtSettings jwt)
    {
        options.Authority = jwt.Authority;
        options.Audience = jwt.Audience;
        options.MapInboundClaims = false;
        options.RequireHttpsMetadata = !Uri.TryCreate(jwt.Authority, UriKind.Absolute, out var authority) || !authority.IsLoopback;
        options.TokenValidationParameters.RoleClaimType = jwt.RoleClaim;
        options.TokenValidationParameters.ValidateAudience = !string.IsNullOrEmpty(jwt.Audience);
        options.Events = new JwtBearerEvents
        {
            OnTokenValidated = context =>
            {
                if (OidcActors.Make(context.Principal!, jwt) is { } actor)
                {
                    context.HttpContext.SetActor(actor);
                }
                else
                {
                    context.Fail("The token names no subject.");
                }

                return Task.CompletedTask;
            },
            OnChallenge = context =>
            {
                context.HandleResponse();
                return TokenAuthentication.Challenge(context.HttpContext);
            },
        };
    }
}
