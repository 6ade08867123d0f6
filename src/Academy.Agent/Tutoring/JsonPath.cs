using System.Text.RegularExpressions;

namespace Academy.Agent.Tutoring;

/// <summary>The path of a field as kubectl's jsonpath wants it.</summary>
internal static partial class JsonPath
{
    /// <param name="path">As evidence writes it: <c>conditions[Ready]</c>, <c>containers[].image</c>, <c>allocatable.nvidia.com/gpu</c>.</param>
    public static string Of(string path)
    {
        var safe = string.Concat(path.Where(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '[' or ']' or '-' or '_' or '/' or '*'));
        var keyed = MapKey.Match(safe) is { Success: true } match
            ? safe[..match.Groups["key"].Index] + match.Groups["key"].Value.Replace(".", "\\.", StringComparison.Ordinal)
            : safe;
        return Named.Replace(keyed.Replace("[]", "[*]", StringComparison.Ordinal), m => $"[?(@.type==\"{m.Groups["type"].Value}\")]");
    }

    // In these maps a key may hold dots of its own.
    [GeneratedRegex(@"(^|\.)(allocatable|capacity|requests|limits|labels|annotations|nodeSelector|matchLabels|selector|hard|used|data)\.(?<key>[^\[\]]*[./][^\[\]]*)$", RegexOptions.NonBacktracking)]
    private static partial Regex MapKey { get; }

    [GeneratedRegex(@"\[(?<type>[A-Za-z]+)\]", RegexOptions.NonBacktracking)]
    private static partial Regex Named { get; }
}
