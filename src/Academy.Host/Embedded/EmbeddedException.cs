namespace Academy.Host.Embedded;

/// <summary>A start that cannot go on. The message says what to do; the program prints it and ends with the code.</summary>
public sealed class EmbeddedException(string message, int exitCode = 1) : Exception(message)
{
    /// <summary>Another run holds the data folder.</summary>
    public const int AlreadyRuns = 3;

    public int ExitCode { get; } = exitCode;
}
