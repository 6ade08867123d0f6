using System.Text;
using System.Text.RegularExpressions;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Graph;

/// <summary>
/// The commands that show by hand what a cause rests on. Names come from the cluster and go into a shell: whatever is not plain is quoted,
/// and what no name can hold is left out. None of them changes anything, and none prints what a Secret holds.
/// </summary>
internal static partial class Confirmation
{
    private const int Most = 3;

    public static IReadOnlyList<string> Commands(Cluster cluster, Fact fact)
    {
        IEnumerable<string> absent = cluster.Holds(fact.Subject) || fact.Subject.Name.Length == 0 ? [] : [Get(cluster, fact.Subject, null)];
        var shown = absent.Concat(fact.Evidence.Select(evidence => Of(cluster, evidence)).OfType<string>()).Distinct().Take(Most).ToList();
        return shown.Count > 0 ? shown : [$"kubectl describe {Place(cluster, fact.Subject)}"];
    }

    private static string? Of(Cluster cluster, Evidence evidence)
    {
        if (At(evidence.Object) is not { } at)
        {
            return null;
        }

        if (evidence.Log is { } log)
        {
            var previous = log.EndsWith(" (previous)", StringComparison.Ordinal);
            return $"kubectl logs{In(at)} {Word(at.Name)} -c {Word(previous ? log[..^" (previous)".Length] : log)}{(previous ? " --previous" : "")} --tail=20";
        }

        return evidence.Event is null ? Get(cluster, at, evidence.Field)
            : $"kubectl get events{In(at)} --field-selector {Word($"involvedObject.kind={at.Kind},involvedObject.name={at.Name}")}";
    }

    private static string Get(Cluster cluster, ObjectRef at, string? field) => (at.Kind, field) switch
    {
        ("Secret", not null) => $"kubectl describe {Place(cluster, at)}",
        (_, null) => $"kubectl get {Place(cluster, at)}",
        _ => $"kubectl get {Place(cluster, at)} -o {(JsonPath(field) is { } path ? Word($"jsonpath={path}") : "yaml")}",
    };

    private static string Place(Cluster cluster, ObjectRef at)
    {
        var group = cluster.CustomGroup(at);
        return $"{Word(at.Kind.ToLowerInvariant() + (group is null ? "" : "." + group))} {Word(at.Name)}{In(at)}";
    }

    private static string In(ObjectRef at) => at.Namespace is null ? "" : $" -n {Word(at.Namespace)}";

    private static ObjectRef? At(string name) => name.Split('/') switch
    {
        [var kind, var ns, var own] => new ObjectRef(kind, ns, own),
        [var kind, var own] => new ObjectRef(kind, null, own),
        _ => null,
    };

    /// <summary>The path of a field as kubectl reads it; null where it has a form of its own.</summary>
    internal static string? JsonPath(string field)
    {
        var open = ((string[])["data.", "metadata.annotations.", "metadata.labels.", "status.allocatable.", "status.capacity."]).FirstOrDefault(prefix => field.StartsWith(prefix, StringComparison.Ordinal));
        if (open is not null)
        {
            return Key().IsMatch(field[open.Length..]) ? $"{{.{open}{field[open.Length..].Replace(".", "\\.", StringComparison.Ordinal)}}}" : null;
        }

        var path = Condition().Replace(field, match => $"conditions[?(@.type==\"{match.Groups["type"].Value}\")]").Replace("[]", "[*]", StringComparison.Ordinal);
        return Path().IsMatch(field) ? $"{{.{path}}}" : null;
    }

    /// <summary>One word for a POSIX shell.</summary>
    private static string Word(string text)
    {
        var clean = new StringBuilder();
        foreach (var letter in text.Where(letter => !char.IsControl(letter)).Take(300))
        {
            clean.Append(letter);
        }

        var word = clean.ToString();
        return word.Length > 0 && Plain().IsMatch(word) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    [GeneratedRegex("^[A-Za-z0-9._/=,:][A-Za-z0-9._/=,:-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();

    [GeneratedRegex("^[A-Za-z0-9._/-]+$", RegexOptions.CultureInvariant)]
    private static partial Regex Key();

    [GeneratedRegex("conditions\\[(?<type>[A-Za-z]+)\\]", RegexOptions.CultureInvariant)]
    private static partial Regex Condition();

    [GeneratedRegex("^[A-Za-z]+(?:\\[(?:[0-9]*|[A-Za-z]+)\\])?(?:\\.[A-Za-z]+(?:\\[(?:[0-9]*|[A-Za-z]+)\\])?)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Path();
}
