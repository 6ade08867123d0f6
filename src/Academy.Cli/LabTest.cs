using System.CommandLine;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Academy.Clusters;
using Academy.Curriculum;
using Academy.Curriculum.Gating;
using Academy.Diagnosis;

namespace Academy.Cli;

/// <summary>Runs the quality gate of labs for their authors.</summary>
internal static class LabTest
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create(Terminal terminal)
    {
        var id = new Argument<string?>("LAB") { Description = "Id of one lab (default: all of them)", Arity = ArgumentArity.ZeroOrOne };
        var folder = LabFolder.Option();
        var output = OutputFormat.Create();
        var command = new Command("test", "Test the checks of labs on start, solution and mutations. Exit code 0: good, 1: problems, 2: error.") { id, folder, output };
        command.SetAction(async (parsed, ct) =>
        {
            var catalog = LabFolder.Load(parsed.GetValue(folder));
            var labs = parsed.GetValue(id) is { } one ? [LabFolder.Lab(catalog, one)] : catalog.Labs;
            var reports = new List<GateReport>();
            foreach (var lab in labs)
            {
                var report = QualityGate.Run(lab, Read, ct);
                reports.Add(report);
                if (parsed.GetValue(output) != "json")
                {
                    await terminal.Out.WriteAsync(Text(lab, report, terminal.Colour));
                }
            }

            if (parsed.GetValue(output) == "json")
            {
                await terminal.Out.WriteLineAsync(JsonSerializer.Serialize(reports, Indented));
            }

            return reports.TrueForAll(r => r.Passed) ? ExitCodes.Good : ExitCodes.Findings;
        });
        return command;
    }

    private static ClusterSnapshot Read(string folder)
    {
        try
        {
            return SnapshotFolder.Read(folder);
        }
        catch (SnapshotRefusedException e)
        {
            throw new CliException($"{folder}: {e.Message} ({e.Code})");
        }
    }

    private static string Text(Lab lab, GateReport report, bool colour)
    {
        var text = new StringBuilder().AppendLine($"{lab.Id}: {report.Checks.Count} checks, {lab.Mutations.Count} mutations");
        var width = report.Checks.Select(c => c.StepId.Length + c.CheckId.Length + 1).DefaultIfEmpty(0).Max();
        text.AppendLine($"  {"check".PadRight(width)}  start  solution  mutations");
        foreach (var check in report.Checks)
        {
            var (start, solution, enough) = (check.Start.Outcome == CheckOutcome.Failed, check.Solution.Passed, check.Noticed.Count >= QualityGate.MutationsPerCheck);
            text.AppendLine($"  {$"{check.StepId}/{check.CheckId}".PadRight(width)}  {Mark(start, colour)} {Word(check.Start),-4} {Mark(solution, colour)} {Word(check.Solution),-7} {Mark(enough, colour)} {check.Noticed.Count}");
        }

        foreach (var problem in report.Problems)
        {
            text.AppendLine($"  {CheckOutput.Printable(problem.ToString())}");
        }

        return text.AppendLine(report.Passed ? "  good" : $"  {report.Problems.Count} to repair").ToString();
    }

    private static string Mark(bool good, bool colour) => CheckOutput.Mark(good, colour);

    private static string Word(CheckResult result) => result.Outcome switch
    {
        CheckOutcome.Passed => "pass",
        CheckOutcome.Failed => "fail",
        _ => "none",
    };
}
