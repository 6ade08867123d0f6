using Academy.Diagnosis;

namespace Academy.IntegrationTests.Kubernetes;

public sealed class Diagnosing_a_real_cluster(FaultyCluster cluster) : IClassFixture<FaultyCluster>
{
    public static TheoryData<string> Faults => [.. LiveFault.Names()];

    [Theory, MemberData(nameof(Faults))]
    public async Task names_the_object_that_is_to_be_changed_and_nothing_else(string fault)
    {
        var report = await cluster.ReportAsync(fault);

        var head = LiveFault.Load(fault).Read("any", TimeProvider.System.GetUtcNow());
        FaultyCluster.IsExact(report, FaultyCluster.Reason(head), FaultyCluster.Causes(head)).ShouldBeTrue(ReportText.Write(report));
        report.RootCauses[0].Evidence.ShouldNotBeEmpty();
    }

    [Fact]
    public void knows_at_least_25_faults() => LiveFault.Names().Count.ShouldBeGreaterThanOrEqualTo(25);
}
