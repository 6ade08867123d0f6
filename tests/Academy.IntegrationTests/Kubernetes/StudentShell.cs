using System.Text.Json.Nodes;

namespace Academy.IntegrationTests.Kubernetes;

/// <summary>kubectl with the kubeconfig that a student was given, and nothing else.</summary>
internal sealed class StudentShell : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public StudentShell(string kubeconfig)
    {
        File.WriteAllText(_path, kubeconfig);
        Token = JsonNode.Parse(kubeconfig)!["users"]![0]!["user"]!["token"]!.GetValue<string>();
    }

    public string Token { get; }

    /// <summary>The claim <c>exp</c> of the token.</summary>
    public DateTimeOffset TokenExpires
    {
        get
        {
            var payload = Token.Split('.')[1].Replace('-', '+').Replace('_', '/');
            var bytes = Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '='));
            return DateTimeOffset.FromUnixTimeSeconds(JsonNode.Parse(bytes)!["exp"]!.GetValue<long>());
        }
    }

    public async Task<string> Does(string? input, params string[] arguments)
    {
        var outcome = await Try(input, arguments);
        outcome.ExitCode.ShouldBe(0, $"kubectl {string.Join(' ', arguments)}: {outcome.Error}");
        return outcome.Output;
    }

    /// <summary>Expects the API server to refuse, and to say why.</summary>
    public async Task MayNot(string reason, string? input, params string[] arguments)
    {
        var outcome = await Try(input, arguments);
        outcome.ExitCode.ShouldNotBe(0, $"kubectl {string.Join(' ', arguments)} was let through: {outcome.Output}");
        outcome.Error.ShouldContain(reason, Case.Insensitive, $"kubectl {string.Join(' ', arguments)}");
    }

    public void Dispose() => File.Delete(_path);

    public Task<ShellCommand.Outcome> Try(string? input, params string[] arguments) =>
        ShellCommand.TryRunAsync("kubectl", ["--kubeconfig", _path, .. arguments], input, TestContext.Current.CancellationToken);
}
