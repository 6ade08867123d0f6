using System.CommandLine;
using Academy.Curriculum;

namespace Academy.Cli;

internal static class LabCommand
{
    public static Command Create(Terminal terminal) => new("lab", "List labs, check your work on one, lint what authors write.")
    {
        List(terminal),
        Check(terminal),
        Lint(terminal),
    };

    private static Command List(Terminal terminal)
    {
        var folder = CurriculumFolder();
        var command = new Command("list", "List the labs.") { folder };
        command.SetAction(async (parsed, _) =>
        {
            foreach (var lab in Load(parsed.GetValue(folder)).Labs.OrderBy(l => l.Id, StringComparer.Ordinal))
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
        var folder = CurriculumFolder();
        var output = OutputFormat.Create();
        var input = new ClusterInput();
        var command = new Command("check", "Check your work on a lab. Exit code 0: passed, 1: not yet, 2: error.") { id };
        input.AddTo(command);
        command.Options.Add(output);
        command.Options.Add(folder);
        command.SetAction(async (parsed, ct) =>
        {
            var labs = Load(parsed.GetValue(folder));
            var word = parsed.GetValue(id)!;
            var lab = labs.FindLab(word) ?? throw new CliException($"there is no lab '{word}'.{Closest.Hint(word, labs.Labs.Select(l => l.Id))} See academy lab list");
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
            var result = CatalogLoader.Load(parsed.GetValue(folder) ?? Find());
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

    private static Option<string?> CurriculumFolder() =>
        new("--curriculum") { Description = "The folder with courses and labs (default: the one of this installation)", HelpName = "DIR" };

    private static Catalog Load(string? folder)
    {
        var result = CatalogLoader.Load(folder ?? Find());
        return result.Catalog ?? throw new CliException($"the curriculum has {result.Problems.Count} problems, the first is {result.Problems[0]}. See academy lab lint");
    }

    // Beside the program or above it, as installed; else where the user stands.
    private static string Find()
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() })
        {
            for (var at = new DirectoryInfo(start); at is not null; at = at.Parent)
            {
                var folder = Path.Combine(at.FullName, "curriculum");
                if (Directory.Exists(Path.Combine(folder, "labs")))
                {
                    return folder;
                }
            }
        }

        throw new CliException("there is no curriculum folder here. Give one with --curriculum DIR.");
    }

    private static string Counted(int count, string thing) => count == 1 ? $"1 {thing}" : $"{count} {thing}s";
}
