using System.Buffers;

namespace Academy.Curriculum;

/// <summary>A GET request to a service of the lab's namespace, through the API server's service proxy.</summary>
/// <param name="Port">Number or name.</param>
/// <param name="Path">Begins with a slash.</param>
public sealed record HttpQuestion(string Service, string Port, string Path)
{
    /// <summary>The cluster that is asked; null for the main one.</summary>
    public string? Cluster { get; init; }

    /// <summary>Why it cannot be asked; null when it can. A path that could leave the service's own is refused.</summary>
    public string? Problem => this switch
    {
        { Path: not ['/', ..] or { Length: > 500 } } => "'path' begins with a slash and has at most 500 characters",
        _ when Path.AsSpan().ContainsAnyExcept(PathSigns) || Path.Contains("..", StringComparison.Ordinal) || Path.Contains("//", StringComparison.Ordinal) =>
            "'path' holds letters, digits and the signs / - _ . ~ ? = & % + , : only, and neither '..' nor '//'",
        _ when Path.Contains("%2", StringComparison.OrdinalIgnoreCase) || Path.Contains("%5c", StringComparison.OrdinalIgnoreCase) => "'path' does not hide dots and slashes behind percent signs",
        _ when Port.Length is 0 or > 15 || Port.AsSpan().ContainsAnyExcept(PortSigns) => "'port' is a number or a name in lower case",
        _ => null,
    };

    public override string ToString() => $"{Service}:{Port}{Path}";

    private static readonly SearchValues<char> PathSigns = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/-_.~?=&%+,:");

    private static readonly SearchValues<char> PortSigns = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
}

/// <param name="Status">The HTTP status.</param>
/// <param name="Body">At most its first 64 KiB.</param>
public sealed record HttpAnswer(int Status, string Body)
{
    /// <summary>Why nobody could ask, in words for the student; null when there is an answer. A service that is down is an answer: the proxy says 502 or 503.</summary>
    public string? Failure { get; init; }

    public static HttpAnswer None(string failure) => new(0, "") { Failure = failure };
}

/// <summary>Asks a service of a live cluster; carries no state of a lab.</summary>
public interface IHttpProbe
{
    /// <returns>Always an answer; what went wrong is its <see cref="HttpAnswer.Failure"/>.</returns>
    /// <exception cref="OperationCanceledException">The caller gave up.</exception>
    Task<HttpAnswer> AskAsync(HttpQuestion question, CancellationToken ct);
}
