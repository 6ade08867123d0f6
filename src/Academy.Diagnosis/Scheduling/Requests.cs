using System.Text.Json.Nodes;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Scheduling;

/// <summary>What a pod asks of a node, summed as the scheduler sums it.</summary>
internal static class Requests
{
    public static IReadOnlyDictionary<string, decimal> Of(JsonNode? podSpec)
    {
        var sum = new SortedDictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var container in podSpec.Items("containers").Concat(podSpec.Items("initContainers").Where(init => init.Text("restartPolicy") == "Always")))
        {
            foreach (var (resource, amount) in OfContainer(container))
            {
                sum[resource] = sum.GetValueOrDefault(resource) + amount;
            }
        }

        foreach (var init in podSpec.Items("initContainers").Where(init => init.Text("restartPolicy") != "Always"))
        {
            foreach (var (resource, amount) in OfContainer(init))
            {
                sum[resource] = Math.Max(sum.GetValueOrDefault(resource), amount);
            }
        }

        foreach (var (resource, text) in podSpec.Map("overhead"))
        {
            sum[resource] = sum.GetValueOrDefault(resource) + (Quantity.Parse(text) ?? 0);
        }

        return sum;
    }

    public static bool Extended(string resource) =>
        resource.Contains('/', StringComparison.Ordinal) && !resource.StartsWith("kubernetes.io/", StringComparison.Ordinal);

    /// <summary>Whether a resource is a GPU or a slice of one, by its name.</summary>
    public static bool Accelerator(string resource) =>
        Extended(resource) && ((string[])["gpu", "mig-", "nvidia", "tpu", "npu", "gaudi", "neuron", "amd.com", "cuda"]).Any(word => resource.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static IEnumerable<(string Resource, decimal Amount)> OfContainer(JsonObject container)
    {
        var requests = container.Map("resources", "requests");
        foreach (var (resource, text) in requests)
        {
            yield return (resource, Quantity.Parse(text) ?? 0);
        }

        foreach (var (resource, text) in container.Map("resources", "limits"))
        {
            if (!requests.ContainsKey(resource))
            {
                yield return (resource, Quantity.Parse(text) ?? 0);
            }
        }
    }
}
