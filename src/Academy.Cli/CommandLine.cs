using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using Academy.Clusters;
using k8s.Exceptions;

namespace Academy.Cli;

/// <summary>The terminal tools: everything that works without a server.</summary>
internal static class CommandLine
{
    public static Command Create(Terminal terminal)
    {
        var root = new Command("academy", "Finds root causes in Kubernetes clusters and checks labs, without a server. Exit codes: 0 good, 1 findings, 2 error.")
        {
            DiagnoseCommand.Create(terminal),
            RulesCommand.Create(terminal),
            ExplainCommand.Create(terminal),
            LabCommand.Create(terminal),
            SnapshotCommand.Create(terminal),
        };
        root.Options.Add(new HelpOption());
        root.Options.Add(new VersionOption());
        return root;
    }

    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken ct)
    {
        var root = Create(terminal);
        var parsed = root.Parse(args.Length == 0 ? ["--help"] : args);
        if (parsed.Action is not HelpAction && Mistake(parsed, args) is { } mistake)
        {
            await terminal.Error.WriteLineAsync("academy: " + mistake);
            return ExitCodes.Error;
        }

        try
        {
            var output = new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false };
            return await parsed.InvokeAsync(output, ct);
        }
        catch (Exception e) when (Explain(e) is { } message)
        {
            await terminal.Error.WriteLineAsync("academy: " + message);
            return ExitCodes.Error;
        }
    }

    private static string? Mistake(ParseResult parsed, string[] args)
    {
        var path = new List<Command>();
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult command; at = at.Parent)
        {
            path.Insert(0, command.Command);
        }

        var options = path.SelectMany(c => c.Options).SelectMany(o => o.Aliases.Prepend(o.Name)).ToList();
        var known = path[^1].Subcommands.Select(c => c.Name).Concat(options);

        // An option that is misspelt would pass for an argument.
        var word = args.TakeWhile(a => a != "--").FirstOrDefault(a => a is ['-', _, ..] && !IsOption(a, options))
            ?? (parsed.UnmatchedTokens is [var first, ..] ? first : null);
        var mistake = word is not null ? $"unknown input '{word}'.{Closest.Hint(word, known)}"
            : parsed.Errors is [var error, ..] ? string.Join(' ', error.Message.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            : null;
        return mistake is null ? null : $"{mistake} See {string.Join(' ', path.Select(c => c.Name))} --help";
    }

    // --output=json, -o json and -ojson are all options.
    private static bool IsOption(string word, List<string> options) =>
        options.Contains(word.Split('=')[0]) || (word[1] != '-' && options.Contains(word[..2]));

    private static string? Explain(Exception e) => e switch
    {
        CliException => e.Message,
        SnapshotRefusedException refused => $"{refused.Message} ({refused.Code})",
        ClusterReadException failed => $"{failed.Message} ({failed.Code})",
        KubeConfigException or KubernetesClientException => $"The kubeconfig cannot be used: {e.Message}",
        IOException or UnauthorizedAccessException => e.Message,
        OperationCanceledException => "stopped.",
        _ => null,
    };
}
