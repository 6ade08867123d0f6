using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Academy.Diagnosis;

namespace Academy.Tests.Diagnosis;

/// <summary>A recorded cluster of <c>tests/scenarios</c> with its truth.</summary>
public sealed record Recording(string Name, IReadOnlyList<JsonObject> Objects, IReadOnlyList<ContainerLog> Logs, JsonObject Truth)
{
    public string Namespace => (string)Truth["namespace"]!;

    public ClusterSnapshot Snapshot => ClusterSnapshot.Create(Objects, Logs, TakenAt);

    public DateTimeOffset TakenAt => (DateTimeOffset)Truth["cluster"]!["dumped_at"]!;

    public static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "scenarios"));

    public static IEnumerable<string> Names() => Directory.GetDirectories(Root()).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal);

    public static Recording Load(string name)
    {
        var folder = Path.Combine(Root(), name);
        var list = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "objects.json")))!;
        var truth = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "truth.json")))!.AsObject();
        var logs = Directory.Exists(Path.Combine(folder, "logs"))
            ? Directory.GetFiles(Path.Combine(folder, "logs"), "*.log").Order(StringComparer.Ordinal).Select(file => Log((string)truth["namespace"]!, file)).ToList()
            : [];
        return new Recording(name, [.. list["items"]!.AsArray().Select(item => item!.AsObject())], logs, truth);
    }

    /// <summary>Small clusters of one real node (Kubernetes 1.20, containerd, busybox), each recorded into one file with a fault at work.</summary>
    public static IEnumerable<string> Trials() =>
        Directory.GetFiles(Folder(), "*.json").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal);

    public static Recording Trial(string name)
    {
        var file = JsonNode.Parse(File.ReadAllText(Path.Combine(Folder(), name + ".json")))!.AsObject();
        file["cluster"] = new JsonObject { ["dumped_at"] = file["taken_at"]!.DeepClone() };
        var logs = file["logs"]!.AsArray().Select(log => new ContainerLog((string)file["namespace"]!, (string)log!["pod"]!, (string)log["container"]!, (bool?)log["previous"] ?? false, (string)log["text"]!)).ToList();
        var objects = file["objects"]!.AsArray().Select(item => item!.DeepClone().AsObject()).ToList();
        file.Remove("objects");
        file.Remove("logs");
        return new Recording(name, objects, logs, file);
    }

    /// <summary>Null where the report is exact, otherwise what is wrong with it.</summary>
    public string? Judge(DiagnosisReport report)
    {
        var shown = string.Join("; ", report.RootCauses.Select(cause => $"{cause.Kind}/{cause.Namespace}/{cause.Name} {cause.Reason} ({cause.Confidence}) {cause.Summary}"));
        if (Truth["root_cause"] is not JsonObject cause)
        {
            return report.Healthy && report.RootCauses.Count == 0 ? null : $"{Name}: should be silent, said {shown}";
        }

        if (report.RootCauses.Count == 0)
        {
            return $"{Name}: found nothing";
        }

        var first = report.RootCauses[0];
        var accepted = Truth["also_accept"]!.AsArray().Select(item => item!.AsObject()).Prepend(cause);
        if (first.Reason != (string)cause["reason"]! || !accepted.Any(item => Is(item, first)))
        {
            return $"{Name}: {shown}";
        }

        var blamed = report.RootCauses.FirstOrDefault(found => Truth["must_not_blame"]!.AsArray().Any(item => Is(item!.AsObject(), found)) && found != first);
        return blamed is null ? null : $"{Name}: blames {blamed.Kind}/{blamed.Name}: {shown}";
    }

    /// <summary>Like <see cref="Judge"/>, for a report over more than this recording: its cause is among the causes, and no innocent of it is.</summary>
    public string? JudgeAmong(DiagnosisReport report)
    {
        var mine = report.RootCauses.Where(cause => cause.Namespace == Namespace || (Truth["root_cause"] is JsonObject truth && Is(truth, cause))).ToList();
        return mine.Count == 0 && Truth["root_cause"] is null ? null : Judge(report with { Healthy = mine.Count == 0, RootCauses = mine });
    }

    /// <summary>For a report over a namespace that holds other faults too: its cause is among the causes, and no innocent of it is.</summary>
    public string? JudgeBeside(DiagnosisReport report)
    {
        var shown = string.Join("; ", report.RootCauses.Select(cause => $"{cause.Kind}/{cause.Name} {cause.Reason}"));
        var accepted = Truth["root_cause"] is JsonObject truth ? Truth["also_accept"]!.AsArray().Select(item => item!.AsObject()).Prepend(truth).ToList() : [];
        var found = accepted.Count == 0 || report.RootCauses.Any(cause => cause.Reason == (string)Truth["root_cause"]!["reason"]! && accepted.Any(item => Is(item, cause)));
        var blamed = report.RootCauses.FirstOrDefault(cause => Truth["must_not_blame"]!.AsArray().Any(item => Is(item!.AsObject(), cause)));
        return found && blamed is null ? null : $"{Name}: {(found ? $"blames {blamed!.Kind}/{blamed.Name}" : "not found")}: {shown}";
    }

    private static bool Is(JsonObject item, RootCause cause) =>
        (string)item["kind"]! == cause.Kind
        && Regex.IsMatch(cause.Name, "^" + Regex.Escape((string)item["name"]!).Replace("\\*", ".*", StringComparison.Ordinal) + "$")
        && (item["namespace"] is null || (string?)item["namespace"] == cause.Namespace);

    private static string Folder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Trials");

    private static ContainerLog Log(string ns, string file)
    {
        var parts = Path.GetFileName(file)[..^".log".Length].Split("__");
        var previous = parts[1].EndsWith(".previous", StringComparison.Ordinal);
        return new ContainerLog(ns, parts[0], previous ? parts[1][..^".previous".Length] : parts[1], previous, File.ReadAllText(file));
    }
}
