using System.CommandLine;

namespace Academy.Cli;

/// <summary>The option that chooses between text for people, JSON for programs, and what else a command can write.</summary>
internal static class OutputFormat
{
    public static Option<string> Create(params string[] more)
    {
        string[] formats = ["text", "json", .. more];
        var option = new Option<string>("--output", "-o")
        {
            Description = $"{string.Join(", ", formats[..^1])} or {formats[^1]}",
            HelpName = string.Join('|', formats),
            DefaultValueFactory = _ => "text",
        };
        option.AcceptOnlyFromAmong(formats);
        return option;
    }
}
