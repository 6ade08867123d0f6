using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Academy.IntegrationTests.Kubernetes;
using YamlDotNet.Serialization;

namespace Academy.IntegrationTests.Deployment;

/// <summary>kubectl, where there is one that builds these manifests.</summary>
internal static class Kubectl
{
    private static readonly IDeserializer Yaml = new DeserializerBuilder().WithAttemptingUnquotedStringTypeDeserialization().Build();
    private static readonly Lazy<Task<string?>> Missing = new(FindWhatIsMissing);

    public static string Manifests { get; } = Path.Combine(Repository.Root, "k8s");

    /// <summary>Skips the test, by name and with the reason, where kubectl cannot do its part.</summary>
    public static async Task Need()
    {
        if (await Missing.Value is { } reason)
        {
            Assert.Skip(reason);
        }
    }

    public static void NeedCluster() => Assert.SkipUnless(Kubeconfig is not null, "ACADEMY_TEST_KUBECONFIG names no cluster; ./academy test can start one on Debian 12.");

    private static string? Kubeconfig => Environment.GetEnvironmentVariable("ACADEMY_TEST_KUBECONFIG") is { Length: > 0 } path ? path : null;

    /// <summary>The objects of a kustomization, in the order in which they are applied.</summary>
    public static async Task<IReadOnlyList<JsonObject>> Build(string folder)
    {
        await Need();
        var (code, output, error) = await Run(null, "kustomize", Path.Combine(Manifests, folder));
        code.ShouldBe(0, error);
        error.ShouldBeEmpty();
        return
        [
            .. output.Split("\n---\n", StringSplitOptions.RemoveEmptyEntries)
                .Select(document => JsonSerializer.SerializeToNode(Plain(Yaml.Deserialize<object>(document)))!.AsObject()),
        ];
    }

    public static async Task<(int Code, string Output, string Error)> Run(string? input, params string[] arguments)
    {
        var start = new ProcessStartInfo("kubectl", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (Kubeconfig is { } path)
        {
            start.Environment["KUBECONFIG"] = path;
        }

        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await error);
    }

    private static async Task<string?> FindWhatIsMissing()
    {
        try
        {
            var (_, output, _) = await Run(null, "version", "--client", "-o", "json");
            var version = JsonNode.Parse(output)!["clientVersion"]!;
            var minor = int.Parse(((string)version["minor"]!).TrimEnd('+'), null);
            return minor >= 25 ? null : $"kubectl 1.{minor} is too old to build these manifests; 1.25 or newer is needed.";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "kubectl is not installed.";
        }
    }

    private static object? Plain(object? value) => value switch
    {
        Dictionary<object, object> map => map.ToDictionary(pair => pair.Key.ToString()!, pair => Plain(pair.Value)),
        List<object> list => list.Select(Plain).ToList(),
        _ => value,
    };
}
