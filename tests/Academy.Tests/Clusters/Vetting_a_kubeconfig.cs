using Academy.Clusters;
using CsCheck;
using Shouldly;
using Xunit;

namespace Academy.Tests.Clusters;

public sealed class Vetting_a_kubeconfig
{
    private static readonly TestCertificates Pem = TestCertificates.Make();

    [Fact]
    public void takes_an_address_with_a_token()
    {
        var vetted = Vet(Kubeconfig());

        vetted.Refusals.ShouldBeEmpty();
        vetted.Connection!.Server.ShouldBe(new Uri("https://k8s.example.org:6443"));
        vetted.Connection.Token.ShouldBe("abc.def");
        vetted.Connection.CertificateAuthority!.ShouldContain("BEGIN CERTIFICATE");
        vetted.Connection.DefaultNamespace.ShouldBe("lab-1");
        vetted.Context.ShouldBe("dev");
    }

    [Fact]
    public void takes_a_client_certificate_with_its_key() =>
        Vet(Kubeconfig(user: $"{{client-certificate-data: {Pem.CertificateData}, client-key-data: {Pem.KeyData}}}"))
            .Connection!.ClientKey!.ShouldContain("PRIVATE KEY");

    [Fact]
    public void takes_json_as_well() =>
        Vet("""{"current-context":"a","contexts":[{"name":"a","context":{"cluster":"c","user":"u"}}],"clusters":[{"name":"c","cluster":{"server":"https://k.example.org"}}],"users":[{"name":"u","user":{"token":"t"}}]}""")
            .Accepted.ShouldBeTrue();

    [Theory]
    [InlineData("{exec: {command: aws}}", "kubeconfig.exec", "users[0].user.exec")]
    [InlineData("{auth-provider: {name: gcp}}", "kubeconfig.auth-provider", "users[0].user.auth-provider")]
    [InlineData("{tokenFile: /etc/passwd}", "kubeconfig.file-path", "users[0].user.tokenFile")]
    [InlineData("{client-certificate: /a, client-key-data: x}", "kubeconfig.file-path", "users[0].user.client-certificate")]
    [InlineData("{client-key: /etc/shadow}", "kubeconfig.file-path", "users[0].user.client-key")]
    [InlineData("{username: admin, password: x}", "kubeconfig.basic-auth", "users[0].user.username")]
    [InlineData("{token: t, as: system:admin}", "kubeconfig.impersonation", "users[0].user.as")]
    [InlineData("{token: \"a\\r\\nX-Evil: 1\"}", "kubeconfig.malformed", "users[0].user.token")]
    [InlineData("{client-certificate-data: AAAA, client-key-data: AAAA}", "kubeconfig.malformed", "users[0].user.client-certificate-data")]
    [InlineData("{}", "kubeconfig.no-credentials", "users[0].user")]
    public void refuses_what_is_wrong_with_the_user(string user, string code, string field) =>
        Vet(Kubeconfig(user: user)).Refusals.ShouldContain(r => r.Code == code && r.Field == field);

