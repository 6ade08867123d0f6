using System.Net;
using Academy.Clusters.Normalising;
using Academy.Diagnosis;

namespace Academy.Clusters.Reading;

/// <summary>Reads the ends of logs. One that cannot be had (its node is away, the container is gone) is left out.</summary>
internal sealed class LogReader(ApiRequests api, ClustersOptions options)
{
    /// <returns>The logs, and whether RBAC forbids them.</returns>
    public async Task<(IReadOnlyList<ContainerLog> Logs, bool Forbidden)> ReadAsync(IEnumerable<LogName> names, CancellationToken ct)
    {
        var answers = await Task.WhenAll(names.Select(n => OneAsync(n, ct)));
        return ([.. answers.Select(a => a.Log).OfType<ContainerLog>()], answers.Any(a => a.Status == HttpStatusCode.Forbidden));
    }

    private async Task<(ContainerLog? Log, HttpStatusCode Status)> OneAsync(LogName name, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(options.LogTimeout);
        var path = $"api/v1/namespaces/{Uri.EscapeDataString(name.Namespace)}/pods/{Uri.EscapeDataString(name.Pod)}/log"
            + $"?container={Uri.EscapeDataString(name.Container)}&tailLines={options.LogTailLines}&limitBytes={options.MaxLogBytes}"
            + (name.Previous ? "&previous=true" : "");
        try
        {
            var (status, text) = await api.GetTextAsync(path, options.MaxLogBytes, limit.Token);
            return (text is { Length: > 0 } ? new ContainerLog(name.Namespace, name.Pod, name.Container, name.Previous, text) : null, status);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return (null, HttpStatusCode.RequestTimeout);
        }
    }
}
