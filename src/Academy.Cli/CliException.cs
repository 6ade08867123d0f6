namespace Academy.Cli;

/// <summary>Ends a command with exit code 2 and a message that says what to do.</summary>
internal sealed class CliException(string message) : Exception(message);
