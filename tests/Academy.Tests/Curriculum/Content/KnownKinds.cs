using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Academy.Tests.Curriculum.Content;

/// <summary>What kubectl may call a kind: Kubernetes' own (kinds.txt) and the custom ones that tests/kubernetes/crds defines.</summary>
internal static partial class KnownKinds
{
    private static readonly Dictionary<string, string> Names = Read();

    /// <returns>The kind, or null where nothing is called so. A version or group may hang on it: <c>gateways.networking.istio.io</c>.</returns>
    public static string? Find(string name) => Names.GetValueOrDefault(name.ToLowerInvariant().Split('.')[0]);

    private static Dictionary<string, string> Read()
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        void Add(string kind, IEnumerable<string> others)
        {
            foreach (var name in others.Append(kind.ToLowerInvariant()))
            {
                names.TryAdd(name, kind);
            }
        }

        var tests = Path.Combine(Shipped.Root, "tests");
        foreach (var line in File.ReadLines(Path.Combine(tests, "Academy.Tests", "Curriculum", "Content", "kinds.txt")).Where(l => !l.StartsWith('#')))
        {
            var words = line.Split(' ');
            Add(words[0], words[1..]);
        }

        foreach (var project in JsonNode.Parse(File.ReadAllText(Path.Combine(tests, "kubernetes", "crds", "packages.json")))!.AsArray())
        {
            foreach (var (kind, options) in project!["kinds"]!.AsObject())
            {
                Add(kind, [Plural(kind.ToLowerInvariant()), .. options!["short"]?.AsArray().Select(s => s!.GetValue<string>()) ?? []]);
            }
        }

        foreach (var file in Directory.GetFiles(Path.Combine(tests, "kubernetes", "crds", "own"), "*.yaml"))
        {
            var match = NamesOf().Match(File.ReadAllText(file));
            Add(match.Groups["kind"].Value, [match.Groups["plural"].Value, .. match.Groups["short"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries)]);
        }

        return names;
    }

    private static string Plural(string kind) => kind switch
    {
        [.., not ('a' or 'e' or 'i' or 'o' or 'u'), 'y'] => kind[..^1] + "ies",
        [.., 's' or 'x'] => kind + "es",
        _ => kind + "s",
    };

    [GeneratedRegex(@"names: \{kind: (?<kind>\w+),.*plural: (?<plural>\w+)(, shortNames: \[(?<short>[^\]]*)\])?\}")]
    private static partial Regex NamesOf();
}
