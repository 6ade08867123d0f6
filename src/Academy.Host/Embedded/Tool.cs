using System.ComponentModel;
using System.Diagnostics;

namespace Academy.Host.Embedded;

/// <summary>Runs another program to its end and keeps what it wrote.</summary>
internal static class Tool
{
    /// <param name="Code">127 where there is no such program.</param>
    /// <param name="Output">Standard output and standard error.</param>
    internal sealed record Outcome(int Code, string Output)
    {
        public bool Ok => Code == 0;
    }

    public static async Task<Outcome> Run(IReadOnlyList<string> command, CancellationToken ct, string? folder = null)
    {
        var start = new ProcessStartInfo(command[0])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            // A folder that every user may enter: the one we were started from may be closed to PostgreSQL's user.
            WorkingDirectory = folder ?? "/",
        };
        foreach (var argument in command.Skip(1))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["LC_ALL"] = "C";
        start.Environment["DEBIAN_FRONTEND"] = "noninteractive";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(ct);
            var error = process.StandardError.ReadToEndAsync(ct);
            try
            {
                await process.WaitForExitAsync(ct);
            }
            catch (OperationCanceledException)
            {
                process.Kill(entireProcessTree: true);
                throw;
            }

            return new Outcome(process.ExitCode, $"{await output}{await error}".Trim());
        }
        catch (Win32Exception)
        {
            return new Outcome(127, $"{command[0]}: not found");
        }
    }

    public static async Task<bool> Succeeds(CancellationToken ct, params string[] command) => (await Run(command, ct)).Ok;
}
