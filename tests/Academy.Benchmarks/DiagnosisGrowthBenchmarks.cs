using System.Diagnostics;
using Academy.Diagnosis;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Academy.Benchmarks;

/// <summary>
/// One diagnosis of a whole generated cluster with thirty planted faults, from objects just parsed. Before it measures it makes sure that
/// the report names these thirty and nothing else.
/// </summary>
[MemoryDiagnoser]
[Config(typeof(InThisProcess))]
public class DiagnosisGrowthBenchmarks
{
    private DiagnosisCluster _cluster = null!;
    private ClusterSnapshot _snapshot = null!;

    [Params(500, 5_000, 50_000)]
    public int Pods { get; set; }

    [GlobalSetup]
    public void Make()
    {
        _cluster = DiagnosisCluster.Of(Pods);
        var found = Diagnoser.Diagnose(_cluster.Snapshot()).RootCauses.Select(c => $"{c.Kind}/{c.Namespace}/{c.Name} {c.Reason}").ToHashSet();
        if (!found.SetEquals(_cluster.Planted))
        {
            throw new InvalidOperationException($"Missed: {string.Join(", ", _cluster.Planted.Except(found))}. Invented: {string.Join(", ", found.Except(_cluster.Planted))}.");
        }
    }

    [IterationSetup]
    public void Parse() => _snapshot = _cluster.Snapshot();

    [Benchmark]
    public DiagnosisReport Diagnose() => Diagnoser.Diagnose(_snapshot);

    /// <summary>What a reader waits for who sees findings while logs are still being read.</summary>
    [Benchmark]
    public RootCause FirstFinding() => Diagnoser.Certain(_snapshot).First();

    [GlobalCleanup]
    public void TellMemory() => Console.WriteLine($"// {Pods} pods, {_snapshot.Objects.Count} objects: {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MiB resident at most");

    // A cluster of 50,000 pods is long in the making; a program of its own for each size would add minutes of building.
    private sealed class InThisProcess : ManualConfig
    {
        public InThisProcess()
        {
            AddJob(Job.Default.WithStrategy(RunStrategy.Monitoring).WithWarmupCount(1).WithIterationCount(6).WithInvocationCount(1).WithUnrollFactor(1).WithToolchain(InProcessEmitToolchain.Instance));
            AddColumn(StatisticColumn.Median, StatisticColumn.P95);
        }
    }
}
