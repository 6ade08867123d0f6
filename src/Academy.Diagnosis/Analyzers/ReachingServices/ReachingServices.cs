using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;
using Academy.Diagnosis.Network;

namespace Academy.Diagnosis.Analyzers.ReachingServices;

/// <summary>Addresses that lead nowhere, told by the programs that call them.</summary>
internal sealed class ReachingServices : IAnalyzer
{
    public Rule Rule { get; } = new("ACD402", "Address of a dependency is wrong", Severity.Error, nameof(ReachingServices),
    [
        Reasons.ServiceSelectorMismatch, Reasons.WrongServiceName,
        Reasons.WrongServicePort,
        Reasons.ServiceNotFound,
        Reasons.WrongUpstreamUrl,
        Reasons.ServiceNoReadyEndpoints,
        Reasons.ApplicationPanic,
        Reasons.InitContainerFailed,
        Reasons.JobBackoffLimitExceeded,
        Reasons.TrainingWorkerFailed,
        Reasons.PipelineStepFailed,
    ]);

    public bool WaitsForLogs => true;

    public IEnumerable<Fact> Analyze(Cluster cluster) => Reach.Of(cluster, Rule);
}
