using System.CommandLine;
using Academy.Clusters;
using Academy.Diagnosis;
using k8s;

namespace Academy.Cli;

/// <summary>
/// The arguments that say which cluster a command is about: recorded output of kubectl, or a context of the user's own kubeconfig. The
/// latter is loaded as kubectl would: it is the user's file on the user's machine, so its programs may run.
/// </summary>
internal sealed class ClusterInput
{
    // The user's own files: only the memory of the machine is a limit that matters.
    private static readonly ClustersOptions Limits = new()
    {
        MaxUploadBytes = 1 << 30,
        MaxUnpackedBytes = 1 << 30,
        MaxObjects = 200_000,
        MaxEntries = 100_000,
        ReadTimeout = TimeSpan.FromSeconds(60),
    };

    public Argument<string?> Source { get; } = new("SOURCE")
    {
        Description = "A folder, a file (kubectl get -o json or yaml, tar.gz) or - for standard input",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<string?> Context { get; } = new("--context") { Description = "Read the cluster of this context of your kubeconfig", HelpName = "CTX" };

    public Option<string?> Kubeconfig { get; } = new("--kubeconfig") { Description = "Another kubeconfig than $KUBECONFIG or ~/.kube/config", HelpName = "FILE" };

    public Option<string?> Namespace { get; } = new("--namespace", "-n") { Description = "Only this namespace and what is cluster-wide", HelpName = "NAMESPACE" };

    public void AddTo(Command command, bool recorded = true)
    {
        if (recorded)
        {
            command.Arguments.Add(Source);
        }

        command.Options.Add(Namespace);
        command.Options.Add(Context);
        command.Options.Add(Kubeconfig);
    }

    /// <summary>Whether the command line asks for a live cluster.</summary>
    public bool IsLive(ParseResult parsed) => parsed.GetValue(Context) is not null || parsed.GetValue(Kubeconfig) is not null;

    /// <returns>The cluster and the namespace that was read; null for everything.</returns>
    /// <param name="objectsRead">Called with the namespace for a live cluster, when its objects are there and its logs are still being read.</param>
    public async Task<(ClusterSnapshot Cluster, string? Namespace)> ReadAsync(ParseResult parsed, Terminal terminal, CancellationToken ct, Action<ClusterSnapshot, string?>? objectsRead = null)
    {
        var source = parsed.GetValue(Source);
        return (source, IsLive(parsed)) switch
        {
            (not null, true) => throw new CliException("give either SOURCE or --context, not both."),
            (null, false) => throw new CliException("say what to read: a folder, a file, - for standard input, or --context CTX for a live cluster."),
            (null, true) => await LiveAsync(parsed, objectsRead, ct),
            (not null, false) => await RecordedAsync(source, parsed.GetValue(Namespace), terminal, ct),
        };
    }

    private async Task<(ClusterSnapshot, string?)> LiveAsync(ParseResult parsed, Action<ClusterSnapshot, string?>? objectsRead, CancellationToken ct)
    {
        var configuration = Configuration(parsed);
        var ns = parsed.GetValue(Namespace) ?? (string.IsNullOrEmpty(configuration.Namespace) ? null : configuration.Namespace);
        using var client = new Kubernetes(configuration);
        return (await new ClusterReader(Limits, TimeProvider.System).ReadAsync(client, ns, objects => objectsRead?.Invoke(objects, ns), ct), ns);
    }

    /// <summary>How to reach the cluster that the command line asks for; redirects are not followed, for an API server sends none.</summary>
    public KubernetesClientConfiguration Configuration(ParseResult parsed) => Configuration(parsed.GetValue(Kubeconfig), parsed.GetValue(Context));

    /// <summary>Another cluster than the one that the command is mainly about.</summary>
    /// <param name="where">A folder or file with a recording, or a context of the kubeconfig.</param>
    public async Task<ClusterSnapshot> ReadAsync(string where, string ns, ParseResult parsed, Terminal terminal, CancellationToken ct)
    {
        if (Directory.Exists(where) || File.Exists(where))
        {
            return (await RecordedAsync(where, ns, terminal, ct)).Item1;
        }

        using var client = new Kubernetes(Configuration(parsed.GetValue(Kubeconfig), where));
        return await new ClusterReader(Limits, TimeProvider.System).ReadAsync(client, ns, ct);
    }

    // KUBECONFIG may name several files; the one that holds the context is taken, with the cluster and user beside it.
    private static KubernetesClientConfiguration Configuration(string? path, string? context)
    {
        var paths = path is not null ? [path]
            : Environment.GetEnvironmentVariable("KUBECONFIG") is { Length: > 0 } several ? several.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            : [Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config")];
        var files = paths.Where(File.Exists).Select(f => KubernetesClientConfiguration.LoadKubeConfig(new FileInfo(f))).ToList();
        if (files.Count == 0)
        {
            throw new CliException($"there is no kubeconfig at {string.Join(" or ", paths)}. Give one with --kubeconfig FILE.");
        }

        var contexts = files.SelectMany(f => f.Contexts ?? []).Select(c => c.Name).ToList();
        var wanted = context ?? files.Select(f => f.CurrentContext).FirstOrDefault(c => !string.IsNullOrEmpty(c));
        if (files.FirstOrDefault(f => f.Contexts?.Any(c => c.Name == wanted) == true) is not { } file)
        {
            throw new CliException($"there is no context '{wanted}'.{Closest.Hint(wanted ?? "", contexts)} There are: {string.Join(", ", contexts)}");
        }

        var configuration = KubernetesClientConfiguration.BuildConfigFromConfigObject(file, wanted);
        configuration.FirstMessageHandlerSetup = handler => handler.AllowAutoRedirect = false;
        return configuration;
    }

    private static async Task<(ClusterSnapshot, string?)> RecordedAsync(string source, string? ns, Terminal terminal, CancellationToken ct)
    {
        var recorded = source == "-" ? await FromAsync(terminal.In(), ct)
            : Directory.Exists(source) ? SnapshotFolder.Read(source, Limits)
            : File.Exists(source) ? await FromAsync(File.OpenRead(source), ct)
            : throw new CliException($"there is no file or folder '{source}'.");
        var part = await new ClusterReader(Limits, TimeProvider.System).ReadAsync(new ClusterSource.Recorded(recorded), ns, ct);
        var namespaces = NamespacesOf(recorded);
        return ns is null || namespaces.Contains(ns) || namespaces.Count == 0
            ? (part, ns)
            : throw new CliException($"there is nothing of namespace '{ns}' in it.{Closest.Hint(ns, namespaces)} There is: {string.Join(", ", namespaces)}");
    }

    private static async Task<ClusterSnapshot> FromAsync(Stream stream, CancellationToken ct)
    {
        await using (stream)
        {
            return await SnapshotArchive.ReadAsync(stream, Limits, ct);
        }
    }

    private static SortedSet<string> NamespacesOf(ClusterSnapshot snapshot) => new(
        snapshot.Objects.Select(o => (o["metadata"]?["namespace"] ?? (o["kind"]?.ToString() == "Namespace" ? o["metadata"]?["name"] : null))?.ToString()).OfType<string>(),
        StringComparer.Ordinal);
}
