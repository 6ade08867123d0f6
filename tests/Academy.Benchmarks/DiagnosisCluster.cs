using System.Globalization;
using System.Text.Json.Nodes;
using Academy.Diagnosis;
using static Academy.Benchmarks.DiagnosisTemplates;

namespace Academy.Benchmarks;

/// <summary>
/// A cluster made to a size: for every 10 pods a Deployment with its Service and ConfigMap, which calls another; for every 50 a node; for
/// every pod four events. Thirty Deployments, spread evenly, have a fault of ten kinds.
/// </summary>
internal sealed class DiagnosisCluster
{
    private const int PodsEach = 10;
    private const int Faults = 30;
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 10, 0, 0, TimeSpan.Zero);

    private readonly List<string> _objects = [StorageClass];
    private readonly HashSet<string> _planted = [];
    private readonly int _nodes;

    private DiagnosisCluster(int pods)
    {
        _nodes = Math.Max(2, pods / 50);
        _objects.AddRange(Enumerable.Range(0, _nodes).Select(node => Fill(Node, ("NAME", $"node-{node}"))));
        var apps = pods / PodsEach;
        var faulty = Enumerable.Range(0, Faults).ToDictionary(fault => fault * apps / Faults, fault => DiagnosisFault.All[fault % DiagnosisFault.All.Count]);
        for (var app = 0; app < apps; app++)
        {
            Add(app, faulty.GetValueOrDefault(app, DiagnosisFault.None));
        }
    }

    /// <summary>Kind/namespace/name and the reason of every planted fault.</summary>
    public IReadOnlySet<string> Planted => _planted;

    public static DiagnosisCluster Of(int pods) => new(pods);

    /// <summary>The objects, parsed anew: a diagnosis that has read them before would have it easier.</summary>
    public ClusterSnapshot Snapshot() => ClusterSnapshot.Create(_objects.Select(json => JsonNode.Parse(json)!.AsObject()), [], Now);

    private void Add(int app, DiagnosisFault fault)
    {
        var next = app % 10 == 9 ? app - 9 : app + 1;
        string Filled(string template) => Fill(
            template,
            ("PODSPEC", PodSpec), ("CONFIG", fault.Config), ("ENV", fault.Env), ("CONTAINER", fault.Container), ("SPEC", fault.Spec), ("SELECTED", fault.Selected), ("PORT", fault.Port),
            ("COUNT", fault.IsReady ? "10" : "0"), ("STATUS", fault.IsPlaced ? Placed : Unplaced), ("PHASE", fault.IsReady || fault.Restarts > 0 ? "Running" : "Pending"),
            ("READYWORD", fault.IsReady ? "True" : "False"), ("READY", fault.IsReady ? "true" : "false"), ("RESTARTS", fault.Restarts.ToString(CultureInfo.InvariantCulture)),
            ("STATE", fault.State), ("LAST", fault.Last), ("NEXT", $"app-{next}"), ("APP", $"app-{app}"), ("NS", $"team-{app / 10}"));

        _objects.AddRange(new[] { Deployment, ReplicaSet, ConfigMap, Service, fault.Also }.OfType<string>().Select(Filled));
        if (fault != DiagnosisFault.None)
        {
            _planted.Add(Filled(fault.Truth));
        }

        var (pod, happened) = (Filled(Pod), Filled(Event));
        for (var i = 0; i < PodsEach; i++)
        {
            Run(pod, happened, $"app-{app}-5d8f-{i}", $"node-{((app * PodsEach) + i) % _nodes}", fault);
        }
    }

    private void Run(string pod, string happened, string name, string node, DiagnosisFault fault)
    {
        var placed = JsonNode.Parse(Fill(pod, ("POD", name)))!;
        if (fault.IsPlaced)
        {
            placed["spec"]!["nodeName"] = node;
        }

        _objects.Add(placed.ToJsonString());
        foreach (var (reason, message) in new[] { ("Scheduled", $"Successfully assigned {name} to {node}"), ("Pulled", "Successfully pulled image"), ("Created", "Created container app"), fault.Happened })
        {
            _objects.Add(Fill(happened, ("POD", name), ("REASON", reason), ("MESSAGE", message), ("TYPE", reason == "Failed" ? "Warning" : "Normal")));
        }
    }
}
