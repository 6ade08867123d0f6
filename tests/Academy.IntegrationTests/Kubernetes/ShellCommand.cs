using System.Diagnostics;

namespace Academy.IntegrationTests.Kubernetes;

/// <summary>Runs a program and takes what it says.</summary>
internal static class ShellCommand
{
    public sealed record Outcome(int ExitCode, string Output, string Error);

    /// <returns>Standard output.</returns>
    public static async Task<string> RunAsync(string program, IEnumerable<string> arguments, string? input, CancellationToken ct)
    {
        var outcome = await TryRunAsync(program, arguments, input, ct);
        return outcome.ExitCode == 0
            ? outcome.Output
            : throw new InvalidOperationException($"{Path.GetFileName(program)} {string.Join(' ', arguments)}: {outcome.Error}{outcome.Output}");
    }

    public static async Task<Outcome> TryRunAsync(string program, IEnumerable<string> arguments, string? input, CancellationToken ct, string? folder = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = folder ?? "",
        };
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(ct);
        var error = process.StandardError.ReadToEndAsync(ct);
        await process.WaitForExitAsync(ct);
        return new(process.ExitCode, await output, await error);
    }

    public static bool IsInstalled(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
