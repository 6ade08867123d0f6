using System.CommandLine;

namespace Academy.Cli;

/// <summary>The option that chooses between text for people and JSON for programs.</summary>
internal static class OutputFormat
{
    public static Option<string> Create()
    {
        var option = new Option<string>("--output", "-o") { Description = "text or json", HelpName = "text|json", DefaultValueFactory = _ => "text" };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }
}
