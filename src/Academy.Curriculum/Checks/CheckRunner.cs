using Academy.Curriculum.Artefacts;

namespace Academy.Curriculum.Checks;

/// <summary>Carries out single checks against one subject; what several of them need is made once.</summary>
internal sealed class CheckRunner(Lab lab, LabSubject subject, CancellationToken ct)
{
    private readonly Dictionary<string, ClusterChecks?> _clusters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ArtefactDocument> _artefacts = new(StringComparer.Ordinal);

    public CheckResult Run(LabCheck check)
    {
        ct.ThrowIfCancellationRequested();
        try
        {
            return check switch
            {
                ArtefactCheck artefact => Artefact(artefact),
                HttpCheck http => Http(http),
                _ when Cluster(check.Cluster) is { } cluster => cluster.Run(check),
                _ => Verdict.NotCarriedOut(check, $"{TitleOf(check.Cluster)} is not connected"),
            };
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException or FormatException or OverflowException)
        {
            // JSON that no API server writes (a key given twice, say) surfaces on access.
            return Verdict.NotCarriedOut(check, Wording.Clean(e.Message));
        }
    }

    private CheckResult Artefact(ArtefactCheck check)
    {
        if (!subject.Artefacts.TryGetValue(check.Artefact.Id, out var content))
        {
            return Verdict.Failed(check, $"upload {check.Artefact.Title} ({check.Artefact.File}) first");
        }

        if (!_artefacts.TryGetValue(check.Artefact.Id, out var document))
        {
            document = _artefacts[check.Artefact.Id] = ArtefactReader.Read(check.Artefact, content.Span);
        }

        return ArtefactChecks.Run(check, document, subject.Main?.Namespace ?? lab.Namespace);
    }

    private CheckResult Http(HttpCheck check)
    {
        var question = check.Question;
        if (!subject.Answers.TryGetValue(question, out var answer))
        {
            return Verdict.NotCarriedOut(check, $"nobody asked {question}; that takes a live cluster");
        }

        if (answer.Failure is { } failure)
        {
            return Verdict.NotCarriedOut(check, $"{question}: {Wording.Clean(failure)}");
        }

        if (answer.Status != check.Status)
        {
            return Verdict.Failed(check, $"{question} answered {answer.Status}, expected {check.Status}");
        }

        return check.Contains is null || Lines.First(answer.Body, check.Contains) is not null
            ? Verdict.Passed(check, $"{question} answered {answer.Status}")
            : Verdict.Failed(check, $"{question} answered {answer.Status}, but not what was expected: \"{Wording.Clean(answer.Body)}\"", 0.5);
    }

    private ClusterChecks? Cluster(string? id)
    {
        if (!_clusters.TryGetValue(id ?? "", out var checks))
        {
            var cluster = id is null ? subject.Main : subject.Clusters.GetValueOrDefault(id);
            checks = _clusters[id ?? ""] = cluster is null ? null : new ClusterChecks(cluster, ct);
        }

        return checks;
    }

    private string TitleOf(string? cluster) =>
        lab.Clusters.FirstOrDefault(c => cluster is null || c.Id == cluster)?.Title ?? "a cluster";
}
