using System.Globalization;

namespace Academy.Curriculum.Checks;

/// <summary>
/// Kubernetes quantities as numbers in base units: <c>500m</c> is 0.5, <c>1Gi</c> is 1073741824.
/// The grammar is that of k8s.io/apimachinery/pkg/api/resource.
/// </summary>
internal static class Quantity
{
    private static readonly (string Suffix, double Factor)[] Suffixes =
    [
        ("Ki", 1024d), ("Mi", 1048576d), ("Gi", 1073741824d), ("Ti", 1099511627776d), ("Pi", 1125899906842624d), ("Ei", 1152921504606846976d),
        ("n", 1e-9), ("u", 1e-6), ("m", 1e-3), ("k", 1e3), ("M", 1e6), ("G", 1e9), ("T", 1e12), ("P", 1e15), ("E", 1e18),
    ];

    public static double? Parse(string? text)
    {
        if (text is null || text.Length is 0 or > 40)
        {
            return null;
        }

        foreach (var (suffix, factor) in Suffixes)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal))
            {
                return Plain(text[..^suffix.Length]) * factor;
            }
        }

        return Plain(text);
    }

    private static double? Plain(string text) =>
        text.Length > 0 && (char.IsAsciiDigit(text[0]) || text[0] is '+' or '-' or '.')
        && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? number
            : null;
}
