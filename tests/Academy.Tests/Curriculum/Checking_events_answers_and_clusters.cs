using System.Text.Json;
using Academy.Curriculum;
using Academy.Diagnosis;
using Shouldly;
using Xunit;
using static Academy.Tests.Curriculum.One_check;

namespace Academy.Tests.Curriculum;

public sealed class Checking_events_answers_and_clusters
{
    private const string FailedScheduling = "event:\n  object: {kind: Pod, name: trainer-*}\n  reason: FailedScheduling\n  message: nvidia\\.com/gpu";
    private const string Clusters = "clusters: [{id: aws, title: The cluster on AWS}, {id: gcp, title: The cluster on GCP}]";
    private const string Healthz = "points: 2\nhttp: {service: sentiment, port: 80, path: /healthz, contains: '\"label\"'}";

    private static readonly HttpQuestion Question = new("sentiment", "80", "/healthz");

    private static string Event(string pod, string reason, string message, bool modern = false) => modern
        ? $$"""{"apiVersion":"events.k8s.io/v1","kind":"Event","metadata":{"name":"e","namespace":"first-lab"},"regarding":{"kind":"Pod","name":"{{pod}}"},"reason":"{{reason}}","note":"{{message}}"}"""
        : $$"""{"apiVersion":"v1","kind":"Event","metadata":{"name":"e","namespace":"first-lab"},"involvedObject":{"kind":"Pod","name":"{{pod}}"},"reason":"{{reason}}","message":"{{message}}"}""";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void finds_an_event_in_both_forms_of_the_API(bool modern) =>
        Parse(FailedScheduling).Against(Event("trainer-0", "FailedScheduling", "0/3 nodes: 3 Insufficient nvidia.com/gpu", modern)).ShouldSatisfyAllConditions(
            r => r.Passed.ShouldBeTrue(), r => r.Observed.ShouldBe("FailedScheduling \"0/3 nodes: 3 Insufficient nvidia.com/gpu\" was recorded of Pod trainer-*"));

    [Theory]
    [InlineData("trainer-0", "FailedScheduling", "3 Insufficient cpu", "recorded were: FailedScheduling")]
    [InlineData("trainer-0", "Pulled", "nvidia.com/gpu", "no such event FailedScheduling of Pod trainer-* in namespace first-lab; recorded were: Pulled")]
    [InlineData("web-0", "FailedScheduling", "nvidia.com/gpu", "none was recorded of it")]
    public void says_which_events_there_are_instead(string pod, string reason, string message, string observed) =>
        Parse(FailedScheduling).Against(Event(pod, reason, message)).Observed.ShouldEndWith(observed);

    [Fact]
    public void notices_an_event_that_must_not_occur()
    {
        var check = Parse(FailedScheduling + "\n  mustNotOccur: true");
        check.Against().Passed.ShouldBeTrue();
        check.Against(Event("trainer-0", "FailedScheduling", "nvidia.com/gpu")).Outcome.ShouldBe(CheckOutcome.Failed);
    }

    [Fact]
    public void concludes_nothing_from_events_that_could_not_be_read()
    {
        var blind = ClusterSnapshot.Create([], [], DateTimeOffset.UnixEpoch, ["Event"]);
        Parse(FailedScheduling).Against(blind).Outcome.ShouldBe(CheckOutcome.NotCarriedOut);
        Parse(FailedScheduling + "\n  mustNotOccur: true").Against(blind).Passed.ShouldBeFalse();
    }

    [Fact]
    public void holds_an_answer_of_a_service_against_status_and_body()
    {
        var check = Parse(Healthz);
        Asked(check, new HttpAnswer(200, "{\"label\": 1}")).Passed.ShouldBeTrue();
        Asked(check, new HttpAnswer(503, "no endpoints")).Observed.ShouldBe("sentiment:80/healthz answered 503, expected 200");
        Asked(check, new HttpAnswer(200, "ok")).ShouldSatisfyAllConditions(
            r => r.Points.ShouldBe(1), r => r.Observed.ShouldBe("sentiment:80/healthz answered 200, but not what was expected: \"ok\""));
    }

