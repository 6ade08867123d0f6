using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers;

/// <summary>One rule: an indexed cluster in, facts with quoted evidence out. It never asks the wall clock, never throws on odd input.</summary>
internal interface IAnalyzer
{
    Rule Rule { get; }

    /// <summary>True where a log that is not read yet could take a finding back; false where logs only add findings or evidence.</summary>
    bool WaitsForLogs => false;

    /// <summary>True where a finding rests on a pod, its own namespace and cluster-wide objects alone: it can be told of a part of the cluster.</summary>
    bool StaysInNamespace => false;

    IEnumerable<Fact> Analyze(Cluster cluster);
}
