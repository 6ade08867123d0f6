using System.Buffers;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Logs;

/// <summary>A container that does not do its work, and what its log says about that.</summary>
/// <param name="Grave">It crashes, or its pod is not ready; otherwise it serves and only complains.</param>
internal sealed record Complaint(Pod Pod, Container Container, LogReading? Log, LogSign? Sign, bool Crashes, bool Grave)
{
    public Workload Workload => Pod.Workload;

    /// <summary>The line that matters, as evidence; nothing where there is no log.</summary>
    public IReadOnlyList<Evidence> Quotes => Log is null ? [] : Sign is not null ? [Log.Quote(Sign)] : [.. Log.Lines.Where(line => line.Trim().Length > 0).TakeLast(1).Select(line => Graph.Quote.Log(Pod, Container.Name, Log.Previous, line))];

    /// <summary>An init container that runs on and on without failing: it waits for something.</summary>
    public bool Waits => Grave && !Crashes && Container.Init && Sign is null or { Sign: Logs.Sign.Error };
}

internal sealed class Complaints
{
    private static readonly SearchValues<string> Grumble = SearchValues.Create(
        ["forbidden", "no such host", "not known", "refused", "timeout", "time out", "timed out", "unknownhost", "unknown host", "resolve", "enotfound", "eai_again", "access denied", "unauthorized"],
        StringComparison.OrdinalIgnoreCase);

    private static readonly TimeSpan InitPatience = TimeSpan.FromSeconds(60);

    private Complaints(IReadOnlyList<Complaint> all) => All = all;

    public IReadOnlyList<Complaint> All { get; }

    public static IReadOnlyList<Complaint> Of(Cluster cluster) => cluster.Once(Read).All;

    private static Complaints Read(Cluster cluster)
    {
        var found = new List<Complaint>();
        foreach (var workload in cluster.Workloads)
        {
            // Replicas tell the same: the first few of each container are read.
            var told = new Dictionary<(string, bool), int>();
            foreach (var pod in workload.Pods.Where(pod => !pod.Terminating && pod.Phase != "Succeeded" && !Trouble.Superseded(cluster, pod)))
            {
                foreach (var container in pod.Containers)
                {
                    var crashes = Trouble.Crashes(cluster, pod, container);
                    var grave = crashes || Hangs(cluster, pod, container);
                    var key = (container.Name, grave);
                    if (told.GetValueOrDefault(key) >= 3 || Look(cluster, pod, container, crashes, grave) is not { } complaint)
                    {
                        continue;
                    }

                    told[key] = told.GetValueOrDefault(key) + 1;
                    found.Add(complaint);
                }
            }
        }

        return new Complaints(found);
    }

    private static bool Hangs(Cluster cluster, Pod pod, Container container) => container.Init && !container.Sidecar
        ? container.Running && cluster.Now - container.Status.Time("state", "running", "startedAt") > InitPatience
        : container.Running && !container.Ready && Trouble.Unready(cluster, pod);

    private static Complaint? Look(Cluster cluster, Pod pod, Container container, bool crashes, bool grave)
    {
        if (grave)
        {
            var log = LogReading.Of(cluster, pod, container);
            return new Complaint(pod, container, log, log?.Decisive, crashes, true);
        }

        if (!container.Running || cluster.Log(pod, container.Name, false) is not { } text || !End(text.Text).ContainsAny(Grumble))
        {
            return null;
        }

        var reading = LogReading.Of(cluster, pod, container);
        return reading?.Decisive is { } sign && sign.Number >= reading.Lines.Count - 30 && (sign.OfDependency || sign.Sign is Sign.Forbidden or Sign.Authentication or Sign.Certificate)
            && reading.Signs.Count(other => other.Sign == sign.Sign) >= 2
            ? new Complaint(pod, container, reading, sign, false, false)
            : null;
    }

    private static ReadOnlySpan<char> End(string text) => text.AsSpan(Math.Max(0, text.Length - 6000));
}
