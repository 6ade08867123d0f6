using System.Security.Claims;
using Academy.Domain;
using Academy.Features.Door;
using Academy.Features.Storing;

namespace Academy.Host.SigningIn;

/// <summary>The section <c>Authentication:Jwt</c>: an issuer of OpenID Connect whose access tokens are taken.</summary>
public sealed class JwtSettings
{
    /// <summary>Its address; its keys are fetched from there.</summary>
    public string? Authority { get; set; }

    /// <summary>What the tokens must be meant for.</summary>
    public string? Audience { get; set; }

    /// <summary>The claim that names the roles.</summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>The claim that names the organisation.</summary>
    public string TenantClaim { get; set; } = "tenant";
}

/// <summary>Who a person is whom another issuer signs in. The same subject of the same issuer is always the same person.</summary>
internal static class OidcActors
{
    public static Actor? Make(ClaimsPrincipal principal, JwtSettings settings)
    {
        var (issuer, subject) = (principal.FindFirstValue("iss"), principal.FindFirstValue("sub"));
        if (string.IsNullOrEmpty(issuer) || string.IsNullOrEmpty(subject))
        {
            return null;
        }

        var tenant = principal.FindFirstValue(settings.TenantClaim) is { Length: > 0 } named ? named : Actor.DefaultTenant;
        var roles = principal.FindAll(settings.RoleClaim).Select(c => c.Value).Where(Roles.All.Contains).ToHashSet();
        return new Actor(tenant, Ids.From("oidc", issuer, subject), roles);
    }
}
