using System.Text.Json.Nodes;
using Academy.Agent.Guarding;

namespace Academy.Tests.Agent;

public sealed class Redacting_secrets
{
    // Made up for the tests, in the forms that the services use. Joined here so that no scanner takes them for real ones.
    private const string Jwt = "eyJhbGciOiJIUzI1NiJ9" + ".eyJzdWIiOiIxMjM0NTY3ODkwIn0" + ".dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U";

    public static TheoryData<string, string> Secrets => new()
    {
        { $"Authorization: Bearer {Jwt}", Jwt },
        { "Authorization: Bearer abc123def456ghi", "abc123def456ghi" },
        { "authorization: basic dXNlcjpwYXNz", "dXNlcjpwYXNz" },
        { $"token={Jwt}", Jwt },
        { "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA75\nabc+/=\n-----END RSA PRIVATE KEY-----", "MIIEowIBAAKCAQEA75" },
        { "{\"key\":\"-----BEGIN PRIVATE KEY-----\\nMIIEvQIBADANBg\\n-----END PRIVATE KEY-----\\n\"}", "MIIEvQIBADANBg" },
        { "-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIHalf", "MHcCAQEEIHalf" },
        { "key AKIA" + "IOSFODNN7EXAMPLE used", "AKIA" + "IOSFODNN7EXAMPLE" },
        { "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "wJalrXUtnFEMI" },
        { "using AIza" + "SyA1234567890abcdefghijklmnopqrstuv for maps", "SyA1234567890" },
        { "AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;EndpointSuffix=core", "Eby8vdM02xNO" },
        { "https://x.blob.core.windows.net/c?sv=2022&sig=AbCdEf0123456789%2Bxyz%3D", "AbCdEf0123456789" },
        { "postgres://app:s3cret@db:5432/shop", "s3cret" },
        { "amqp://:hunter2@mq/", "hunter2" },
        { "DB_PASSWORD=hunter2", "hunter2" },
        { "password: hunter2", "hunter2" },
        { "\"apiKey\": \"abcdef\"", "abcdef" },
        { "export OPENAI_API_KEY='sk-" + "abcdefghijklmnopqrstuvwx'", "abcdefghijklmnopqrstuvwx" },
        { "clientSecret=verysecret,region=eu", "verysecret" },
        { "--token=abcdef", "abcdef" },
        { "MYSQL_PWD=root1", "root1" },
        { "push with ghp_" + "0123456789abcdefghijABCDEFGHIJ0123", "0123456789abcdefghij" },
        { "hf_" + "abcdefghijklmnopqrstuvwxyzABCDEFGH", "abcdefghijklmnopqrstuvwxyz" },
        { "{\\\"password\\\":\\\"hunter2\\\"}", "hunter2" },
    };

    [Theory, MemberData(nameof(Secrets))]
    public void takes_it_out(string text, string secret)
    {
        var clean = SecretText.Redact(text);

        clean.ShouldNotContain(secret);
        clean.ShouldContain(SecretText.Gone);
    }

    [Theory]
    [InlineData("sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("registry.local/team/web@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")]
    [InlineData("commit 3c3949a5d1e0f5b2c4a6978877665544332211ff")]
    [InlineData("pod web-7d9f8c-x2x4z uid 0d5b5e0a-9a56-4c2c-8d0c-6b5c0e9c2f11")]
    [InlineData("secretName: web-tls-cert")]
    [InlineData("max_tokens=512")]
    [InlineData("automountServiceAccountToken: false")]
    [InlineData("Error: secret \"db-credentials\" not found")]
    [InlineData("couldn't find key password in Secret shop/db")]
    [InlineData("password authentication failed for user \"app\"")]
    [InlineData("Error: invalid token: unexpected end of input")]
    [InlineData("http://web.shop.svc:8080/healthz?x=1")]
    [InlineData("Failed to pull image \"registry.local/web:1.3\": not found")]
    [InlineData("password=$(DB_PASSWORD)")]
    [InlineData("bearer authentication is required")]
    [InlineData("imagePullSecrets: regcred")]
    [InlineData("0/4 nodes are available: 4 Insufficient nvidia.com/gpu.")]
    public void leaves_what_is_no_secret(string text) => SecretText.Redact(text).ShouldBe(text);

    [Fact]
    public void empties_the_values_of_a_Secret_and_keeps_its_keys()
    {
        var secret = JsonNode.Parse("""{"apiVersion":"v1","kind":"Secret","metadata":{"name":"db","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"data\":{\"password\":\"aHVudGVyMg==\"}}"}},"data":{"user":"YXBw"},"stringData":{"pin":"1234"}}""");

        var (_, json) = Redactor.Clean(secret, typeof(JsonNode));

        json.ShouldContain("\"user\":\"[redacted]\"");
        json.ShouldContain("\"pin\":\"[redacted]\"");
        json.ShouldNotContain("aHVudGVyMg");
        json.ShouldNotContain("YXBw");
    }

    [Fact]
    public void empties_variables_and_keys_with_secret_names_wherever_they_stand()
    {
        var pod = JsonNode.Parse("""{"kind":"ConfigMap","data":{"db.password":"x","log.level":"debug"},"env":[{"name":"API_TOKEN","value":"y"},{"name":"MODE","value":"fast"},{"name":"PW","valueFrom":{"secretKeyRef":{"name":"db","key":"password"}}}]}""");

        var (_, json) = Redactor.Clean(pod, typeof(JsonNode));

        json.ShouldBe("""{"kind":"ConfigMap","data":{"db.password":"[redacted]","log.level":"debug"},"env":[{"name":"API_TOKEN","value":"[redacted]"},{"name":"MODE","value":"fast"},{"name":"PW","valueFrom":{"secretKeyRef":{"name":"db","key":"password"}}}]}""");
    }

    [Fact(Timeout = 120_000)]
    public async Task comes_to_an_end_on_hostile_text()
    {
        foreach (var part in new[] { "a", "password", "a://", "-----BEGIN PRIVATE KEY-----", "token: ", "eyJaaaaaa." })
        {
            var text = string.Concat(Enumerable.Repeat(part, 300_000 / part.Length));

            (await Task.Run(() => SecretText.Redact(text), TestContext.Current.CancellationToken)).ShouldNotBeNull();
        }
    }
}
