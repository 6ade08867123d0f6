using Academy.Diagnosis;
using BenchmarkDotNet.Attributes;

namespace Academy.Benchmarks;

/// <summary>One diagnosis of one recorded namespace, from memory.</summary>
[MemoryDiagnoser]
public class DiagnosisBenchmarks
{
    private ClusterSnapshot _cluster = null!;

    [Params("image-tag-missing", "cascade-db-secret-missing", "healthy-web-stack")]
    public string Scenario { get; set; } = "";

    [GlobalSetup]
    public void Read() => _cluster = Recordings.Scenario(Scenario);

    [Benchmark]
    public DiagnosisReport Diagnose() => Diagnoser.Diagnose(_cluster);
}
