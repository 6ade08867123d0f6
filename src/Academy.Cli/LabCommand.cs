using System.CommandLine;
using Academy.Curriculum;

namespace Academy.Cli;

internal static class LabCommand
{
    public static Command Create(Terminal terminal) => new("lab", "List labs, check your work on one; for authors: lint and test them.")
    {
        List(terminal),
        Check(terminal),
        Lint(terminal),
        LabTest.Create(terminal),
    };

    private static Command List(Terminal terminal)
    {
        var folder = LabFolder.Option();
        var command = new Command("list", "List the labs.") { folder };
        command.SetAction(async (parsed, _) =>
        {
            foreach (var lab in LabFolder.Load(parsed.GetValue(folder)).Labs.OrderBy(l => l.Id, StringComparer.Ordinal))
            {
                await terminal.Out.WriteLineAsync($"{lab.Id,-24}  {lab.Minutes,3} min  {lab.Title}");
            }

            return ExitCodes.Good;
        });
        return command;
    }

    private static Command Check(Terminal terminal)
    {
        var id = new Argument<string>("LAB") { Description = "Id of the lab; see academy lab list" };
        var folder = LabFolder.Option();
        var output = OutputFormat.Create();
        var input = new ClusterInput();
        var command = new Command("check", "Check your work on a lab. Exit code 0: passed, 1: not yet, 2: error.") { id };
        input.AddTo(command);
        command.Options.Add(output);
        command.Options.Add(folder);
        command.SetAction(async (parsed, ct) =>
        {
            var labs = LabFolder.Load(parsed.GetValue(folder));
            var lab = LabFolder.Lab(labs, parsed.GetValue(id)!);
            var (cluster, ns) = await input.ReadAsync(parsed, terminal, ct);
            var report = LabChecker.Check(lab, cluster, ns ?? lab.Namespace, ct);
            await terminal.Out.WriteLineAsync(parsed.GetValue(output) == "json" ? CheckOutput.Json(lab, report) : CheckOutput.Text(lab, report, terminal.Colour));
            return report.Passed ? ExitCodes.Good : ExitCodes.Findings;
        });
        return command;
    }

    private static Command Lint(Terminal terminal)
    {
        var folder = new Argument<string?>("DIR") { Description = "The curriculum folder", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("lint", "Check courses and labs, and report every problem with its file and line.") { folder };
        command.SetAction(async (parsed, _) =>
        {
            var result = CatalogLoader.Load(parsed.GetValue(folder) ?? LabFolder.Find());
            foreach (var problem in result.Problems)
            {
                await terminal.Out.WriteLineAsync(problem.ToString());
            }

            if (result.Catalog is { } catalog)
            {
                await terminal.Out.WriteLineAsync($"{Counted(catalog.Courses.Count, "course")}, {Counted(catalog.Labs.Count, "lab")}, {Counted(catalog.PracticeClusters.Count, "practice cluster")}: no problem");
            }

            return result.Catalog is null ? ExitCodes.Findings : ExitCodes.Good;
        });
        return command;
    }

    private static string Counted(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";
}
