using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Academy.Diagnosis;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Academy.Tests.Diagnosis;

/// <summary>
/// A small cluster written as YAML documents. The first may say what to expect (<c>expect</c>: reason and causes, or null for silence);
/// a document of kind <c>ContainerLog</c> is what a container wrote.
/// </summary>
public sealed record Situation(string Name, bool Silent, string? Reason, IReadOnlyList<string> Causes, IReadOnlyList<string> NotBlamed, ClusterSnapshot Snapshot)
{
    private static readonly DateTimeOffset Now = new(2026, 5, 4, 10, 0, 0, TimeSpan.Zero);

    public static Situation Load(string path)
    {
        var stream = new YamlStream();
        using (var reader = new StreamReader(path))
        {
            stream.Load(reader);
        }

        var documents = stream.Documents.Select(document => Node(document.RootNode)).OfType<JsonObject>().ToList();
        var head = documents.FirstOrDefault(document => document.ContainsKey("expect"));
        var expect = head?["expect"] as JsonObject;
        var logs = documents.Where(document => (string?)document["kind"] == "ContainerLog").Select(log => new ContainerLog((string)log["namespace"]!, (string)log["pod"]!, (string)log["container"]!, (bool?)log["previous"] ?? false, (string?)log["text"] ?? "")).ToList();
        var objects = documents.Where(document => document != head && (string?)document["kind"] != "ContainerLog").ToList();
        return new Situation(
            Path.GetFileNameWithoutExtension(path),
            head is not null && expect is null,
            (string?)expect?["reason"],
            Texts(expect?["causes"]),
            Texts(head?["notBlamed"]),
            ClusterSnapshot.Create(objects, logs, Now));
    }

    /// <summary>Null where the report is as expected, otherwise what is wrong with it.</summary>
    public string? Judge(DiagnosisReport report)
    {
        var shown = string.Join("; ", report.RootCauses.Select(cause => $"{cause.Kind}/{cause.Name} {cause.Reason} ({cause.Rule}, {cause.Confidence}) {cause.Summary}"));
        if (Silent)
        {
            return report.RootCauses.Count == 0 ? null : $"{Name}: should be silent, said {shown}";
        }

        if (report.RootCauses.Count == 0)
        {
            return $"{Name}: found nothing, wanted {Reason} at {string.Join(" or ", Causes)}";
        }

        var first = report.RootCauses[0];
        if (first.Reason != Reason || !Causes.Contains($"{first.Kind}/{first.Name}"))
        {
            return $"{Name}: wanted {Reason} at {string.Join(" or ", Causes)}, said {shown}";
        }

        return report.RootCauses.Any(cause => NotBlamed.Contains($"{cause.Kind}/{cause.Name}")) ? $"{Name}: blames the innocent: {shown}" : null;
    }

    private static IReadOnlyList<string> Texts(JsonNode? node) => node is JsonArray array ? [.. array.Select(item => (string)item!)] : [];

    private static JsonNode? Node(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value ?? "", Node(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Node)]),
        YamlScalarNode { Style: ScalarStyle.Plain } plain => Plain(plain.Value ?? ""),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };

    private static JsonValue? Plain(string text) => text switch
    {
        "" or "null" or "~" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when Regex.IsMatch(text, "^-?[0-9]{1,18}$") => JsonValue.Create(long.Parse(text, CultureInfo.InvariantCulture)),
        _ when Regex.IsMatch(text, "^-?[0-9]+\\.[0-9]+$") => JsonValue.Create(double.Parse(text, CultureInfo.InvariantCulture)),
        _ => JsonValue.Create(text),
    };
}
