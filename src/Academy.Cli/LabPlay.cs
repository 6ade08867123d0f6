using System.CommandLine;
using Academy.Curriculum;

namespace Academy.Cli;

/// <summary>Plays a lab in the terminal: plain commands, one a line, so that it works from a pipe too.</summary>
internal static class LabPlay
{
    private const string Help = """
        instructions   what it is about            check          look at your work
        steps          the list of steps           hint [STEP]    the next hint, one rung at a time
        step [STEP]    the task of a step          quit           leave
        """;

    public static Command Create(Terminal terminal)
    {
        var id = new Argument<string>("LAB") { Description = "Id of the lab; see academy lab list" };
        var (folder, work) = (LabFolder.Option(), new LabWork());
        var command = new Command("play", "Play a lab here, on your cluster or on what was recorded of its start. Exit code 0: passed, 1: not yet, 2: error.") { id };
        work.AddTo(command);
        command.Options.Add(folder);
        command.SetAction(async (parsed, ct) =>
        {
            var lab = LabFolder.Lab(LabFolder.Load(parsed.GetValue(folder)), parsed.GetValue(id)!);
            var game = new LabGame(lab);
            await terminal.Out.WriteLineAsync($"{lab.Title}\n{lab.Summary}\nabout {lab.Minutes} minutes, {lab.Level}, namespace {lab.Namespace}\n\n{game.Steps(terminal.Colour)}\n\n{Help}");
            using var input = new StreamReader(terminal.In());
            while (await ReadAsync(input, terminal, ct) is { } line && line is not ("quit" or "exit" or "q"))
            {
                var (word, rest) = line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) switch
                {
                    [var only] => (only, null),
                    [var first, var more] => (first, more),
                    _ => ("", (string?)null),
                };
                await terminal.Out.WriteLineAsync(word is "check" or "c" ? await CheckAsync(game, work, parsed, terminal, ct) : game.Answer(word, rest, terminal.Colour) ?? Help);
            }

            return game.Passed ? ExitCodes.Good : ExitCodes.Findings;
        });
        return command;
    }

    private static async Task<string?> ReadAsync(StreamReader input, Terminal terminal, CancellationToken ct)
    {
        await terminal.Out.WriteAsync("> ");
        await terminal.Out.FlushAsync(ct);
        return (await input.ReadLineAsync(ct))?.Trim();
    }

    // A cluster that cannot be read now may be there for the next check.
    private static async Task<string> CheckAsync(LabGame game, LabWork work, ParseResult parsed, Terminal terminal, CancellationToken ct)
    {
        try
        {
            var report = await work.CheckAsync(game.Lab, parsed, terminal, orStart: true, ct);
            game.See(report);
            return $"{CheckOutput.Text(game.Lab, report, terminal.Colour)}\n{game.Score()}";
        }
        catch (Academy.Clusters.ClusterReadException e)
        {
            return $"{e.Message} ({e.Code})";
        }
    }
}
