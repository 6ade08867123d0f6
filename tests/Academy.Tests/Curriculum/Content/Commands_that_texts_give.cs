using Shouldly;
using Xunit;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Academy.Tests.Curriculum.Content;

public sealed class Commands_that_texts_give
{
    // kubectl commands that name objects which must be there, with the kind before the name.
    private static readonly HashSet<string> Looking =
    [
        "kubectl annotate", "kubectl autoscale", "kubectl delete", "kubectl describe", "kubectl edit", "kubectl expose", "kubectl get", "kubectl label", "kubectl patch", "kubectl rollout history",
        "kubectl rollout pause", "kubectl rollout restart", "kubectl rollout resume", "kubectl rollout status", "kubectl rollout undo", "kubectl scale", "kubectl set env", "kubectl set image",
        "kubectl set resources", "kubectl set selector", "kubectl taint", "kubectl wait",
    ];

    // These take a pod where no kind is said.
    private static readonly HashSet<string> AtPods = ["kubectl attach", "kubectl cp", "kubectl debug", "kubectl exec", "kubectl logs", "kubectl port-forward"];

    // Made by controllers or by the cluster, under names that nobody chose.
    private static readonly HashSet<string> Unchosen = ["Node", "Namespace", "Pod", "ReplicaSet", "Event", "EndpointSlice", "CustomResourceDefinition"];

    private static readonly Lazy<IReadOnlyList<(Text Text, IReadOnlyList<string> Words)>> Everything = new(() =>
        [.. Texts.All.SelectMany(t => Shell(t).SelectMany(ShellText.Commands).Where(c => c.Count > 0).Select(c => (t, c)))]);

    private static IEnumerable<(Text Text, ParsedCommand Command)> Known =>
        Everything.Value.Where(c => CommandCatalogue.Instance.Knows(c.Words[0])).Select(c => (c.Text, CommandCatalogue.Instance.Parse(c.Words)));

    [Fact]
    public void are_of_programs_that_are_known() =>
        Everything.Value.Where(c => !CommandCatalogue.Instance.Knows(c.Words[0]) && !CommandCatalogue.Instance.IsShell(c.Words[0]) && !CommandCatalogue.IsPlaceholder(c.Words[0]))
            .Select(c => $"{c.Text.Where}: {string.Join(' ', c.Words)}").ShouldBeEmpty("commands.txt lists the programs");

    [Fact]
    public void have_subcommands_and_flags_that_exist() =>
        Known.SelectMany(c => c.Command.Problems.Select(p => $"{c.Text.Where}: {p}")).ShouldBeEmpty("commands.txt lists them");

    [Fact]
    public void name_kinds_that_exist() =>
        Known.SelectMany(c => Named(c.Command).Where(n => KnownKinds.Find(n.Kind) is null).Select(n => $"{c.Text.Where}: {c.Command.Command} {n.Kind}"))
            .ShouldBeEmpty("kinds.txt and tests/kubernetes/crds list them");

    /// <summary>What a text of a lab tells people to look at or to change is in the lab's manifests, or another command of the lab makes it.</summary>
    [Fact]
    public void of_a_lab_name_objects_that_the_lab_has()
    {
        foreach (var lab in Known.Where(c => c.Text.Lab is not null).GroupBy(c => c.Text.Lab!))
        {
            HashSet<string> there = [.. Objects(lab.Key), .. lab.SelectMany(c => Made(c.Command))];
            lab.SelectMany(c => Named(c.Command).Where(n => IsOf(lab.Key, c.Command) && n.Name is not null && KnownKinds.Find(n.Kind) is { } kind && !Unchosen.Contains(kind) && !there.Contains($"{kind}/{n.Name}"))
                .Select(n => $"{c.Text.Where}: {c.Command.Command} {n.Kind} {n.Name}")).ShouldBeEmpty();
        }
    }

    [Fact]
    public void are_listed_once_and_read_as_they_are_listed()
    {
        var command = CommandCatalogue.Instance.Parse(["kubectl", "-n", "x", "get", "deploy/web", "-o", "yaml", "--wrong"]);
        command.Command.ShouldBe("kubectl get");
        command.Arguments.ShouldBe(["deploy/web"]);
        command.Flags["-n"].ShouldBe("x");
        command.Problems.ShouldBe(["kubectl get has no flag --wrong"]);
        CommandCatalogue.Instance.Parse(["kubectl", "gett", "pods"]).Problems.ShouldBe(["kubectl has no gett"]);
        ShellText.Commands("X=1 a 'b c' | d > e && for i in f; do g \"$(h i)\"; done <<'END'\nj\nEND\nk # l\n")
            .ShouldBe([["a", "b c"], ["d"], ["h", "i"], ["g", "$(…)"], ["k"]]);
        KnownKinds.Find("smon").ShouldBe("ServiceMonitor");
        KnownKinds.Find("gateways.networking.istio.io").ShouldBe("Gateway");
        KnownKinds.Find("deploymnt").ShouldBeNull();
    }

