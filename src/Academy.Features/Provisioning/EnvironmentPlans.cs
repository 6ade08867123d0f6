using Academy.Clusters.Classrooms;
using Academy.Curriculum;
using Academy.Domain.Environments;

namespace Academy.Features.Provisioning;

/// <summary>What a lab needs of its environment.</summary>
internal sealed record EnvironmentNeeds(
    IReadOnlyDictionary<string, string> Quota,
    IReadOnlyDictionary<string, string> Default,
    IReadOnlyDictionary<string, string> DefaultRequest,
    bool Isolated,
    IReadOnlyList<string> Crds,
    int Hours);

internal static class EnvironmentPlans
{
    /// <summary>What a lab may not have unless its author says so: what costs money or disk outside of the namespace.</summary>
    private static readonly Dictionary<string, string> Ceiling = new()
    {
        ["services.nodeports"] = "0",
        ["services.loadbalancers"] = "0",
        ["services"] = "20",
        ["configmaps"] = "100",
        ["secrets"] = "100",
        ["persistentvolumeclaims"] = "5",
        ["requests.storage"] = "20Gi",
    };

    public static EnvironmentNeeds NeedsOf(Lab lab) => new(
        new Dictionary<string, string> { ["requests.cpu"] = "2", ["requests.memory"] = "4Gi", ["limits.memory"] = "4Gi", ["pods"] = "20" },
        new Dictionary<string, string> { ["cpu"] = "500m", ["memory"] = "512Mi" },
        new Dictionary<string, string> { ["cpu"] = "50m", ["memory"] = "64Mi" },
        Isolated: true,
        [],
        Hours: 8);

    public static EnvironmentPlan Of(AttemptEnvironment environment, Lab lab, EnvironmentOwner owner, EnvironmentsOptions options)
    {
        var needs = NeedsOf(lab);
        return new(
            owner,
            environment.Id,
            environment.AttemptId,
            environment.Namespace,
            environment.ExpiresAt,
            Ceiling.Where(c => !needs.Quota.ContainsKey(c.Key)).Concat(needs.Quota).ToDictionary(),
            needs.Default,
            needs.DefaultRequest,
            needs.Isolated,
            needs.Crds,
            [.. lab.Start.Select(m => new StartManifest(m.Name, m.Text))],
            [.. options.ProxyNetworks]);
    }
}
