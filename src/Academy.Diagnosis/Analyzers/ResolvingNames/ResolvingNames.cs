using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;
using Academy.Diagnosis.Network;

namespace Academy.Diagnosis.Analyzers.ResolvingNames;

/// <summary>Names that exist and are not resolved.</summary>
internal sealed class ResolvingNames : IAnalyzer
{
    public Rule Rule { get; } = new("ACD406", "Cluster DNS does not answer", Severity.Error, nameof(ResolvingNames),
    [
        Reasons.ClusterDnsDown, Reasons.WrongDnsPolicy,
    ]);

    public bool WaitsForLogs => true;

    public IEnumerable<Fact> Analyze(Cluster cluster) => Reach.Of(cluster, Rule);
}
