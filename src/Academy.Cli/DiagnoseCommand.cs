using System.CommandLine;
using Academy.Diagnosis;

namespace Academy.Cli;

internal static class DiagnoseCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("diagnose", "Find the root causes of what is broken. Exit code 0: healthy, 1: findings, 2: error.");
        var input = new ClusterInput();
        var output = OutputFormat.Create("markdown", "dot", "svg");
        input.AddTo(command);
        command.Options.Add(output);
        var silence = new Option<string?>("--silence") { Description = "Leave out the known findings that this YAML file lists by rule and object", HelpName = "FILE" };
        command.Options.Add(silence);
        command.SetAction(async (parsed, ct) =>
        {
            var silenced = SilenceFile.Read(parsed.GetValue(silence));
            var (cluster, ns) = await input.ReadAsync(parsed, terminal, ct, (objects, ns) => Early(terminal, objects, ns, ct));
            var report = Diagnoser.Diagnose(cluster, ns, silenced, ct);
            await terminal.Out.WriteLineAsync(Written(report, parsed.GetValue(output), terminal.Colour).TrimEnd('\n'));
            return report.Healthy ? ExitCodes.Good : ExitCodes.Findings;
        });
        return command;
    }

    /// <summary>A live cluster's logs take a while: what is certain before them is said at once, beside the report.</summary>
    private static void Early(Terminal terminal, ClusterSnapshot objects, string? ns, CancellationToken ct)
    {
        foreach (var cause in Diagnoser.Certain(objects, ns, ct))
        {
            terminal.Error.WriteLine(ReportText.Line(cause));
        }
    }

    private static string Written(DiagnosisReport report, string? format, bool colour) => format switch
    {
        "json" => ReportJson.Write(report),
        "markdown" => ReportMarkdown.Write(report),
        "dot" => ReportDot.Write(report),
        "svg" => ReportSvg.Write(report),
        _ => ReportText.Write(report, colour),
    };
}
