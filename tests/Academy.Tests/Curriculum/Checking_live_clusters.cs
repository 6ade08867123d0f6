using System.Net;
using System.Text;
using Academy.Clusters;
using Academy.Curriculum;
using k8s;
using Shouldly;
using Xunit;
using static Academy.Tests.Curriculum.One_check;

namespace Academy.Tests.Curriculum;

public sealed class Checking_live_clusters
{
    private const string Ready = "retry: {times: 3, seconds: 5}\nassert: {kind: Deployment, metadata: {name: web}, status: {readyReplicas: 2}}";

    [Fact]
    public async Task looks_again_until_the_check_passes()
    {
        var site = new Site(look => look < 3 ? 1 : 2);
        var clock = new FastClock();
        (await Check(Ready, site, clock)).Passed.ShouldBeTrue();
        (site.Looks, clock.Waited).ShouldBe((3, TimeSpan.FromSeconds(10)));
    }

    [Fact]
    public async Task gives_up_after_the_number_of_looks_that_the_author_gave()
    {
        var site = new Site(_ => 1);
        (await Check(Ready, site, new FastClock())).Passed.ShouldBeFalse();
        site.Looks.ShouldBe(4);
    }

    [Fact]
    public async Task never_waits_longer_than_a_minute()
    {
        var (site, clock) = (new Site(_ => 1), new FastClock());
        await Check(Ready.Replace("times: 3, seconds: 5", "times: 10, seconds: 25", StringComparison.Ordinal), site, clock);
        clock.Waited.ShouldBe(TimeSpan.FromSeconds(50));
    }

    [Fact]
    public async Task looks_once_where_nothing_else_is_asked_for()
    {
        var site = new Site(_ => 1);
        await Check("assert: {kind: Deployment, metadata: {name: web}, status: {readyReplicas: 2}}", site, new FastClock());
        site.Looks.ShouldBe(1);
    }

    [Fact]
    public async Task asks_services_and_believes_their_answers() =>
        (await Check("http: {service: web, port: http, path: /ready}", new Site(_ => 1), new FastClock())).Steps[0].Checks[0]
            .ShouldSatisfyAllConditions(r => r.Passed.ShouldBeTrue(), r => r.Observed.ShouldBe("web:http/ready answered 200"));

    [Theory]
    [InlineData("/healthz?full=1", 200, "fine", null)]
    [InlineData("/down", 503, "no endpoints available", null)]
    [InlineData("/moved", 302, "", null)]
    [InlineData("/forbidden", 0, "", "they need get on services/proxy")]
    [InlineData("/own-forbidden", 403, "not for you", null)]
    [InlineData("/unknown", 0, "", "does not accept the credentials")]
    [InlineData("/../../../../../../api/v1/secrets", 0, "", "the path leaves the service")]
    public async Task reaches_a_service_through_the_API_server_only(string path, int status, string body, string? failure)
    {
        using var server = new Server();
        var answer = await ServiceProbe.GetAsync(server.Client, "lab", "web", "80", path, TestContext.Current.CancellationToken);
        (answer.Status, answer.Body).ShouldBe((status, body));
        (answer.Failure ?? "").ShouldContain(failure ?? "");
        server.Asked.ShouldAllBe(a => a.StartsWith("GET /api/v1/namespaces/lab/services/web:80/proxy/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task reads_no_more_than_64_KiB_of_an_endless_answer()
    {
        using var server = new Server();
        (await ServiceProbe.GetAsync(server.Client, "lab", "web", "80", "/endless", TestContext.Current.CancellationToken)).Body.Length.ShouldBe(64 * 1024);
    }

    private static Task<CheckReport> Check(string yaml, Site site, TimeProvider clock)
    {
        var lab = new Lab("l", 1, "", "", Namespace, 5, "beginner", [], "", "", "", new HintPolicy(5), [new LabStep("s", "", "", [], [Parse(yaml)], [])], [])
        {
            Recordings = new LabRecordings("", ""),
            ContentHash = "",
        };
        return LiveChecker.CheckAsync(lab, site, clock, TestContext.Current.CancellationToken);
    }

    private sealed class Site(Func<int, int> ready) : ILabSite
    {
        public int Looks { get; private set; }

        public Task<LabSubject> ReadAsync(CancellationToken ct) =>
            Task.FromResult(LabSubject.Of(Cluster(Object("Deployment", "web", $"\"status\":{{\"readyReplicas\":{ready(++Looks)}}}")), Namespace));

        public Task<HttpAnswer> AskAsync(HttpQuestion question, CancellationToken ct) => Task.FromResult(new HttpAnswer(200, "ok"));
    }

    /// <summary>Time passes at once, and is counted.</summary>
    private sealed class FastClock : TimeProvider
    {
        public TimeSpan Waited { get; private set; }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waited += dueTime > TimeSpan.Zero ? dueTime : TimeSpan.Zero;
            return base.CreateTimer(callback, state, TimeSpan.FromMilliseconds(1), period);
        }
    }

    /// <summary>The answers of an API server, below a client as the terminal makes it.</summary>
    private sealed class Server : DelegatingHandler
    {
        public Server() => Client = new Kubernetes(new KubernetesClientConfiguration { Host = "https://cluster.invalid/" }, this);

        public Kubernetes Client { get; }

        public List<string> Asked { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add($"{request.Method} {request.RequestUri!.PathAndQuery}");
            var path = request.RequestUri.PathAndQuery.Split("/proxy")[^1];
            return Task.FromResult(path switch
            {
                "/healthz?full=1" => Answer(200, "fine"),
                "/down" => Answer(503, "no endpoints available"),
                "/moved" => Answer(302, ""),
                "/forbidden" => Answer(403, """{"kind":"Status","apiVersion":"v1","status":"Failure","reason":"Forbidden","code":403}"""),
                "/own-forbidden" => Answer(403, "not for you"),
                "/endless" => Answer(200, new string('x', 1 << 20)),
                _ => Answer(401, ""),
            });
        }

        private static HttpResponseMessage Answer(int status, string body) =>
            new((HttpStatusCode)status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
    }
}
