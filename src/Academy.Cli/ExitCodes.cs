namespace Academy.Cli;

/// <summary>What a command's exit code means; scripts rely on it.</summary>
internal static class ExitCodes
{
    /// <summary>Healthy, passed, done.</summary>
    public const int Good = 0;

    /// <summary>There are findings, failed checks or problems.</summary>
    public const int Findings = 1;

    /// <summary>The command could not do its work: unknown input, unreadable file, unreachable cluster.</summary>
    public const int Error = 2;
}
