using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using YamlDotNet.Serialization;

namespace Academy.IntegrationTests.Kubernetes;

/// <summary>
/// A fault as a file of Faults/: a head that says what to find and what a kubelet would report of the pods, then the manifests, applied as
/// they stand. In the head <c>$NS</c> is the namespace and <c>$AGO(n)</c> the time n minutes ago.
/// </summary>
internal sealed partial record LiveFault(string Name, string Head, string Manifests)
{
    private static string Root => Path.Combine(Repository.Root, "tests", "Academy.IntegrationTests", "Kubernetes", "Faults");

    public static IReadOnlyList<string> Names() =>
        [.. Directory.GetFiles(Root, "*.yaml").Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    public static LiveFault Load(string name)
    {
        var parts = File.ReadAllText(Path.Combine(Root, name + ".yaml")).Split("\n---\n", 2);
        return new(name, parts[0], parts[1]);
    }

    /// <summary>The head as JSON: <c>cause</c>, <c>reason</c>, and by the beginning of a pod's name under <c>kubelet</c> its containers and events.</summary>
    public JsonNode Read(string ns, DateTimeOffset now)
    {
        var text = Ago().Replace(
            Head.Replace("$NS", ns, StringComparison.Ordinal),
            m => now.AddMinutes(-int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
        var yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build().Deserialize<object>(text);
        return JsonNode.Parse(new SerializerBuilder().JsonCompatible().Build().Serialize(yaml))!;
    }

    [GeneratedRegex(@"\$AGO\(([0-9]+)\)")]
    private static partial Regex Ago();
}
