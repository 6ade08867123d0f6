using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Academy.Clusters;
using Academy.Diagnosis;
using k8s;
using Client = k8s.Kubernetes;

namespace Academy.IntegrationTests.Kubernetes;

/// <summary>Makes every fault of Faults/ in a namespace of its own, several at once, beginning with the first that is asked for.</summary>
public sealed class FaultyCluster(KubernetesFixture kubernetes) : IDisposable
{
    private const int AtOnce = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly ConcurrentDictionary<string, Lazy<Task<DiagnosisReport>>> _reports = new();
    private readonly SemaphoreSlim _room = new(AtOnce);
    private readonly Lazy<Task<(TestCluster, Client)>> _ready = new(() => PrepareAsync(kubernetes));

    /// <summary>What the live diagnosis says once it has come to the truth, else what it says in the end.</summary>
    public Task<DiagnosisReport> ReportAsync(string fault)
    {
        foreach (var name in LiveFault.Names().Prepend(fault))
        {
            _ = Started(name);
        }

        return Started(fault);
    }

    public static bool IsExact(DiagnosisReport report, string reason, IReadOnlyList<string> causes) =>
        report.RootCauses is [var only] && only.Reason == reason && causes.Contains($"{only.Kind}/{only.Name}");

    public void Dispose()
    {
        _room.Dispose();
        if (_ready is { IsValueCreated: true, Value.IsCompletedSuccessfully: true })
        {
            _ready.Value.Result.Item2.Dispose();
        }
    }

    private Task<DiagnosisReport> Started(string fault) => _reports.GetOrAdd(fault, name => new(() => Task.Run(() => MakeAsync(LiveFault.Load(name))))).Value;

    private static async Task<(TestCluster, Client)> PrepareAsync(KubernetesFixture kubernetes)
    {
        var cluster = await kubernetes.ClusterAsync();
        await kubernetes.EnsureNodeAsync();
        await kubernetes.AddFakeNodeAsync(CancellationToken.None, "--cpu", "4", "--label", "academy.test/pool=faults");
        await kubernetes.AddFakeNodeAsync(CancellationToken.None, "--label", "academy.test/pool=tainted", "--taint", "team=vision:NoSchedule");
        return (cluster, new Client(await KubernetesClientConfiguration.BuildConfigFromConfigFileAsync(new FileInfo(cluster.KubeconfigPath))));
    }

    private async Task<DiagnosisReport> MakeAsync(LiveFault fault)
    {
        await _room.WaitAsync();
        try
        {
            var (cluster, client) = await _ready.Value;
            using var limit = new CancellationTokenSource(Patience);
            var ns = await kubernetes.CreateNamespaceAsync("fault", limit.Token);
            var head = fault.Read(ns.Name, TimeProvider.System.GetUtcNow());
            await AccountAsync(client, ns.Name, limit.Token);
            await ns.ApplyAsync(fault.Manifests, limit.Token);
            foreach (var (pods, said) in head["kubelet"]?.AsObject() ?? [])
            {
                await FakeKubelet.ReportAsync(client, ns.Name, pods, said!, TimeProvider.System.GetUtcNow(), limit.Token);
            }

            return await SettledAsync(cluster, client, ns.Name, report => IsExact(report, Reason(head), Causes(head)), limit.Token);
        }
        finally
        {
            _room.Release();
        }
    }

    public static string Reason(JsonNode head) => head["reason"]!.GetValue<string>();

    public static IReadOnlyList<string> Causes(JsonNode head) => [.. head["cause"]!.AsArray().Select(c => c!.GetValue<string>())];

    // Pods are refused without their namespace's account, which comes a moment after the namespace.
    private static async Task AccountAsync(Client client, string ns, CancellationToken ct)
    {
        while (!(await client.CoreV1.ListNamespacedServiceAccountAsync(ns, cancellationToken: ct)).Items.Any(a => a.Metadata.Name == "default"))
        {
            await Task.Delay(100, ct);
        }
    }

    // Controllers and the scheduler take their seconds; what is right twice in a row has settled.
    private static async Task<DiagnosisReport> SettledAsync(TestCluster cluster, Client client, string ns, Func<DiagnosisReport, bool> right, CancellationToken ct)
    {
        var reader = new ClusterReader(cluster.Options(), TimeProvider.System);
        for (var times = 0; ;)
        {
            var report = Diagnoser.Diagnose(await reader.ReadAsync(client, ns, CancellationToken.None), ns, CancellationToken.None);
            times = right(report) ? times + 1 : 0;
            if (times == 2 || ct.IsCancellationRequested)
            {
                return report;
            }

            await Task.Delay(500, CancellationToken.None);
        }
    }
}
