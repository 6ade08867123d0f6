using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Graph;

/// <summary>Who stands behind Services and Ingresses.</summary>
internal static class Backing
{
    /// <summary>Workloads whose pods the Service selects, those without a running pod included.</summary>
    public static IEnumerable<Workload> Workloads(Cluster cluster, KubeObject service)
    {
        var selector = service.Spec.Map("selector");
        var ns = service.Namespace ?? "default";
        return cluster.WorkloadsWith(ns, selector).Concat(cluster.PodsWith(ns, selector).Select(pod => pod.Workload)).Distinct();
    }

    /// <summary>Services an Ingress sends to, of both the old and the new API version.</summary>
    public static IEnumerable<string> ServiceNames(KubeObject ingress) =>
        Backends(ingress).Select(backend => backend.Service).Where(name => name.Length > 0).Distinct();

    public static IEnumerable<(string Service, string? Port, string Path)> Backends(KubeObject ingress)
    {
        var named = ingress.Spec.Items("rules").SelectMany((rule, i) => rule.Items("http", "paths").Select((path, j) => (Node: path.At("backend"), Path: $"spec.rules[{i}].http.paths[{j}].backend")));
        var all = named.Prepend((ingress.Spec.At("defaultBackend") ?? ingress.Spec.At("backend"), ingress.Spec.Has("defaultBackend") ? "spec.defaultBackend" : "spec.backend"));
        foreach (var (backend, path) in all)
        {
            if (backend.Text("service", "name") is { } name)
            {
                yield return (name, backend.Text("service", "port", "number") ?? backend.Text("service", "port", "name"), path + ".service");
            }
            else if (backend.Text("serviceName") is { } old)
            {
                yield return (old, backend.Text("servicePort"), path);
            }
        }
    }
}
