using System.Text.Json.Nodes;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.SelectingPods;

/// <summary>Services whose selector finds no pod, or whose pods are all unready.</summary>
internal sealed class SelectingPods : IAnalyzer
{
    public Rule Rule { get; } = new("ACD401", "Service has nothing behind it", Severity.Error, nameof(SelectingPods),
        [Reasons.ServiceSelectorMismatch, Reasons.ServiceNoReadyEndpoints, Reasons.LoadbalancerPending]);

    public IEnumerable<Fact> Analyze(Cluster cluster) =>
        cluster.All("Service").SelectMany(service => Explain(cluster, service));

    private static IEnumerable<Fact> Explain(Cluster cluster, KubeObject service)
    {
        var ns = service.Namespace ?? "default";
        var selector = service.Spec.Map("selector");
        if (service.Spec.Text("type") == "LoadBalancer" && Pending(cluster, service) is { } pending)
        {
            yield return pending;
        }

        if (selector.Count == 0 || service.Spec.Text("type") == "ExternalName" || HasAddresses(cluster, service))
        {
            yield break;
        }

        var pods = cluster.PodsWith(ns, selector).Where(pod => !pod.Finished && !pod.Terminating).ToList();
        var workloads = Backing.Workloads(cluster, service).ToList();
        if (pods.Count == 0 && workloads.Count == 0)
        {
            if (Meant(cluster, service, selector) is var (workload, score))
            {
                yield return Mismatch(service, selector, workload, score);
            }
        }
        else if (pods.Count > 0 && pods.All(pod => !pod.Ready) && pods.All(pod => Trouble.Unready(cluster, pod) && Trouble.Age(cluster, pod) > TimeSpan.FromMinutes(2)))
        {
            yield return new Fact(service.Ref, Reasons.ServiceNoReadyEndpoints, 0.5, $"Service {service.Name} selects pods, and none of them is ready.")
            {
                Strength = Strength.Vague,
                Evidence = [Quote.Field(service, "spec.selector", Selectors.Show(selector))],
                Explains = [service.Ref],
                DependsOn = [.. workloads.Select(item => item.Ref)],
                Fix = "Find out why its pods are not ready.",
            };
        }
    }

    /// <summary>The workload whose pods the selector nearly finds.</summary>
    private static (Workload Workload, double Score)? Meant(Cluster cluster, KubeObject service, IReadOnlyDictionary<string, string> selector)
    {
        var best = cluster.WorkloadsIn(service.Namespace)
            .Where(workload => workload.Ref.Kind is not ("Job" or "CronJob") && workload.PodLabels.Count > 0)
            .Select(workload => (workload, Score: Score(service, selector, workload)))
            .OrderByDescending(item => item.Score)
            .ThenBy(item => item.workload.Ref.ToString(), StringComparer.Ordinal)
            .FirstOrDefault();
        return best.workload is null || best.Score < 0.5 ? null : best;
    }

    private static double Score(KubeObject service, IReadOnlyDictionary<string, string> selector, Workload workload)
    {
        var labels = workload.PodLabels;
        var pairs = selector.Select(pair => labels.TryGetValue(pair.Key, out var value)
            ? Likeness.Score(value, pair.Value)
            : labels.Where(label => label.Value == pair.Value).Select(label => 0.9).DefaultIfEmpty(0).Max());
        var named = workload.Ref.Name == service.Name ? 1 : Likeness.Score(workload.Ref.Name, service.Name) * 0.9;
        return Math.Max(pairs.Average(), named);
    }

    private static Fact Mismatch(KubeObject service, IReadOnlyDictionary<string, string> selector, Workload workload, double score)
    {
        var change = new JsonObject();
        foreach (var (key, value) in selector)
        {
            if (workload.PodLabels.TryGetValue(key, out var actual))
            {
                if (actual != value)
                {
                    change[key] = actual;
                }
            }
            else
            {
                change[key] = null;
                foreach (var (other, _) in workload.PodLabels.Where(label => label.Value == value).Take(1))
                {
                    change[other] = value;
                }
            }
        }

        var keep = selector.Any(pair => workload.PodLabels.TryGetValue(pair.Key, out _)) || change.Any(pair => pair.Value is not null);
        return new Fact(service.Ref, Reasons.ServiceSelectorMismatch, score >= 0.7 ? 0.94 : 0.8,
            $"Service {service.Name} selects {Selectors.Show(selector)}, which no pod carries; the pods of {workload.Ref.Kind} {workload.Ref.Name} carry {Selectors.Show(workload.PodLabels)}.")
        {
            Evidence =
            [
                Quote.Field(service, "spec.selector", Selectors.Show(selector)),
                workload.Object is { } item ? Quote.Field(item, string.Join('.', workload.TemplatePath.Append("metadata.labels")), Selectors.Show(workload.PodLabels)) : Quote.Field(workload.Pods[0].Object, "metadata.labels", Selectors.Show(workload.PodLabels)),
            ],
            Explains = [service.Ref],
            Fix = $"Set the selector of Service {service.Name} to labels that the pods of {workload.Ref.Name} carry.",
            Patch = keep ? Patches.At(["spec", "selector"], change) : null,
        };
    }

    private static bool HasAddresses(Cluster cluster, KubeObject service) =>
        cluster.Find("Endpoints", service.Namespace, service.Name)?.Json.Items("subsets").Any(subset => subset.Items("addresses").Count > 0) == true;

    private static Fact? Pending(Cluster cluster, KubeObject service)
    {
        if (service.Status.Items("loadBalancer", "ingress").Count > 0 || service.Created is not { } created || cluster.Now - created < TimeSpan.FromSeconds(60))
        {
            return null;
        }

        var failed = cluster.EventsOf(service.Ref).LastOrDefault(e => e.Warning && (e.Reason.Contains("LoadBalancer", StringComparison.Ordinal) || e.Reason is "AllocationFailed"));
        return new Fact(service.Ref, Reasons.LoadbalancerPending, failed is null ? 0.7 : 0.9, $"Service {service.Name} asks for a load balancer, and nothing has given it an address.")
        {
            Strength = failed is null ? Strength.Likely : Strength.Certain,
            Evidence = [.. failed is null ? (Evidence[])[] : [Quote.Event(failed)], Quote.Field(service, "spec.type", "LoadBalancer"), Quote.Field(service, "status.loadBalancer", service.Status.At("loadBalancer")?.ToJsonString() ?? "{}")],
            Explains = [service.Ref],
            Fix = "Install a load-balancer controller (a cloud provider's, or MetalLB), or use type NodePort or an Ingress.",
        };
    }
}
