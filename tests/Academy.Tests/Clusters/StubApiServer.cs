using System.Net;
using System.Text;
using k8s;
using Shouldly;

namespace Academy.Tests.Clusters;

/// <summary>
/// Answers in place of an API server, under the real client. What a test does not set is answered as Kubernetes 1.20 with nothing in
/// it would: discovery group by group, empty lists.
/// </summary>
internal sealed class StubApiServer : DelegatingHandler
{
    private readonly Dictionary<string, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>>> _answers = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    public List<string> Asked { get; } = [];

    public static StubApiServer Old() => new StubApiServer()
        .Json("/api", """{"kind":"APIVersions","versions":["v1"]}""")
        .Json("/api/v1", Resources("pods:Pod", "events:Event", "secrets:Secret", "nodes:Node:cluster", "namespaces:Namespace:cluster", "pods/log:Pod"))
        .Json("/apis", """
            {"kind":"APIGroupList","groups":[
             {"name":"batch","preferredVersion":{"version":"v1"},"versions":[{"version":"v1"},{"version":"v1beta1"}]},
             {"name":"autoscaling","preferredVersion":{"version":"v1"},"versions":[{"version":"v1"},{"version":"v2beta1"},{"version":"v2beta2"}]},
             {"name":"events.k8s.io","preferredVersion":{"version":"v1"},"versions":[{"version":"v1"}]},
             {"name":"kubeflow.org","preferredVersion":{"version":"v1"},"versions":[{"version":"v1"},{"version":"v1beta1"}]}]}
            """)
        .Json("/apis/batch/v1", Resources("jobs:Job"))
        .Json("/apis/batch/v1beta1", Resources("cronjobs:CronJob"))
        .Json("/apis/autoscaling/v1", Resources("horizontalpodautoscalers:HorizontalPodAutoscaler"))
        .Json("/apis/autoscaling/v2beta1", Resources("horizontalpodautoscalers:HorizontalPodAutoscaler"))
        .Json("/apis/autoscaling/v2beta2", Resources("horizontalpodautoscalers:HorizontalPodAutoscaler"))
        .Json("/apis/kubeflow.org/v1", Resources("pytorchjobs:PyTorchJob"));

    public StubApiServer Json(string path, string json) => Answer(path, HttpStatusCode.OK, json);

    public StubApiServer Answer(string path, HttpStatusCode status, string body = "{}", string type = "application/json") =>
        Answer(path, (_, _) => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, type) }));

    public StubApiServer Answer(string path, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _answers[path] = answer;
        return this;
    }

    public Kubernetes Client() => new(new KubernetesClientConfiguration { Host = "http://stub.example.org", AccessToken = "secret-token" }, this);

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var uri = request.RequestUri!;
        lock (_lock)
        {
            Asked.Add(uri.PathAndQuery);
        }

        request.Method.ShouldBe(HttpMethod.Get);
        request.Headers.Authorization!.Parameter.ShouldBe("secret-token");
        return _answers.TryGetValue(uri.PathAndQuery, out var answer) || _answers.TryGetValue(uri.AbsolutePath, out answer)
            ? answer(request, cancellationToken)
            : Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)
            {
                Content = new StringContent("""{"kind":"List","apiVersion":"v1","metadata":{},"items":[]}""", Encoding.UTF8, "application/json"),
            });
    }

    private static string Resources(params ReadOnlySpan<string> resources)
    {
        var items = new List<string>();
        foreach (var resource in resources)
        {
            var parts = resource.Split(':');
            items.Add($$"""{"name":"{{parts[0]}}","kind":"{{parts[1]}}","namespaced":{{(parts.Length == 2 ? "true" : "false")}},"verbs":["get","list"]}""");
        }

        return $$"""{"kind":"APIResourceList","resources":[{{string.Join(',', items)}}]}""";
    }
}
