using System.Text.Json;
using System.Text.Json.Nodes;
using Academy.IntegrationTests.Kubernetes;

namespace Academy.IntegrationTests.Curriculum;

/// <summary>kubectl apply, and what became of the fields that were sent.</summary>
internal static class Applying
{
    /// <param name="options">More of kubectl's.</param>
    /// <returns>What the server refused, and the fields that it dropped because it does not know them; one text each.</returns>
    public static async Task<IReadOnlyList<string>> ProblemsAsync(ManifestCluster cluster, IEnumerable<Manifest> manifests, string ns, CancellationToken ct, params string[] options)
    {
        var sent = new List<Manifest>();
        foreach (var manifest in manifests)
        {
            sent.Add(await manifest.ForAsync(cluster, ns));
        }

        var list = new JsonObject { ["apiVersion"] = "v1", ["kind"] = "List", ["items"] = new JsonArray([.. sent.Select(m => m.Content.DeepClone())]) };
        var server = await cluster.ClusterAsync();
        string[] how = ["--kubeconfig", server.KubeconfigPath, "apply", "--validate=false", "-o", "json", "-f", "-", .. options];
        var outcome = await ShellCommand.TryRunAsync("kubectl", how, list.ToJsonString(), ct);
        if (outcome.ExitCode != 0)
        {
            return [.. outcome.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        }

        var answer = JsonNode.Parse(outcome.Output)!;
        var came = answer["kind"]!.GetValue<string>() == "List" ? answer["items"]!.AsArray().ToList() : [answer];
        came.Count.ShouldBe(sent.Count);
        return [.. sent.Zip(came).SelectMany(pair => Dropped(pair.First.Content, pair.Second, "").Select(path => $"{pair.First}: {path} was dropped"))];
    }

    // What is empty, false or zero may be left out of an answer; stringData is written and never read.
    private static IEnumerable<string> Dropped(JsonNode? sent, JsonNode? came, string path) => (sent, came) switch
    {
        _ when IsEmpty(sent) || path == ".stringData" => [],
        (_, null) => [path],
        (JsonObject s, JsonObject c) => s.SelectMany(p => Dropped(p.Value, c[p.Key], $"{path}.{p.Key}")),
        // A list may hold more than was sent: what was there before, and what admission adds.
        (JsonArray s, JsonArray c) => s.SelectMany((item, i) => c.Select(each => Dropped(item, each, $"{path}[{i}]").ToList()).MinBy(dropped => dropped.Count) ?? [$"{path}[{i}]"]),
        (JsonObject or JsonArray, _) => [path],
        _ => [],
    };

    private static bool IsEmpty(JsonNode? node) => node switch
    {
        null => true,
        JsonObject o => o.Count == 0,
        JsonArray a => a.Count == 0,
        _ => node.GetValueKind() switch
        {
            JsonValueKind.False => true,
            JsonValueKind.String => node.GetValue<string>().Length == 0,
            JsonValueKind.Number => node.ToJsonString() == "0",
            _ => false,
        },
    };
}
