using System.Text.RegularExpressions;
using Academy.Agent.Understanding;

namespace Academy.Agent.Guarding;

/// <summary>Finds names of objects in a model's text that stand in no evidence: such text is made up and is not shown.</summary>
public static partial class NameChecker
{
    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.IgnoreCase;

    private static readonly HashSet<string> FileEndings = new(["yaml", "yml", "json", "md", "py", "txt", "sh", "toml", "conf", "log"], StringComparer.OrdinalIgnoreCase);

    // Words with a hyphen that are no names of objects.
    private static readonly HashSet<string> Words = new(
        [
            "read-only", "read-write", "re-create", "re-run", "re-apply", "up-to-date", "out-of-memory", "non-root", "built-in", "so-called", "well-known", "cluster-wide", "long-running", "multi-node",
            "back-off", "set-up", "start-up", "kube-system", "kube-public", "kube-scheduler", "kube-apiserver", "kube-proxy", "kube-controller-manager", "kube-dns", "anti-affinity",
            "auto-scaling", "auto-scaler", "multi-container", "self-healing", "end-to-end", "in-cluster", "host-port", "host-network", "re-scheduled", "sub-resource", "key-value", "load-balancing",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>The unknown names, as the text writes them; empty where all are known.</summary>
    public static IReadOnlyList<string> Unknown(string text, KnownNames known) =>
        [.. Slashed.Matches(text).Concat(Beside.Matches(text)).Concat(Called.Matches(text)).Concat(Command.Matches(text))
            .Where(m => !m.Groups["kind"].Success || Kinds.FindShort(m.Groups["kind"].Value) is not null)
            .Select(m => m.Groups["name"].Value.Trim('.', '-'))
            .Where(n => n.Length > 0 && !IsPlain(n) && !known.Has(n))
            .Distinct(StringComparer.OrdinalIgnoreCase)];

    private static bool IsPlain(string name) =>
        Words.Contains(name) || name.StartsWith('-') || FileEndings.Contains(name[(name.LastIndexOf('.') + 1)..]) || Kinds.FindShort(name) is not null || int.TryParse(name, out _);

    // deployment/web, po/web-1
    [GeneratedRegex(@"\b(?<kind>[a-z]+)/(?<name>[a-z0-9][a-z0-9.-]*)", Linear)]
    private static partial Regex Slashed { get; }

    // Deployment web-1, pod `web`, Service **web**, kubectl get pod web-1: in plain text only what cannot be a word of the language
    [GeneratedRegex(@"\b(?<kind>[a-z]+)\s+(?:(?:named|called)\s+)?(?:[`""'*]+(?<name>[a-z0-9][a-z0-9.-]*)[`""'*]|(?<name>[a-z0-9]+[-.0-9][a-z0-9.-]*[a-z0-9]))", Linear)]
    private static partial Regex Beside { get; }

    // a pod named web; the `web` Deployment
    [GeneratedRegex(@"\b(?<kind>[a-z]+)\s+(?:named|called)\s+(?<name>[a-z0-9][a-z0-9.-]*)|[`""*]+(?<name>[a-z0-9][a-z0-9.-]*)[`""*]+\s+(?<kind>[a-z]+)\b", Linear)]
    private static partial Regex Called { get; }

    // kubectl logs web-1, kubectl exec -it web-1
    [GeneratedRegex(@"\bkubectl\s+(?:logs|exec|attach)\s+(?:-[a-z-]+\s+)*(?<name>[a-z0-9][a-z0-9.-]*)", Linear)]
    private static partial Regex Command { get; }
}
