namespace Academy.Clusters.Unpacking;

/// <summary>What the path of a log says: <c>logs/[NAMESPACE/]POD__CONTAINER[.previous].log</c>, at any depth.</summary>
/// <param name="Namespace">Null where the path does not say it.</param>
internal sealed record LogFile(string? Namespace, string Pod, string Container, bool Previous)
{
    public static LogFile? Of(string path)
    {
        var parts = path.Split('/');
        var logs = Array.LastIndexOf(parts, "logs");
        if (logs < 0 || parts.Length - logs is not (2 or 3) || !parts[^1].EndsWith(".log", StringComparison.Ordinal))
        {
            return null;
        }

        var name = parts[^1][..^".log".Length];
        var previous = name.EndsWith(".previous", StringComparison.Ordinal);
        name = previous ? name[..^".previous".Length] : name;
        return name.Split("__") is [{ Length: > 0 } pod, { Length: > 0 } container]
            ? new LogFile(parts.Length - logs == 3 ? parts[^2] : null, pod, container, previous)
            : null;
    }
}
