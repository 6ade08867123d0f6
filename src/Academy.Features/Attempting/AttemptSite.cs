using Academy.Clusters;
using Academy.Curriculum;
using Academy.Features.Connecting;

namespace Academy.Features.Attempting;

/// <summary>What one attempt is checked against: its clusters, its files, and the services that run there.</summary>
/// <param name="recorded">What services answered when the recordings of the lab were made; nobody can ask a recording.</param>
internal sealed class AttemptSite(
    AttemptView attempt, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> artefacts, ClusterAccess clusters, ServiceProbe probe, LabRecordings? recorded) : ILabSite
{
    private const string Main = "";

    private readonly Dictionary<string, Reached> _reached = [];
    private LabSubject? _seen;
    private IReadOnlyList<RecordedAnswer> _answers = [];

    /// <summary>A recording does not change: only where there is a live cluster it makes sense to look again.</summary>
    /// <exception cref="ClusterRefusedException">The main cluster cannot be read, and nothing can be said without it.</exception>
    public async Task<CheckReport> Check(Lab lab, TimeProvider clock, CancellationToken ct)
    {
        var seen = _seen = await Look(ct);
        return _reached.Count > 0
            ? await LiveChecker.CheckAsync(lab, this, clock, ct)
            : LabChecker.Check(lab, seen with { Answers = LabChecker.Questions(lab).ToDictionary(q => q, Recorded) }, ct);
    }

    public async Task<LabSubject> ReadAsync(CancellationToken ct)
    {
        var seen = _seen ?? await Look(ct);
        _seen = null;
        return seen;
    }

    /// <summary>Several are asked at once: what they need was fetched when the clusters were read.</summary>
    public async Task<HttpAnswer> AskAsync(HttpQuestion question, CancellationToken ct)
    {
        if (!_reached.TryGetValue(question.Cluster ?? Main, out var cluster))
        {
            return Recorded(question);
        }

        var answer = await probe.GetAsync(cluster.Connection, cluster.Namespace, question.Service, question.Port, question.Path, ct);
        return new HttpAnswer(answer.Status, answer.Body) { Failure = answer.Failure };
    }

    private HttpAnswer Recorded(HttpQuestion question) =>
        _answers.FirstOrDefault(a => a.Question == question)?.Answer ?? HttpAnswer.None("a recording answers no requests");

    private async Task<LabSubject> Look(CancellationToken ct)
    {
        ClusterSubject? main = null;
        if (attempt.ClusterId is { } id)
        {
            var cluster = await clusters.Read(id, attempt.Namespace, ct);
            main = cluster.Value is { } snapshot ? new ClusterSubject(snapshot, attempt.Namespace) : throw new ClusterRefusedException(cluster.Refusal!);
            await Reach(Main, id, ct);
            _answers = await clusters.ShowsSolution(id, attempt.LabId, ct) ? recorded?.Solution.Answers ?? [] : [];
        }

        // What cannot be read of the other clusters is missing, and the checks that look at it say so.
        var others = new Dictionary<string, ClusterSubject>();
        foreach (var (name, other) in attempt.OtherClusters)
        {
            if ((await clusters.Read(other, attempt.Namespace, ct)).Value is { } snapshot)
            {
                others[name] = new ClusterSubject(snapshot, attempt.Namespace);
                await Reach(name, other, ct);
            }
        }

        return new LabSubject { Main = main, Clusters = others, Artefacts = artefacts };
    }

    private async Task Reach(string name, Guid cluster, CancellationToken ct)
    {
        if (!_reached.ContainsKey(name) && await clusters.Reach(cluster, attempt.Namespace, ct) is { } reached)
        {
            _reached[name] = reached;
        }
    }
}

internal sealed class ClusterRefusedException(Refusal refusal) : Exception(refusal.Message)
{
    public Refusal Refusal => refusal;
}
