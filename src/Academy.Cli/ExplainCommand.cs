using System.CommandLine;
using Academy.Diagnosis;

namespace Academy.Cli;

internal static class ExplainCommand
{
    public static Command Create(Terminal terminal)
    {
        var id = new Argument<string>("RULE") { Description = "A rule's id, for example ACD101" };
        var command = new Command("explain", "Tell more about one rule: what it means, how to confirm it, how to repair it.") { id };
        command.SetAction(async (parsed, _) =>
        {
            var word = parsed.GetValue(id)!;
            var rule = Rules.Find(word) ?? throw new CliException($"there is no rule '{word}'.{Closest.Hint(word, Rules.All.Select(r => r.Id))} See academy rules");
            await terminal.Out.WriteLineAsync($"{rule.Id}  {rule.Title}\n");
            await terminal.Out.WriteLineAsync(rule.Page.TrimEnd());
            return ExitCodes.Good;
        });
        return command;
    }
}
