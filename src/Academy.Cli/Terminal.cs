namespace Academy.Cli;

/// <summary>Where a command reads and writes.</summary>
/// <param name="Colour">Whether output may be coloured: on a terminal, unless NO_COLOR is set (no-color.org).</param>
internal sealed record Terminal(TextWriter Out, TextWriter Error, Func<Stream> In, bool Colour)
{
    public static Terminal OfProcess() => new(
        Console.Out,
        Console.Error,
        Console.OpenStandardInput,
        !Console.IsOutputRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb");
}
