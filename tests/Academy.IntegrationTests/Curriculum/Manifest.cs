using System.Text.Json.Nodes;
using Academy.IntegrationTests.Kubernetes;
using YamlDotNet.Core;

namespace Academy.IntegrationTests.Curriculum;

/// <summary>One object of a manifest.</summary>
/// <param name="Where">File, and block where it is one of a lesson.</param>
internal sealed record Manifest(string Where, JsonObject Content)
{
    // The table of the recorder: what current Kubernetes calls v1, and the server of the tests by an older name with the same fields.
    private static readonly JsonObject Older = JsonNode.Parse(
        File.ReadLines(Path.Combine(Repository.Root, "curriculum", "recording", "kinds.sh")).Single(l => l.StartsWith("OLDER=", StringComparison.Ordinal))[7..^1])!.AsObject();

    public string ApiVersion => Content["apiVersion"]!.GetValue<string>();

    public string Kind => Content["kind"]!.GetValue<string>();

    public string Name => Content["metadata"]?["name"]?.GetValue<string>() ?? "";

    /// <summary>The objects of a YAML text; documents that are no objects of Kubernetes are left out.</summary>
    /// <exception cref="YamlException">Not YAML.</exception>
    public static IReadOnlyList<Manifest> Read(string where, string yaml) =>
        [.. KubectlYaml.Documents(yaml).OfType<JsonObject>().Where(o => o["apiVersion"] is JsonValue && o["kind"] is JsonValue).Select(o => new Manifest(where, o))];

    /// <summary>As the server of the tests knows it: an older name of the version, and in this namespace when it lives in one.</summary>
    public async Task<Manifest> ForAsync(ManifestCluster cluster, string ns)
    {
        var content = Content.DeepClone().AsObject();
        if (await cluster.IsNamespacedAsync(ApiVersion, Kind) is null && Older[$"{ApiVersion} {Kind}"] is { } older)
        {
            content["apiVersion"] = older.DeepClone();
        }

        var metadata = content["metadata"] as JsonObject ?? [];
        content["metadata"] = metadata;
        if (Kind == "Namespace")
        {
            metadata["name"] = ns;
        }
        else if (await cluster.IsNamespacedAsync(content["apiVersion"]!.GetValue<string>(), Kind) is true)
        {
            metadata["namespace"] = ns;
        }

        return new Manifest(Where, content);
    }

    public override string ToString() => $"{Where}: {Kind}/{Name}";
}
