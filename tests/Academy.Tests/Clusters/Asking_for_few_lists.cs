using System.Net;
using Academy.Clusters;
using Academy.Diagnosis;
using Shouldly;
using Xunit;

namespace Academy.Tests.Clusters;

public sealed class Asking_for_few_lists
{
    private static readonly string[] BuiltIn =
    [
        ":v1:pods:Pod", ":v1:services:Service", ":v1:events:Event", ":v1:configmaps:ConfigMap", ":v1:secrets:Secret", ":v1:nodes:Node", ":v1:namespaces:Namespace",
        ":v1:endpoints:Endpoints", ":v1:limitranges:LimitRange", ":v1:resourcequotas:ResourceQuota", ":v1:serviceaccounts:ServiceAccount", ":v1:persistentvolumes:PersistentVolume",
        ":v1:persistentvolumeclaims:PersistentVolumeClaim", ":v1:replicationcontrollers:ReplicationController", ":v1:podtemplates:PodTemplate", ":v1:componentstatuses:ComponentStatus",
        "apps:v1:deployments:Deployment", "apps:v1:statefulsets:StatefulSet", "apps:v1:daemonsets:DaemonSet", "apps:v1:replicasets:ReplicaSet", "apps:v1:controllerrevisions:ControllerRevision",
        "batch:v1:jobs:Job", "batch:v1:cronjobs:CronJob", "autoscaling:v2:horizontalpodautoscalers:HorizontalPodAutoscaler", "policy:v1:poddisruptionbudgets:PodDisruptionBudget",
        "networking.k8s.io:v1:ingresses:Ingress", "networking.k8s.io:v1:ingressclasses:IngressClass", "networking.k8s.io:v1:networkpolicies:NetworkPolicy", "discovery.k8s.io:v1:endpointslices:EndpointSlice",
        "storage.k8s.io:v1:storageclasses:StorageClass", "storage.k8s.io:v1:volumeattachments:VolumeAttachment", "scheduling.k8s.io:v1:priorityclasses:PriorityClass",
        "rbac.authorization.k8s.io:v1:roles:Role", "rbac.authorization.k8s.io:v1:rolebindings:RoleBinding", "rbac.authorization.k8s.io:v1:clusterroles:ClusterRole",
        "rbac.authorization.k8s.io:v1:clusterrolebindings:ClusterRoleBinding", "admissionregistration.k8s.io:v1:validatingwebhookconfigurations:ValidatingWebhookConfiguration",
        "admissionregistration.k8s.io:v1:mutatingwebhookconfigurations:MutatingWebhookConfiguration", "apiregistration.k8s.io:v1:apiservices:APIService",
    ];

    [Fact]
    public async Task is_at_most_forty_on_a_server_with_a_hundred_kinds_and_says_which_are_left_out()
    {
        var custom = Enumerable.Range(0, 60).Select(i => $"team{i:00}.example.org:v1:things{i:00}:Thing{i:00}")
            .Concat(["networking.istio.io:v1:virtualservices:VirtualService", "argoproj.io:v1alpha1:applications:Application", "argoproj.io:v1alpha1:appprojects:AppProject"]);
        var server = Serving([.. BuiltIn, .. custom]);

        var snapshot = await Read(server, null);

        var lists = Lists(server);
        lists.Count.ShouldBeLessThanOrEqualTo(40);
        lists.ShouldBeUnique();
        lists.ShouldContain("/api/v1/pods");
        lists.ShouldContain("/apis/rbac.authorization.k8s.io/v1/clusterrolebindings");
        lists.ShouldContain("/apis/networking.istio.io/v1/virtualservices", "a rule reads it");
        lists.ShouldContain("/apis/argoproj.io/v1alpha1/applications", "a rule reads it");
        lists.ShouldNotContain("/apis/discovery.k8s.io/v1/endpointslices", "no rule reads it");
        snapshot.Unreadable.ShouldContain("Thing59");
        snapshot.Unreadable.Count.ShouldBeGreaterThan(40);
    }

    [Fact]
    public async Task never_grows_with_the_number_of_objects()
    {
        var pods = string.Join(',', Enumerable.Range(0, 400).Select(i => Pod($"web-{i}", "web-1", ready: true)));
        var server = Serving(BuiltIn).Json("/api/v1/namespaces/shop/pods", List(pods));

        await Read(server, "shop");

        server.Asked.Count.ShouldBeLessThan(50);
        server.Asked.Count(a => a.Contains("/log?", StringComparison.Ordinal)).ShouldBe(1, "replicas that are well tell the same");
    }

