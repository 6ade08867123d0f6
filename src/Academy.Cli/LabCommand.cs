using System.CommandLine;
using Academy.Curriculum;

namespace Academy.Cli;

internal static class LabCommand
{
    public static Command Create(Terminal terminal) => new("lab", "List, play and check labs; for authors: make, lint and test them.")
    {
        List(terminal),
        Check(terminal),
        Lint(terminal),
        LabTest.Create(terminal),
        LabNew.Create(terminal),
        LabPlay.Create(terminal),
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
        var work = new LabWork();
        var command = new Command("check", "Check your work on a lab. Exit code 0: passed, 1: not yet, 2: error.") { id };
        work.AddTo(command);
        command.Options.Add(output);
        command.Options.Add(folder);
        command.SetAction(async (parsed, ct) =>
        {
            var labs = LabFolder.Load(parsed.GetValue(folder));
            var lab = LabFolder.Lab(labs, parsed.GetValue(id)!);
            var report = await work.CheckAsync(lab, parsed, terminal, orStart: false, ct);
            await terminal.Out.WriteLineAsync(parsed.GetValue(output) == "json" ? CheckOutput.Json(lab, report) : CheckOutput.Text(lab, report, terminal.Colour));
            return report.Passes(lab) ? ExitCodes.Good : ExitCodes.Findings;
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
                await terminal.Out.WriteLineAsync($"{Contents(catalog)}: no problem");
            }

            return result.Catalog is null ? ExitCodes.Findings : ExitCodes.Good;
        });
        return command;
    }

    private static string Contents(Catalog catalog) => string.Join(", ", new[]
    {
        Counted(catalog.Courses.Count, "course"),
        Counted(catalog.Labs.Count, "lab"),
        Counted(catalog.Exercises.Count, "exercise"),
        Counted(catalog.Courses.Sum(c => c.Modules.Sum(m => m.Topics.Count(t => t.Quiz is not null))), "quiz", "quizzes"),
        Counted(catalog.Paths.Count, "path"),
        Counted(catalog.Skills.Count, "skill"),
        Counted(catalog.PracticeClusters.Count, "practice cluster"),
    });

    private static string Counted(int count, string thing, string? many = null) => count == 1 ? $"1 {thing}" : $"{count} {many ?? thing + "s"}";
}
