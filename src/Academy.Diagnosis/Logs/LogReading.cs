using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Academy.Diagnosis.Model;

namespace Academy.Diagnosis.Logs;

/// <summary>What one container's log says about its end.</summary>
internal sealed class LogReading
{
    private const int TailLines = 300;
    private const int LongestLine = 2000;
    private static readonly bool[] Instances = [false, true];

    /// <summary>Words before a colon that are no variable: "ERROR: missing file".</summary>
    private static readonly HashSet<string> Levels = new(StringComparer.OrdinalIgnoreCase) { "error", "fatal", "warn", "warning", "info", "critical", "panic", "debug", "exception", "failed", "failure", "emerg", "alert", "config", "configuration", "file", "validation" };

    private LogReading(Pod pod, Container container, bool previous, IReadOnlyList<LogSign> signs, IReadOnlyList<string> lines)
    {
        Pod = pod;
        Container = container;
        Previous = previous;
        Signs = signs;
        Lines = lines;
    }

    public Pod Pod { get; }

    public Container Container { get; }

    public bool Previous { get; }

    public IReadOnlyList<LogSign> Signs { get; }

    /// <summary>The last lines, as they stand in the log.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>The log of the instance that failed, or of the running one where it holds more.</summary>
    public static LogReading? Of(Cluster cluster, Pod pod, Container container)
    {
        var readings = Instances
            .Select(previous => (Log: cluster.Log(pod, container.Name, previous), Previous: previous))
            .Where(item => item.Log is { Text.Length: > 0 })
            .Select(item => new LogReading(pod, container, item.Previous, Read(Tail(item.Log!.Text)), Tail(item.Log.Text)))
            .ToList();
        return readings.FirstOrDefault(reading => reading.Decisive is { Sign: not Sign.Error }) ?? readings.FirstOrDefault();
    }

    /// <summary>
    /// The sign that tells most about the end: a specific one, unless the program failed in its own code after it.
    /// Lines long before the end count only where nothing later speaks.
    /// </summary>
    public LogSign? Decisive
    {
        get
        {
            if (Signs.Count == 0)
            {
                return null;
            }

            var near = Signs.Where(sign => sign.Number >= Lines.Count - 80).ToList();
            var pool = near.Count > 0 ? near : Signs;
            var specific = pool.Where(sign => sign.Sign < Sign.Crash).ToList();
            var crash = pool.LastOrDefault(sign => sign.Sign == Sign.Crash);
            if (specific.Count == 0)
            {
                return crash is null ? pool[^1] : Headline(pool);
            }

            var last = specific[^1];
            var ownFault = pool.FirstOrDefault(sign => sign.Sign == Sign.Crash && sign.Number > last.Number + 1 && OwnFault(sign.Line));
            if (ownFault is not null)
            {
                return ownFault;
            }

            // Within the last burst of failures the most telling one speaks.
            return specific.Where(sign => sign.Number >= last.Number - 12).OrderBy(sign => sign.Sign).ThenByDescending(sign => sign.Number).First();
        }
    }

    /// <summary>How often the log says the same as this line, numbers and times aside.</summary>
    public int Times(LogSign sign)
    {
        var template = LogTemplate.Of(sign.Line);
        return Lines.Count(line => LogTemplate.Of(line) == template);
    }

    public Evidence Quote(LogSign sign) => Graph.Quote.Log(Pod, Container.Name, Previous, sign.Line);

    /// <summary>Ports the program says it listens on.</summary>
    public static IReadOnlyList<(long Port, string Line)> Listening(string text) =>
    [
        .. text.Split('\n').Take(2000)
            .Where(line => line.Length < LongestLine && !Calling(line))
            .Select(line => (Match: LogPatterns.Listening.Match(line), Line: line))
            .Where(item => item.Match.Success)
            .Select(item => (Port: long.Parse(item.Match.Groups["port"].Value, System.Globalization.CultureInfo.InvariantCulture), item.Line))
            .Where(item => item.Port is > 0 and < 65536)
            .DistinctBy(item => item.Port),
    ];