    [Fact]
    public async Task reads_logs_of_suspects_and_of_a_bounded_number_of_neighbours()
    {
        var sick = Enumerable.Range(0, 10).Select(i => Pod($"api-{i}", "api-1", ready: false));
        var well = Enumerable.Range(0, 100).Select(i => Pod($"job{i:000}-0", $"job{i:000}", ready: true));
        var server = Serving(BuiltIn).Json("/api/v1/namespaces/shop/pods", List(string.Join(',', sick.Concat(well))));

        await Read(server, "shop");

        var logs = server.Asked.Where(a => a.Contains("/log?", StringComparison.Ordinal)).Select(a => a.Split('/')[6]).ToList();
        logs.Where(pod => pod.StartsWith("api-", StringComparison.Ordinal)).ShouldBe(["api-0", "api-0", "api-1", "api-1", "api-2", "api-2"], ignoreOrder: true);
        logs.Count(pod => pod.StartsWith("job", StringComparison.Ordinal)).ShouldBe(new ClustersOptions().MaxNeighbourLogs);
    }

    [Fact]
    public async Task hands_the_objects_out_before_it_has_the_logs()
    {
        var logs = new TaskCompletionSource();
        var server = Serving(BuiltIn)
            .Json("/api/v1/namespaces/shop/pods", List(Pod("web-0", "web", ready: false)))
            .Answer("/api/v1/namespaces/shop/pods/web-0/log", async (_, ct) =>
            {
                await logs.Task.WaitAsync(ct);
                return new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("panic: boom\n") };
            });
        ClusterSnapshot? early = null;
        using var client = server.Client();

        var whole = await new ClusterReader(new ClustersOptions(), TimeProvider.System).ReadAsync(client, "shop", objects =>
        {
            early = objects;
            logs.SetResult();
        }, TestContext.Current.CancellationToken);

        early!.Logs.ShouldBeEmpty();
        whole.Logs.ShouldNotBeEmpty();
        early.Objects.Select(o => o.ToJsonString()).ShouldBe(whole.Objects.Select(o => o.ToJsonString()));
        early.TakenAt.ShouldBe(whole.TakenAt);
    }

    private static List<string> Lists(StubApiServer server) =>
        [.. server.Asked.Where(a => a.Contains("limit=", StringComparison.Ordinal) && !a.Contains("/log?", StringComparison.Ordinal)).Select(a => a.Split('?')[0])];

    private static async Task<ClusterSnapshot> Read(StubApiServer server, string? ns)
    {
        using var client = server.Client();
        return await new ClusterReader(new ClustersOptions(), TimeProvider.System).ReadAsync(client, ns, TestContext.Current.CancellationToken);
    }

    // Kinds as group:version:resource:Kind, in the two documents of aggregated discovery.
    private static StubApiServer Serving(IEnumerable<string> kinds)
    {
        var groups = kinds.Select(kind => kind.Split(':')).GroupBy(kind => kind[0]).Select(group =>
        {
            var resources = group.Select(kind => $$"""{"resource":"{{kind[2]}}","responseKind":{"kind":"{{kind[3]}}"},"scope":"{{(kind[2] is "nodes" or "namespaces" or "persistentvolumes" || kind[2].StartsWith("cluster", StringComparison.Ordinal) || kind[2].EndsWith("classes", StringComparison.Ordinal) ? "Cluster" : "Namespaced")}}","verbs":["get","list"]}""");
            return (Name: group.Key, Json: $$"""{"metadata":{"name":"{{group.Key}}"},"versions":[{"version":"{{group.First()[1]}}","resources":[{{string.Join(',', resources)}}]} ] }""");
        }).ToList();
        string Document(bool core) => $$"""{"kind":"APIGroupDiscoveryList","items":[{{string.Join(',', groups.Where(group => group.Name.Length == 0 == core).Select(group => group.Json))}}]}""";
        return new StubApiServer().Json("/api", Document(core: true)).Json("/apis", Document(core: false));
    }

    private static string List(string items) => $$"""{"kind":"List","apiVersion":"v1","metadata":{},"items":[{{items}}]}""";

    private static string Pod(string name, string owner, bool ready) => $$"""
        {"metadata":{"name":"{{name}}","namespace":"shop","ownerReferences":[{"kind":"ReplicaSet","name":"{{owner}}","controller":true}]},
         "status":{"phase":"Running","conditions":[{"type":"Ready","status":"{{(ready ? "True" : "False")}}"}],
          "containerStatuses":[{"name":"app","ready":{{(ready ? "true" : "false")}},"restartCount":{{(ready ? 0 : 4)}},"state":{"running":{} } }] } }
        """;
}
