using System.Text.RegularExpressions;

namespace Academy.Agent.Guarding;

/// <summary>
/// Takes secrets out of running text. Digests and commit ids stay: they are no secrets. Every pattern begins with something rare and
/// repeats within bounds, so that the time grows with the length of the text and no faster.
/// </summary>
public static partial class SecretText
{
    public const string Gone = "[redacted]";

    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;
    private const int LongestName = 253;

    // One of these is in every name that the assignments look for; most text has none.
    private static readonly string[] Stems = ["pass", "pwd", "secret", "token", "credential", "key", "connection"];

    private static readonly HashSet<string> NoSecrets = new(
        ["", "true", "false", "null", "none", "<none>", "<nil>", "nil", "<unset>", "<empty>", "<redacted>", "redacted", "***", Gone, "required", "missing", "invalid", "empty"],
        StringComparer.OrdinalIgnoreCase);

    public static string Redact(string text)
    {
        var clean = PrivateKey.Replace(text, Gone);
        clean = KnownToken.Replace(clean, Gone);
        clean = Authorization.Replace(clean, m => IsOpaque(m.Groups["value"].Value) ? $"{m.Groups["scheme"].Value} {Gone}" : m.Value);
        clean = clean.Contains('@') ? UrlPassword.Replace(clean, m => $"{m.Groups["user"].Value}:{Gone}@") : clean;
        clean = UrlSignature.Replace(clean, m => $"{m.Groups["name"].Value}={Gone}");
        return Array.Exists(Stems, s => clean.Contains(s, StringComparison.OrdinalIgnoreCase)) ? Assignment.Replace(clean, m => Assigned(m, clean)) : clean;
    }

    /// <summary>Whether something of this name holds a secret: <c>DB_PASSWORD</c>, <c>apiKey</c>; not <c>secretName</c>, <c>max_tokens</c>.</summary>
    public static bool IsSecretName(string name) => name.Length <= LongestName && SecretName.IsMatch(name);

    private static string Assigned(Match match, string all)
    {
        var value = match.Groups["value"].Value;
        var after = match.Index + match.Length;
        var byColon = match.Groups["sign"].Value.Contains(':');
        var stands = after >= all.Length || all[after] is '"' or '\'' or ',' or ';' or '}' or ']' or '&' or '\n' or '\r' or '\\' or ')';

        // "token: invalid signature" is a sentence; "token: abc123" at the end of a line is a value.
        var isValue = !byColon || stands || value.Any(char.IsAsciiDigit);
        return NoSecrets.Contains(value) || value.StartsWith("$(", StringComparison.Ordinal) || value.StartsWith("${", StringComparison.Ordinal) || !isValue
            ? match.Value
            : $"{match.Groups["name"].Value}{match.Groups["sign"].Value}{Gone}";
    }

    private static bool IsOpaque(string value) => value.Length >= 8 && value.Any(c => char.IsAsciiDigit(c) || c is '=' or '+' or '_' || char.IsAsciiLetterUpper(c)) && value.Any(char.IsAsciiLetterLower);

    // Begins to its end mark, or as far as it looks like a key where the end was cut off.
    [GeneratedRegex(@"-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY-----([A-Za-z0-9+/=\\\s:,]|-(?!----))*(-----END [A-Z0-9 ]{0,40}PRIVATE KEY-----)?", Plain)]
    private static partial Regex PrivateKey { get; }

    // JSON web tokens; keys of AWS, Google, Azure, OpenAI and Anthropic, GitHub, GitLab, Slack, Hugging Face, Docker, npm, Stripe.
    [GeneratedRegex(
        @"\beyJ[A-Za-z0-9_-]{6,2048}\.[A-Za-z0-9_-]{6,4096}(\.[A-Za-z0-9_-]{0,1024})?"
        + @"|\b(AKIA|ASIA|AIDA|AROA|AGPA|ABIA|ACCA)[A-Z0-9]{16}\b"
        + @"|\bAIza[A-Za-z0-9_-]{35}|\bya29\.[A-Za-z0-9_-]{20,1024}|\bGOCSPX-[A-Za-z0-9_-]{20,64}"
        + @"|[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}"
        + @"|\bsk-[A-Za-z0-9_-]{20,256}|\b(gh[pousr]_[A-Za-z0-9]{30,256}|github_pat_[A-Za-z0-9_]{30,256})|\bglpat-[A-Za-z0-9_-]{20,64}"
        + @"|\bxox[abeprs]-[A-Za-z0-9-]{10,256}|\bhf_[A-Za-z0-9]{30,64}|\bdckr_pat_[A-Za-z0-9_-]{20,64}|\bnpm_[A-Za-z0-9]{36}|\b[rs]k_(live|test)_[A-Za-z0-9]{16,128}",
        Plain)]
    private static partial Regex KnownToken { get; }

    [GeneratedRegex(@"(?<scheme>\b(bearer|basic))\s{1,4}(?<value>[A-Za-z0-9._~+/=-]{8,4096})", Plain | RegexOptions.IgnoreCase)]
    private static partial Regex Authorization { get; }

    [GeneratedRegex(@"(?<user>://[^\s/:@""'<>]{0,128}):[^\s/@""'<>]{1,256}@", Plain)]
    private static partial Regex UrlPassword { get; }

    [GeneratedRegex(@"\b(?<name>sig|X-Amz-Signature|X-Goog-Signature|AccountKey|SharedAccessKey)=[A-Za-z0-9%+/=_-]{16,512}", Plain)]
    private static partial Regex UrlSignature { get; }

    private const string Endings =
        "(password|passwd|pwd|passphrase|secret|token|credential|api[_-]?key|access[_-]?key|account[_-]?key|private[_-]?key|signing[_-]?key|encryption[_-]?key|auth[_-]?key|[_-]pass|connection[_-]?string)[0-9]{0,4}";

    [GeneratedRegex("(?<name>" + Endings + @")(?<sign>\\?[""']?\s{0,4}[=:]\s{0,4}\\?[""']?)(?<value>[^\s""'\\,;&}\])]{1,4096})", Plain | RegexOptions.IgnoreCase)]
    private static partial Regex Assignment { get; }

    [GeneratedRegex(Endings + "$", Plain | RegexOptions.IgnoreCase)]
    private static partial Regex SecretName { get; }
}
