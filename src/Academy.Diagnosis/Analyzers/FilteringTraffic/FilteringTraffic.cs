using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;
using Academy.Diagnosis.Network;

namespace Academy.Diagnosis.Analyzers.FilteringTraffic;

/// <summary>Traffic that a program needs and that the NetworkPolicies, evaluated as the standard says, do not let pass.</summary>
internal sealed class FilteringTraffic : IAnalyzer
{
    public Rule Rule { get; } = new("ACD403", "Network policy refuses needed traffic", Severity.Error, nameof(FilteringTraffic),
    [
        Reasons.NetworkPolicySelectorMismatch,
        Reasons.NetworkPolicyDeniesTraffic,
        Reasons.NetworkPolicyBlocksDns,
    ]);

    public bool WaitsForLogs => true;

    public IEnumerable<Fact> Analyze(Cluster cluster) => Reach.Of(cluster, Rule);
}