    [Fact]
    public void does_not_count_a_question_that_nobody_could_ask()
    {
        var check = Parse(Healthz);
        check.Against().ShouldSatisfyAllConditions(
            r => r.Outcome.ShouldBe(CheckOutcome.NotCarriedOut), r => r.Passed.ShouldBeFalse(), r => r.Points.ShouldBe(0), r => r.Observed.ShouldContain("takes a live cluster"));
        Asked(check, HttpAnswer.None("the API server does not allow it")).ShouldSatisfyAllConditions(
            r => r.Outcome.ShouldBe(CheckOutcome.NotCarriedOut), r => r.Observed.ShouldContain("the API server does not allow it"));
    }

    [Theory]
    [InlineData("/../secrets")]
    [InlineData("/a//b")]
    [InlineData("/%2e%2e/x")]
    [InlineData("healthz")]
    [InlineData("/a b")]
    [InlineData("/a#b")]
    public void never_asks_for_a_path_that_leaves_the_service(string path) => new HttpQuestion("s", "80", path).Problem.ShouldNotBeNull();

    [Fact]
    public void looks_at_the_cluster_that_the_check_names()
    {
        const string Assert = "assert: {kind: Deployment, metadata: {name: web}}";
        var (web, other) = (Cluster(Object("Deployment", "web", "\"spec\":{}")), Cluster());
        var subject = new LabSubject
        {
            Main = new ClusterSubject(web, Namespace),
            Clusters = new Dictionary<string, ClusterSubject> { ["gcp"] = new(other, Namespace) },
        };
        string[] files = ["labs/first-lab/states/start/gcp/objects.json", "labs/first-lab/states/solution/gcp/objects.json"];
        var onGcp = WithGcp("cluster: gcp\n" + Assert, files);
        onGcp.Against(subject).Outcome.ShouldBe(CheckOutcome.Failed);
        WithGcp("cluster: aws\n" + Assert, files).Against(subject).Passed.ShouldBeTrue();
        WithGcp(Assert, files).Against(subject).Passed.ShouldBeTrue();
        onGcp.Against(web).ShouldSatisfyAllConditions(r => r.Outcome.ShouldBe(CheckOutcome.NotCarriedOut), r => r.Observed.ShouldContain("is not connected"));
    }

    [Fact]
    public void counts_up_to_a_number_and_exactly()
    {
        string[] pods = [.. Enumerable.Range(0, 3).Select(i => $$$"""{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p{{{i}}}","namespace":"first-lab"},"status":{"phase":"Running"}}""")];
        const string Running = "assert: {kind: Pod, status: {phase: Running}}";
        Parse("atMost: 3\n" + Running).Against(pods).Passed.ShouldBeTrue();
        Parse("atMost: 2\n" + Running).Against(pods).Observed.ShouldBe("3 Pods are like this, at most 2 should be: Pod p0, Pod p1, Pod p2");
        Parse("exactly: 3\n" + Running).Against(pods).Passed.ShouldBeTrue();
        Parse("exactly: 4\n" + Running).Against(pods).Observed.ShouldContain("3 of the 4 needed Pods are as expected");
        Parse("exactly: 0\n" + Running).Against().Passed.ShouldBeTrue();
        Parse("exactly: 0\n" + Running).Against(pods).Passed.ShouldBeFalse();
        Parse("atMost: 2\n" + Running).Against().Passed.ShouldBeFalse();
        Parse("atMost: 2\natLeast: 0\n" + Running).Against().Passed.ShouldBeTrue();
    }

    [Fact]
    public void writes_the_outcome_as_a_word() =>
        JsonSerializer.Serialize(Parse(Healthz).Against(), JsonSerializerOptions.Web).ShouldContain("\"outcome\":\"not-carried-out\"");

    private static CheckResult Asked(LabCheck check, HttpAnswer answer) => check.Against(
        LabSubject.Of(Cluster(), Namespace) with { Answers = new Dictionary<HttpQuestion, HttpAnswer> { [Question] = answer } });

    private static LabCheck WithGcp(string yaml, string[] files) => Parse(
        yaml, Clusters, [.. files, "labs/first-lab/solution/gcp/10-app.yaml=apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n"]);
}
