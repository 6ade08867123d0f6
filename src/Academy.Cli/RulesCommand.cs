using System.CommandLine;
using Academy.Diagnosis;

namespace Academy.Cli;

internal static class RulesCommand
{
    public static Command Create(Terminal terminal)
    {
        var command = new Command("rules", "List what diagnose looks for.");
        command.SetAction(async (_, _) =>
        {
            foreach (var rule in Rules.All)
            {
                await terminal.Out.WriteLineAsync($"{rule.Id}  {rule.Severity,-7}  {rule.Title}");
            }

            await terminal.Out.WriteLineAsync("\nMore about one of them: academy explain RULE");
            return ExitCodes.Good;
        });
        return command;
    }
}