    /// <summary>Speaks of a port of someone else.</summary>
    private static bool Calling(string line) =>
        ((string[])["connect to", "connected to", "connecting to", "connection to", "connection from", "reach", "dial", "lookup", "upstream"]).Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static LogSign Headline(List<LogSign> pool)
    {
        var crashes = pool.Where(sign => sign.Sign == Sign.Crash).ToList();
        return crashes.FirstOrDefault(sign => sign.Line.Contains("panic", StringComparison.OrdinalIgnoreCase) && !sign.Line.StartsWith('\t'))
            ?? crashes.LastOrDefault(sign => !sign.Line.TrimStart().StartsWith("at ", StringComparison.Ordinal) && !sign.Line.Contains("Traceback", StringComparison.Ordinal) && !sign.Line.StartsWith("goroutine", StringComparison.Ordinal))
            ?? crashes[^1];
    }

    private static LogSign Headline(IReadOnlyList<LogSign> pool) => Headline(pool.ToList());

    private static bool OwnFault(string line) =>
        ((string[])["nil pointer", "NullPointer", "NullReference", "index out of", "SIGSEGV", "Segmentation", "AttributeError", "TypeError", "ZeroDivision", "divide by zero", "undefined method", "AssertionError"])
            .Any(word => line.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string[] Tail(string text)
    {
        var lines = text.TrimEnd().Split('\n');
        return lines.Length <= TailLines ? lines : lines[^TailLines..];
    }

    private static List<LogSign> Read(string[] lines)
    {
        var signs = new List<LogSign>();
        for (var number = 0; number < lines.Length; number++)
        {
            var line = lines[number].Length > LongestLine ? lines[number][..LongestLine] : lines[number];
            var message = Message(line.TrimEnd());
            if (Informative(line))
            {
                continue;
            }

            foreach (var (sign, pattern) in LogPatterns.All)
            {
                if (pattern.Match(message) is { Success: true } match && !(sign == Sign.BadConfig && Absent(message)) && !(sign == Sign.MissingVariable && Name(match) is { } level && Levels.Contains(level)))
                {
                    var hosts = Endpoints(message);
                    if (hosts.All(host => host.Port is null))
                    {
                        // Some clients break the sentence: the address stands in the next lines.
                        hosts.AddRange(lines.Skip(number + 1).Take(2).Where(next => next.Length < LongestLine && next.Length > 0 && char.IsWhiteSpace(next[0])).SelectMany(Endpoints));
                    }

                    signs.Add(new LogSign(sign, line, number, Name(match), hosts));
                    break;
                }
            }
        }

        return signs;
    }

    /// <summary>A configuration that cannot be read since it is not there, or not to be read, is well formed for all we know.</summary>
    private static bool Absent(string message) =>
        ((string[])["no such file", "cannot find the file", "file not found", "permission denied", "is a directory", "not exist"]).Any(word => message.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static string? Name(Match match) => match.Groups["name"] is { Success: true, Value: { Length: > 0 } name } ? name : null;

    /// <summary>The message of a structured line; other lines are their own message.</summary>
    private static string Message(string line)
    {
        var trimmed = LogPatterns.Time.Replace(line, "").TrimStart();
        if (!trimmed.StartsWith('{'))
        {
            return trimmed.Length < line.TrimStart().Length ? trimmed : line;
        }

        try
        {
            var node = JsonNode.Parse(trimmed) as JsonObject;
            var parts = ((string[])["msg", "message", "log", "event", "error", "err", "exception", "stack", "reason"]).Select(key => node.Text(key)).OfType<string>().ToList();
            return parts.Count > 0 ? string.Join(": ", parts) : line;
        }
        catch (JsonException)
        {
            return line;
        }
    }

    /// <summary>Lines whose own level says that nothing is wrong.</summary>
    private static bool Informative(string line) =>
        ((string[])["\"level\":\"info\"", "\"level\":\"debug\"", "level=info", "level=debug", " INFO ", " DEBUG ", "[INFO]", "[DEBUG]", "[info]", "[notice]"])
            .Any(level => line.Contains(level, StringComparison.Ordinal))
        && !line.Contains("error", StringComparison.OrdinalIgnoreCase) && !line.Contains("fail", StringComparison.OrdinalIgnoreCase);

    private static List<(string Host, long? Port)> Endpoints(string message)
    {
        var found = new List<(string Host, long? Port)>();
        foreach (Match match in LogPatterns.Endpoint.Matches(message))
        {
            found.Add((match.Groups["host"].Value, long.TryParse(match.Groups["port"].Value, out var port) ? port : null));
        }

        foreach (Match match in LogPatterns.NamedHost.Matches(message))
        {
            found.Add((match.Groups["host"].Value, null));
        }

        return [.. found.Where(item => item.Port != 53 && item.Host.Length > 1).Distinct()];
    }
}
