using System.Text.RegularExpressions;

namespace Academy.Agent.Guarding;

/// <summary>Takes secrets out of running text. Linear in its length. Digests and commit ids stay: they are no secrets.</summary>
public static partial class SecretText
{
    public const string Gone = "[redacted]";

    private const RegexOptions Linear = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant;

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
    public static bool IsSecretName(string name) => SecretName.IsMatch(name);

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

    [GeneratedRegex(
        @"-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z0-9 ]*PRIVATE KEY-----|-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----[A-Za-z0-9+/=\s\\]*", Linear)]
    private static partial Regex PrivateKey { get; }

    // JSON web tokens; keys of AWS, Google, Azure, OpenAI and Anthropic, GitHub, GitLab, Slack, Hugging Face, Docker, npm, Stripe.
    [GeneratedRegex(
        @"\beyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{6,}(?:\.[A-Za-z0-9_-]*)?"
        + @"|\b(?:AKIA|ASIA|AIDA|AROA|AGPA|ABIA|ACCA)[A-Z0-9]{16}\b"
        + @"|\bAIza[A-Za-z0-9_-]{35}|\bya29\.[A-Za-z0-9_-]{20,}|\bGOCSPX-[A-Za-z0-9_-]{20,}"
        + @"|[A-Za-z0-9_~.-]{3}[0-9]Q~[A-Za-z0-9_~.-]{31,34}"
        + @"|\bsk-[A-Za-z0-9_-]{20,}|\b(?:gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,})|\bglpat-[A-Za-z0-9_-]{20,}"
        + @"|\bxox[abeprs]-[A-Za-z0-9-]{10,}|\bhf_[A-Za-z0-9]{30,}|\bdckr_pat_[A-Za-z0-9_-]{20,}|\bnpm_[A-Za-z0-9]{36}|\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}",
        Linear)]
    private static partial Regex KnownToken { get; }

    [GeneratedRegex(@"(?<scheme>\b(?:bearer|basic))\s+(?<value>[A-Za-z0-9._~+/=-]{8,})", Linear | RegexOptions.IgnoreCase)]
    private static partial Regex Authorization { get; }

    [GeneratedRegex(@"(?<user>[A-Za-z][A-Za-z0-9+.-]*://[^\s/:@""'<>]*):[^\s/@""'<>]+@", Linear)]
    private static partial Regex UrlPassword { get; }

    [GeneratedRegex(@"(?<name>\b(?:sig|X-Amz-Signature|X-Goog-Signature|AccountKey|SharedAccessKey))=[A-Za-z0-9%+/=_-]{16,}", Linear)]
    private static partial Regex UrlSignature { get; }

    private const string Words =
        "(?:[A-Za-z0-9_.-]*(?:password|passwd|pwd|passphrase|secret|token|credential|api[_-]?key|access[_-]?key|account[_-]?key|private[_-]?key|signing[_-]?key|encryption[_-]?key|auth[_-]?key)"
        + "|[A-Za-z0-9_.-]*[_-]pass|[A-Za-z0-9_.-]*connection[_-]?string)[0-9]*";

    [GeneratedRegex(@"(?<name>" + Words + @")(?<sign>\\?[""']?\s*[=:]\s*\\?[""']?)(?<value>[^\s""'\\,;&}\])]+)", Linear | RegexOptions.IgnoreCase)]
    private static partial Regex Assignment { get; }

    [GeneratedRegex("^" + Words + "$", Linear | RegexOptions.IgnoreCase)]
    private static partial Regex SecretName { get; }
}
