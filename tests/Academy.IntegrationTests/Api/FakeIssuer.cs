using System.Security.Claims;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Academy.IntegrationTests.Api;

/// <summary>An issuer of OpenID Connect on the loopback address: its description, its keys, and tokens signed with them.</summary>
internal sealed class FakeIssuer : IAsyncDisposable
{
    public const string Audience = "academy-api";
    private readonly WebApplication _app;
    private readonly RsaSecurityKey _key = NewKey("key-1");

    private FakeIssuer(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public static async Task<FakeIssuer> Start()
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRoutingCore();
        builder.Logging.ClearProviders();
        var issuer = new FakeIssuer(builder.Build());
        issuer._app.MapGet("/.well-known/openid-configuration", http => http.Response.WriteAsJsonAsync(new
        {
            issuer = issuer.Address,
            jwks_uri = issuer.Address + "/keys",
            id_token_signing_alg_values_supported = new[] { "RS256" },
        }));
        issuer._app.MapGet("/keys", http => http.Response.WriteAsJsonAsync(new { keys = new[] { issuer.PublicKey() } }));
        await issuer._app.StartAsync();
        return issuer;
    }

    /// <param name="change">What is wrong with the token, if anything.</param>
    public string Token(string subject, string[] roles, string? tenant = null, Action<SecurityTokenDescriptor>? change = null)
    {
        var claims = new List<Claim> { new("sub", subject) };
        claims.AddRange(roles.Select(r => new Claim("roles", r)));
        if (tenant is not null)
        {
            claims.Add(new Claim("tenant", tenant));
        }

        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var descriptor = new SecurityTokenDescriptor
        {
            Issuer = Address,
            Audience = Audience,
            Subject = new ClaimsIdentity(claims),
            NotBefore = now.AddMinutes(-20),
            Expires = now.AddMinutes(10),
            SigningCredentials = new SigningCredentials(_key, SecurityAlgorithms.RsaSha256),
        };
        change?.Invoke(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }

    /// <summary>A key that the issuer does not publish.</summary>
    public static SigningCredentials Stolen(string id = "key-1") => new(NewKey(id), SecurityAlgorithms.RsaSha256);

    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private static RsaSecurityKey NewKey(string id) => new(RSA.Create(2048)) { KeyId = id };

    private object PublicKey()
    {
        var rsa = _key.Rsa.ExportParameters(false);
        return new { kty = "RSA", use = "sig", alg = "RS256", kid = _key.KeyId, n = Base64UrlEncoder.Encode(rsa.Modulus), e = Base64UrlEncoder.Encode(rsa.Exponent) };
    }
}
