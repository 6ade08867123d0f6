using System.Text;
using Academy.Cli;
using Xunit;

namespace Academy.Tests.Cli;

/// <summary>One run of the command line, in this process.</summary>
internal sealed record CliRun(int ExitCode, string Output, string Error)
{
    public static async Task<CliRun> Of(string[] args, string input = "", bool colour = false)
    {
        var output = new StringWriter();
        var error = new StringWriter();
        var terminal = new Terminal(output, error, () => new MemoryStream(Encoding.UTF8.GetBytes(input)), colour);
        var code = await CommandLine.RunAsync(args, terminal, TestContext.Current.CancellationToken);
        return new(code, output.ToString(), error.ToString());
    }

    public static Task<CliRun> Of(string line, string input = "") => Of(line.Split(' ', StringSplitOptions.RemoveEmptyEntries), input);
}
