using Academy.Clusters;
using Academy.Curriculum;
using Academy.Diagnosis;
using BenchmarkDotNet.Attributes;

namespace Academy.Benchmarks;

/// <summary>All checks of one lab against the recorded worked solution, and loading the whole curriculum.</summary>
[MemoryDiagnoser]
public class LabBenchmarks
{
    private static readonly string Folder = Path.Combine(Recordings.Root, "curriculum");
    private Lab _lab = null!;
    private ClusterSnapshot _solution = null!;

    [GlobalSetup]
    public void Read()
    {
        var catalog = CatalogLoader.Load(Folder).Catalog!;
        _lab = catalog.FindLab("deploy-ai-app")!;
        _solution = SnapshotFolder.Read(Path.Combine(Folder, "labs", _lab.Id, "states", "solution"));
    }

    [Benchmark]
    public CheckReport CheckLab() => LabChecker.Check(_lab, _solution, _lab.Namespace);

    [Benchmark]
    public CatalogResult LoadCurriculum() => CatalogLoader.Load(Folder);
}
