using Academy.Domain;
using Academy.Domain.Clusters;
using static Academy.Tests.Domain.Past;

namespace Academy.Tests.Domain;

public sealed class Keeping_a_cluster
{
    private static readonly Cluster Practice = Of(ClusterKind.Practice);
    private static readonly Cluster Snapshot = Of(ClusterKind.Snapshot);
    private static readonly Cluster Live = Of(ClusterKind.Live);

    [Fact]
    public void a_snapshot_takes_newer_recordings() => Snapshot.Upload("ab12", 40, Later).ShouldRecord(new SnapshotUploaded("ab12", 40, Later));

    [Fact]
    public void other_kinds_take_no_recordings()
    {
        Practice.Upload("ab12", 40, Later).ShouldBeRefused(RefusalKind.Conflict, "cluster.not-a-snapshot");
        Live.Upload("ab12", 40, Later).ShouldBeRefused(RefusalKind.Conflict, "cluster.not-a-snapshot");
    }

    [Fact]
    public void a_practice_cluster_is_repaired_once()
    {
        Practice.Repair(Later).ShouldRecord(new PracticeRepaired(Later));
        Practice.And(new PracticeRepaired(Noon)).Repair(Later).ShouldChangeNothing();
    }

    [Fact]
    public void only_a_practice_cluster_is_repaired_from_here() => Live.Repair(Later).ShouldBeRefused(RefusalKind.Conflict, "cluster.not-practice");

    [Fact]
    public void a_removed_cluster_is_gone_for_everything()
    {
        var gone = Snapshot.And(new ClusterRemoved(Noon));
        gone.Upload("ab12", 40, Later).ShouldBeRefused(RefusalKind.NotFound, "cluster.not-found");
        Practice.And(new ClusterRemoved(Noon)).Repair(Later).ShouldBeRefused(RefusalKind.NotFound, "cluster.not-found");
        gone.Remove(Later).ShouldChangeNothing();
    }

    [Fact]
    public void it_can_be_removed() => Live.Remove(Later).ShouldRecord(new ClusterRemoved(Later));

    private static Cluster Of(ClusterKind kind) =>
        Given<Cluster>(new ClusterRegistered(Thing, Ann, kind, "mine", kind == ClusterKind.Practice ? "no-gpu-left" : null, Noon));
}
