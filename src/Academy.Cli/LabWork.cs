using System.CommandLine;
using Academy.Clusters;
using Academy.Curriculum;
using Academy.Curriculum.Gating;
using k8s;

namespace Academy.Cli;

/// <summary>The arguments that say what a lab is checked against: clusters, live or recorded, and a folder with the files that are handed in.</summary>
internal sealed class LabWork
{
    private readonly ClusterInput _input = new();

    private readonly Option<string?> _artefacts = new("--artefacts") { Description = "The folder with the files that you hand in", HelpName = "DIR" };

    private readonly Option<string[]> _clusters = new("--cluster")
    {
        Description = "A further cluster of the lab: a context of your kubeconfig, or a folder or file with its recording",
        HelpName = "ID=CTX|SOURCE",
        AllowMultipleArgumentsPerToken = false,
    };

    public void AddTo(Command command)
    {
        _input.AddTo(command);
        command.Options.Add(_artefacts);
        command.Options.Add(_clusters);
    }

    /// <param name="orStart">Without a cluster: what was recorded of the lab's start.</param>
    public async Task<CheckReport> CheckAsync(Lab lab, ParseResult parsed, Terminal terminal, bool orStart, CancellationToken ct)
    {
        var site = new Site(this, lab, parsed, terminal, orStart);
        if (_input.IsLive(parsed))
        {
            return await LiveChecker.CheckAsync(lab, site, TimeProvider.System, ct);
        }

        var subject = await site.ReadAsync(ct);
        return LabChecker.Check(lab, orStart && parsed.GetValue(_input.Source) is null ? subject with { Answers = Start(lab).Answers } : subject, ct);
    }

    private static LabSubject Start(Lab lab) => QualityGate.Subject(lab, lab.Recordings.Start, f => SnapshotFolder.Read(f));

    private sealed class Site(LabWork work, Lab lab, ParseResult parsed, Terminal terminal, bool orStart) : ILabSite
    {
        private string _namespace = lab.Namespace;

        public async Task<LabSubject> ReadAsync(CancellationToken ct)
        {
            var start = orStart && parsed.GetValue(work._input.Source) is null && !work._input.IsLive(parsed) ? Start(lab) : null;
            return new LabSubject
            {
                Main = start is not null ? start.Main : lab.NeedsCluster ? await MainAsync(ct) : null,
                Clusters = await FurtherAsync(start, ct),
                Artefacts = Artefacts() ?? start?.Artefacts ?? new Dictionary<string, ReadOnlyMemory<byte>>(),
            };
        }

        public async Task<HttpAnswer> AskAsync(HttpQuestion question, CancellationToken ct)
        {
            if (question.Cluster is not null)
            {
                return HttpAnswer.None("only services of the main cluster are asked from here");
            }

            using var client = new Kubernetes(work._input.Configuration(parsed));
            var answer = await ServiceProbe.GetAsync(client, _namespace, question.Service, question.Port, question.Path, ct);
            return new HttpAnswer(answer.Status, answer.Body) { Failure = answer.Failure };
        }

        private async Task<ClusterSubject> MainAsync(CancellationToken ct)
        {
            var (cluster, ns) = await work._input.ReadAsync(parsed, terminal, ct);
            _namespace = ns ?? lab.Namespace;
            return new ClusterSubject(cluster, _namespace);
        }

        private async Task<IReadOnlyDictionary<string, ClusterSubject>> FurtherAsync(LabSubject? start, CancellationToken ct)
        {
            var clusters = new Dictionary<string, ClusterSubject>(start?.Clusters ?? new Dictionary<string, ClusterSubject>());
            foreach (var given in parsed.GetValue(work._clusters) ?? [])
            {
                if (given.Split('=', 2) is not [var id, var where] || lab.Clusters.Skip(1).All(c => c.Id != id))
                {
                    throw new CliException($"'{given}' does not name a further cluster of {lab.Id}; there are: {string.Join(", ", lab.Clusters.Skip(1).Select(c => c.Id))}");
                }

                clusters[id] = new ClusterSubject(await work._input.ReadAsync(where, lab.Namespace, parsed, terminal, ct), lab.Namespace);
            }

            return clusters;
        }

        private Dictionary<string, ReadOnlyMemory<byte>>? Artefacts()
        {
            if (parsed.GetValue(work._artefacts) is not { } folder)
            {
                return null;
            }

            if (!Directory.Exists(folder))
            {
                throw new CliException($"there is no folder '{folder}'.");
            }

            return lab.Artefacts.Where(a => File.Exists(Path.Combine(folder, a.File))).ToDictionary(a => a.Id, a => Content(a, Path.Combine(folder, a.File)));
        }

        // One byte more than allowed is enough to be told that it is too large.
        private static ReadOnlyMemory<byte> Content(LabArtefact artefact, string path)
        {
            using var file = File.OpenRead(path);
            var buffer = new byte[artefact.MaxKiB * 1024 + 1];
            return buffer.AsMemory(0, file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
        }
    }
}
