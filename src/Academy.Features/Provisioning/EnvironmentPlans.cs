using Academy.Clusters.Classrooms;
using Academy.Curriculum;
using Academy.Domain.Environments;

namespace Academy.Features.Provisioning;

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

    public static EnvironmentPlan Of(AttemptEnvironment environment, Lab lab, EnvironmentOwner owner, EnvironmentsOptions options)
    {
        var needs = lab.Environment;
        return new(
            owner,
            environment.Id,
            environment.AttemptId,
            environment.Namespace,
            environment.ExpiresAt,
            Ceiling.Where(c => !needs.Quota.ContainsKey(c.Key)).Concat(needs.Quota).ToDictionary(),
            needs.Default,
            needs.DefaultRequest,
            needs.Network == LabEnvironment.Isolated,
            needs.Crds,
            [.. lab.Start.Select(m => new StartManifest(m.Name, m.Text))],
            [.. options.ProxyNetworks])
        {
            Solution = [.. lab.Solution.Select(m => new StartManifest(m.Name, m.Text))],
        };
    }
}
