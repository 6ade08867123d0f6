using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Academy.IntegrationTests.Api;

/// <summary>A token of an OpenID Connect issuer, as a company's single sign-on gives it.</summary>
public sealed class Signing_in_with_an_issuer(PostgresFixture postgres) : IAsyncLifetime
{
    private FakeIssuer _issuer = null!;
    private AcademyServer _academy = null!;

    public async ValueTask InitializeAsync()
    {
        _issuer = await FakeIssuer.Start();
        _academy = await AcademyServer.Start(postgres, new ServerOptions(new Dictionary<string, string?>
        {
            ["Authentication:Jwt:Authority"] = _issuer.Address,
            ["Authentication:Jwt:Audience"] = FakeIssuer.Audience,
        }));
    }

    public async ValueTask DisposeAsync()
    {
        await _academy.DisposeAsync();
        await _issuer.DisposeAsync();
    }

    [Fact]
    public async Task lets_in_who_has_a_good_token_and_nobody_else()
    {
        var me = await Me(_issuer.Token("ann", ["student", "cook", "system"], "acme"));
        me["tenant"]!.GetValue<string>().ShouldBe("acme");
        me["roles"]!.AsArray().Select(r => r!.GetValue<string>()).ShouldBe(["student"], "roles that Academy does not know are worth nothing");
        (await Me(_issuer.Token("ann", ["student"], "acme")))["id"]!.GetValue<string>().ShouldBe(me["id"]!.GetValue<string>(), "one subject is one person");
        (await Me(_issuer.Token("ben", ["student"])))["tenant"]!.GetValue<string>().ShouldBe("default");

        using var student = _academy.WithToken(_issuer.Token("ann", ["student"], "acme"));
        using var may = await student.Send(HttpMethod.Post, "mentorships", new { topic = "x" });
        ((int)may.StatusCode).ShouldBe(200);
        using var mayNot = await student.Send(HttpMethod.Get, "people");
        await mayNot.ShouldBeProblem(403, "role.missing");

        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var refused = new Dictionary<string, string>
        {
            ["of another issuer"] = Bad(t => t.Issuer = "https://other.example"),
            ["for another audience"] = Bad(t => t.Audience = "mail"),
            ["for nobody in particular"] = Bad(t => t.Audience = null),
            ["expired"] = Bad(t => t.Expires = now.AddMinutes(-6)),
            ["not valid yet"] = Bad(t => t.NotBefore = now.AddMinutes(6)),
            ["that never expires"] = Bad(t => t.Expires = null),
            ["signed with a key of the same name"] = Bad(t => t.SigningCredentials = FakeIssuer.Stolen()),
            ["signed with an unknown key"] = Bad(t => t.SigningCredentials = FakeIssuer.Stolen("key-2")),
            ["signed with the public key as a secret"] = Bad(t => t.SigningCredentials = new(new SymmetricSecurityKey(new byte[64]) { KeyId = "key-1" }, SecurityAlgorithms.HmacSha256)),
            ["that is not signed"] = Unsigned(),
            ["with other claims under an old signature"] = Tampered(),
            ["without a subject"] = _issuer.Token("", ["student"]),
            ["that is none"] = "a.b.c",
        };
        foreach (var (what, token) in refused)
        {
            using var client = _academy.WithToken(token);
            using var response = await client.Send(HttpMethod.Get, "me");
            ((int)response.StatusCode).ShouldBe(401, $"a token {what}");
            await response.ShouldBeProblem(401, "sign-in.missing");
        }

        var person = await _academy.Student();
        (await person.Get("me"))["id"]!.GetValue<Guid>().ShouldBe(person.Id, "Academy's own tokens work beside the issuer's");
    }

    private async Task<JsonNode> Me(string token)
    {
        using var client = _academy.WithToken(token);
        using var response = await client.Send(HttpMethod.Get, "me");
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        ((int)response.StatusCode).ShouldBe(200, text);
        return JsonNode.Parse(text)!;
    }

    private string Bad(Action<SecurityTokenDescriptor> change) => _issuer.Token("ann", ["student"], "acme", change);

    private string Unsigned()
    {
        var good = _issuer.Token("ann", ["student"], "acme").Split('.');
        return $"{Base64UrlEncoder.Encode("{\"alg\":\"none\",\"typ\":\"JWT\"}")}.{good[1]}.";
    }

    private string Tampered()
    {
        var good = _issuer.Token("ann", ["student"], "acme").Split('.');
        return $"{good[0]}.{Base64UrlEncoder.Encode(Base64UrlEncoder.Decode(good[1]).Replace("student", "administrator", StringComparison.Ordinal))}.{good[2]}";
    }
}
