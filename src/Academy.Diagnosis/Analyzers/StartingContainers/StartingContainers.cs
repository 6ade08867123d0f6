using System.Text.RegularExpressions;
using Academy.Diagnosis.Graph;
using Academy.Diagnosis.Logs;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Analyzers.StartingContainers;

/// <summary>A container whose process cannot be started at all: no such program, not executable, built for another processor, no such working directory.</summary>
internal sealed partial class StartingContainers : IAnalyzer
{
    public Rule Rule { get; } = new("ACD103", "Command cannot be started", Severity.Error, nameof(StartingContainers),
        [Reasons.CommandNotFound, Reasons.ImagePlatformMismatch, Reasons.HookFailed]);

    public bool StaysInNamespace => true;

    public IEnumerable<Fact> Analyze(Cluster cluster) =>
        from pod in cluster.Pods
        where !pod.Terminating && pod.Phase != "Succeeded" && !pod.Ready
        from container in pod.Containers
        let fact = Explain(cluster, pod, container)
        where fact is not null
        select fact;

    private static Fact? Explain(Cluster cluster, Pod pod, Container container)
    {
        foreach (var (text, evidence) in Words(cluster, pod, container))
        {
            if (Format().IsMatch(text))
            {
                return Make(pod, Reasons.ImagePlatformMismatch, $"Image {container.Image} is built for another processor than the node's.", "Use an image built for the node's architecture.", evidence, container);
            }

            if (Hook().IsMatch(text))
            {
                return Make(pod, Reasons.HookFailed, $"A lifecycle hook of container {container.Name} fails, so the container is stopped again.", "Correct or remove the hook's command.", evidence, container);
            }

            if (NotFound().Match(text) is { Success: true } match)
            {
                var program = match.Groups["program"].Value;
                return Make(pod, Reasons.CommandNotFound,
                    program.Length == 0 ? $"The command of container {container.Name} is not in image {container.Image}." : $"Command {program} of container {container.Name} is not in image {container.Image}, or may not be executed.",
                    "Correct the command to a program that the image holds, or drop it to use the image's own.", evidence, container);
            }
        }

        return null;
    }

    private static IEnumerable<(string Text, Evidence Evidence)> Words(Cluster cluster, Pod pod, Container container)
    {
        if (container.WaitingReason is "RunContainerError" or "CreateContainerError" or "PostStartHookError" or "StartError")
        {
            yield return ($"{container.WaitingReason}: {container.WaitingMessage}", Quote.Field(pod.Object, container.StatusPath + ".state.waiting.message", container.WaitingMessage));
        }

        if (container.Terminated.Text("message") is { Length: > 0 } message && container.Failed)
        {
            yield return (message, Quote.Field(pod.Object, container.TerminatedPath + ".message", message));
        }

        foreach (var e in cluster.EventsOf(pod.Ref).Where(e => e.Reason is "Failed" or "FailedPostStartHook" or "FailedPreStopHook" && (e.FieldPath.Length == 0 || e.FieldPath.Contains($"{{{container.Name}}}", StringComparison.Ordinal))))
        {
            if (e.Reason != "FailedPreStopHook" && (container.Failed || container.WaitingReason is not null))
            {
                yield return ($"{e.Reason}: {e.Message}", Quote.Event(e));
            }
        }

        if (container.ExitCode is 126 or 127 && LogReading.Of(cluster, pod, container) is { } log)
        {
            foreach (var line in log.Lines.Reverse().Take(20).Where(line => Shell().IsMatch(line)))
            {
                yield return ($"exec: {line}", Graph.Quote.Log(pod, container.Name, log.Previous, line));
            }
        }
    }

    private static Fact Make(Pod pod, string reason, string summary, string fix, Evidence evidence, Container container) =>
        new(pod.Workload.Ref, reason, 0.95, summary)
        {
            Evidence =
            [
                evidence,
                .. container.Command.Count > 0 ? (Evidence[])[Quote.Field(pod.Object, container.SpecPath + (container.Spec.Has("command") ? ".command" : ".args"), string.Join(' ', container.Command))] : [],
            ],
            Explains = [pod.Workload.Ref],
            Fix = fix,
        };

    [GeneratedRegex("exec format error", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Format();

    [GeneratedRegex("PostStartHook|postStart", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Hook();

    [GeneratedRegex(@"exec: ""?(?<program>[^"":\s]+)""?: ?(?:executable file not found|stat |permission denied|no such file|is a directory|file does not exist)|exec(?:user process)?:? ""?(?<program>/[^"":\s]*)""?:.{0,40}(?:no such file|permission denied)|exec:.*?(?<program>[\w./-]+): (?:command )?not found|exec:.*?(?<program>/[\w./-]+): (?:Permission denied|No such file)|no command specified|executable file not found in \$PATH|unable to start container process.{0,200}(?:no such file or directory|not found|permission denied)|chdir to cwd \(""(?<program>[^""]+)""\)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, 2000)]
    private static partial Regex NotFound();

    [GeneratedRegex(@"not found|No such file or directory|Permission denied", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Shell();
}
