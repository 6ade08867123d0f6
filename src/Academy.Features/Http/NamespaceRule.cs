using System.Text.RegularExpressions;

namespace Academy.Features.Http;

internal static partial class NamespaceRule
{
    /// <summary>A Kubernetes namespace name: an RFC 1123 label. None is fine too.</summary>
    public static IRuleBuilderOptions<T, string?> MustBeNamespace<T>(this IRuleBuilder<T, string?> rule) =>
        rule.Must(n => n is null || Label().IsMatch(n)).WithMessage("A namespace has at most 63 lower-case letters, digits and dashes, and begins and ends with a letter or digit.");

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\z")]
    private static partial Regex Label();
}
