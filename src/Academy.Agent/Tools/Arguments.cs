using Academy.Features.Conversing;

namespace Academy.Agent.Tools;

/// <summary>What a model may put into a tool call: it stays in the conversation's cluster, namespace and attempt.</summary>
internal static class Arguments
{
    private const int Longest = 253;
    private const int LongestText = 500;

    /// <summary>Bounded, one line, and for all but free text only what can stand in names of Kubernetes.</summary>
    public static bool IsAcceptable(string name, string value) => name is "query" or "topic"
        ? value.Length <= LongestText && !value.Any(char.IsControl)
        : value.Length <= Longest && value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or ':' or '@');

    public static bool Leaves(string name, string value, Question question) => value.Length > 0 && Plain(name) switch
    {
        "ns" or "namespace" => question.Namespace is { } own && value != own,
        "cluster" or "clusterid" => value != question.ClusterId?.ToString(),
        "attempt" or "attemptid" => value != question.AttemptId?.ToString(),
        "student" or "studentid" or "tenant" => true,
        _ => false,
    };

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToLowerInvariant();
}