    // Blocks of bash, and code in a line that begins with one of the programs.
    private static IEnumerable<string> Shell(Text text) =>
        text.Blocks.Where(b => b.Language is "bash").Select(b => b.Code)
            .Concat(text.InlineCode.Where(c => c.Contains(' ', StringComparison.Ordinal) && CommandCatalogue.Instance.Knows(c.Split(' ')[0])));

    private static IEnumerable<(string Kind, string? Name)> Named(ParsedCommand command)
    {
        var arguments = command.Arguments.Where(a => !CommandCatalogue.IsPlaceholder(a.Split('/')[0])).ToList();
        if (command.Command == "kubectl explain")
        {
            return arguments.Take(1).Select(a => (a.Split('.')[0], (string?)null));
        }

        if (arguments.Count == 0 || !(Looking.Contains(command.Command) || AtPods.Contains(command.Command)))
        {
            return [];
        }

        if (arguments[0].Contains('/', StringComparison.Ordinal) && !arguments[0].StartsWith('/'))
        {
            return arguments.Where(a => a.Split('/') is [not "", not ""] && !a.Contains('=', StringComparison.Ordinal)).Select(a => (a.Split('/')[0], Literal(a.Split('/')[1])));
        }

        if (AtPods.Contains(command.Command))
        {
            return [];
        }

        var names = arguments.Skip(1).Where(a => !a.Contains('=', StringComparison.Ordinal) && !a.EndsWith('-')).Select(Literal).DefaultIfEmpty(null).ToList();
        return arguments[0].Split(',').SelectMany(kind => names.Select(name => (kind, name)));
    }

    // In another namespace is another's object.
    private static bool IsOf(string lab, ParsedCommand command) =>
        (command.Flags.GetValueOrDefault("-n") ?? command.Flags.GetValueOrDefault("--namespace")) is not { } ns || ns == Shipped.Lab(lab).Namespace;

    private static string? Literal(string name) => CommandCatalogue.IsPlaceholder(name) ? null : name;

    private static IEnumerable<string> Made(ParsedCommand command) => command.Command.Split(' ') switch
    {
        ["kubectl", "create", "secret", _] or ["kubectl", "create", "service", _] when command.Arguments.Count > 0 => [$"{KnownKinds.Find(command.Command.Split(' ')[2])}/{command.Arguments[0]}"],
        ["kubectl", "create", var kind] when command.Arguments.Count > 0 => [$"{KnownKinds.Find(kind)}/{command.Arguments[0]}"],
        ["kubectl", "expose"] when command.Arguments.Count > 0 => [$"Service/{command.Flags.GetValueOrDefault("--name", command.Arguments[^1].Split('/')[^1])}"],
        ["kubectl", "autoscale"] when command.Arguments.Count > 0 => [$"HorizontalPodAutoscaler/{command.Flags.GetValueOrDefault("--name", command.Arguments[^1].Split('/')[^1])}"],
        _ => [],
    };

    // In the manifests, in what was recorded, and in blocks of YAML that the texts of the lab show.
    private static IEnumerable<string> Objects(string lab)
    {
        var folder = Path.Combine(Shipped.Folder, "labs", lab);
        var manifests = Directory.EnumerateFiles(folder, "*.yaml", SearchOption.AllDirectories).Where(f => Path.GetRelativePath(folder, f).Split(Path.DirectorySeparatorChar)[0] is "start" or "solution" or "faults").Select(File.ReadAllText);
        var shown = Texts.All.Where(t => t.Lab == lab).SelectMany(t => t.Blocks.Where(b => b.Language == "yaml").Select(b => b.Code));
        var recorded = Directory.EnumerateFiles(folder, "objects.json", SearchOption.AllDirectories).SelectMany(f => Shipped.Objects(Path.GetDirectoryName(f)!)).Select(o => $"{o["kind"]}/{o["metadata"]!["name"]}");
        return manifests.Concat(shown).SelectMany(KindsAndNames).Concat(recorded);
    }

    private static IEnumerable<string> KindsAndNames(string yaml)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(new StringReader(yaml));
        }
        catch (YamlException)
        {
            // A template of Helm, in a hint.
            return [];
        }

        return stream.Documents.Select(d => d.RootNode).OfType<YamlMappingNode>().Where(m => m.Children.ContainsKey("kind") && m.Children.TryGetValue("metadata", out var metadata) && metadata is YamlMappingNode of && of.Children.ContainsKey("name"))
            .Select(m => $"{m.Children["kind"]}/{((YamlMappingNode)m.Children["metadata"]).Children["name"]}");
    }
}