    [Theory]
    [InlineData("{server: 'https://k.example.org', certificate-authority: /etc/passwd}", "kubeconfig.file-path", "clusters[0].cluster.certificate-authority")]
    [InlineData("{server: 'https://k.example.org', insecure-skip-tls-verify: true}", "kubeconfig.insecure-skip-tls", "clusters[0].cluster.insecure-skip-tls-verify")]
    [InlineData("{server: 'https://k.example.org', insecure-skip-tls-verify: 'yes'}", "kubeconfig.insecure-skip-tls", "clusters[0].cluster.insecure-skip-tls-verify")]
    [InlineData("{server: 'https://k.example.org', proxy-url: 'http://10.0.0.1'}", "kubeconfig.proxy", "clusters[0].cluster.proxy-url")]
    [InlineData("{server: 'https://k.example.org', certificate-authority-data: bm90IGEgY2VydA==}", "kubeconfig.malformed", "clusters[0].cluster.certificate-authority-data")]
    [InlineData("{server: 'http://k.example.org'}", "kubeconfig.address", "clusters[0].cluster.server")]
    [InlineData("{server: 'file:///etc/passwd'}", "kubeconfig.malformed", "clusters[0].cluster.server")]
    [InlineData("{server: 'https://me:secret@k.example.org'}", "kubeconfig.basic-auth", "clusters[0].cluster.server")]
    [InlineData("{}", "kubeconfig.malformed", "clusters[0].cluster.server")]
    public void refuses_what_is_wrong_with_the_cluster(string cluster, string code, string field) =>
        Vet(Kubeconfig(cluster: cluster)).Refusals.ShouldContain(r => r.Code == code && r.Field == field);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f.0.0.1")]
    [InlineData("0177.0.0.1")]
    [InlineData("0.0.0.0")]
    [InlineData("10.96.0.1")]
    [InlineData("172.31.255.255")]
    [InlineData("192.168.1.1")]
    [InlineData("100.64.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("168.63.129.16")]
    [InlineData("224.0.0.1")]
    [InlineData("[::1]")]
    [InlineData("[::]")]
    [InlineData("[fe80::1]")]
    [InlineData("[fd00:ec2::254]")]
    [InlineData("[fc00::1]")]
    [InlineData("[ff02::1]")]
    [InlineData("[::ffff:10.0.0.1]")]
    [InlineData("[::10.0.0.1]")]
    [InlineData("[64:ff9b::a00:1]")]
    [InlineData("[64:ff9b:1::1]")]
    [InlineData("[2002:a00:1::]")]
    [InlineData("[2001::1]")]
    [InlineData("[2600::5efe:10.0.0.1]")]
    [InlineData("localhost")]
    [InlineData("kubernetes")]
    [InlineData("kubernetes.default")]
    [InlineData("kubernetes.default.svc")]
    [InlineData("KUBERNETES.default.svc.cluster.local.")]
    [InlineData("metadata.google.internal")]
    public void refuses_addresses_that_lead_inside(string host) =>
        Vet(Kubeconfig(cluster: $"{{server: 'https://{host}:6443'}}")).Refusals.Select(r => r.Code).ShouldContain("kubeconfig.address");

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("[2606:4700::1111]")]
    [InlineData("[64:ff9b::808:808]")]
    [InlineData("api.example.org")]
    public void accepts_addresses_on_the_internet(string host) =>
        Vet(Kubeconfig(cluster: $"{{server: 'https://{host}:6443'}}")).Refusals.ShouldBeEmpty();

    [Fact]
    public void accepts_what_the_operator_allowed_and_only_that()
    {
        var options = new ClustersOptions { AllowedNetworks = { "10.0.0.0/8", "::1/128" } };

        KubeconfigVetter.Vet(Kubeconfig(cluster: "{server: 'https://10.1.2.3'}"), null, options).Accepted.ShouldBeTrue();
        KubeconfigVetter.Vet(Kubeconfig(cluster: "{server: 'https://[::ffff:10.1.2.3]'}"), null, options).Accepted.ShouldBeTrue();
        KubeconfigVetter.Vet(Kubeconfig(cluster: "{server: 'https://[::1]'}"), null, options).Accepted.ShouldBeTrue();
        KubeconfigVetter.Vet(Kubeconfig(cluster: "{server: 'https://192.168.1.1'}"), null, options).Accepted.ShouldBeFalse();
    }

    [Fact]
    public void opens_a_metadata_service_to_no_wide_network() =>
        KubeconfigVetter.Vet(Kubeconfig(cluster: "{server: 'https://169.254.169.254'}"), null, new ClustersOptions { AllowedNetworks = { "0.0.0.0/0" } })
            .Refusals.Select(r => r.Code).ShouldBe(["kubeconfig.address"]);

    [Fact]
    public void names_everything_that_is_wrong_at_once() =>
        Vet(Kubeconfig(cluster: "{server: 'https://127.0.0.1', proxy-url: x}", user: "{exec: {command: sh}}"))
            .Refusals.Select(r => r.Code).ShouldBe(["kubeconfig.address", "kubeconfig.proxy", "kubeconfig.exec"], ignoreOrder: true);

    [Fact]
    public void looks_only_at_the_chosen_context() =>
        KubeconfigVetter.Vet(Kubeconfig() + "- {name: other, user: {exec: {command: sh}}}\n", "dev", new ClustersOptions()).Accepted.ShouldBeTrue();

    [Fact]
    public void says_which_contexts_there_are() =>
        KubeconfigVetter.Vet(Kubeconfig(), "prod", new ClustersOptions()).Refusals.ShouldHaveSingleItem().Message.ShouldContain("dev");

    [Theory]
    [InlineData("")]
    [InlineData("just text")]
    [InlineData("- a\n- b")]
    [InlineData("a: 1\na: 2")]
    [InlineData("a: &x [1]\nb: *x")]
    [InlineData("a: !!binary aGk=")]
    [InlineData("a: [1, 2")]
    [InlineData("a: 1\n---\nb: 2")]
    [InlineData("a: b: c")]
    public void refuses_what_is_no_plain_yaml_document(string yaml) =>
        Vet(yaml).Refusals.ShouldHaveSingleItem().Code.ShouldBe("kubeconfig.malformed");

    [Fact]
    public void refuses_an_alias_bomb_without_expanding_it()
    {
        var bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n" + string.Concat(Enumerable.Range(1, 40).Select(i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));

        Vet(bomb).Refusals.ShouldHaveSingleItem().Message.ShouldContain("anchors");
    }

    [Fact]
    public void refuses_wild_nesting() =>
        Vet("a: " + new string('[', 50_000)).Refusals.ShouldHaveSingleItem().Code.ShouldBe("kubeconfig.malformed");

    [Fact]
    public void refuses_an_oversize_text() =>
        Vet(new string('#', 300_000)).Refusals.ShouldHaveSingleItem().Code.ShouldBe("kubeconfig.too-large");

    [Fact]
    public void answers_any_text_with_a_connection_or_with_reasons()
    {
        string[] words = ["current-context", "contexts", "clusters", "users", "user", "cluster", "context", "name", "server", "token", "https://a.example.org", "exec", "dev", "\n", "\n  ", "- ", ": ", "{", "}", "[", "]", "&a", "*a", "!!x", "|", "'", "\"", "0x7f.1", "\u0000"];
        Gen.Int[0, words.Length - 1].Select(i => words[i]).Array[0, 30].Select(string.Concat).Sample(
            text => Vet(text) is { Accepted: true } or { Refusals.Count: > 0 }, iter: 5_000);
    }

    [Fact]
    public void answers_a_kubeconfig_with_any_character_changed()
    {
        var good = Kubeconfig();
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Char).Sample(
            (place, c) => Vet(good[..place] + c + good[(place + 1)..]) is { Accepted: true } or { Refusals.Count: > 0 }, iter: 2_000);
    }

    private static VettedKubeconfig Vet(string yaml) => KubeconfigVetter.Vet(yaml, null, new ClustersOptions());

    private static string Kubeconfig(string? cluster = null, string? user = null) =>
        $"""
        apiVersion: v1
        kind: Config
        current-context: dev
        contexts:
        - name: dev
          context: [CONTEXT]
        clusters:
        - name: c
          cluster: {cluster ?? "{server: 'https://k8s.example.org:6443', certificate-authority-data: " + Pem.CertificateData + "}"}
        users:
        - name: u
          user: {user ?? "{token: abc.def}"}

        """.Replace("[CONTEXT]", "{cluster: c, user: u, namespace: lab-1}", StringComparison.Ordinal);
}
