namespace Academy.Agent.Prompts;

/// <summary>Terms are found without regard to case, blanks and hyphens: "crash loop back-off" is CrashLoopBackOff.</summary>
internal static class TermKey
{
    public static string Of(string term) => string.Concat(term.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant));
}
