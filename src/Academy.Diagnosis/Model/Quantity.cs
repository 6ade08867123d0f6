using System.Globalization;

namespace Academy.Diagnosis.Model;

/// <summary>Kubernetes quantities (<c>250m</c>, <c>64Gi</c>, <c>1e3</c>) as decimal numbers of the base unit.</summary>
internal static class Quantity
{
    private static readonly (string Suffix, decimal Factor)[] Suffixes =
    [
        ("Ki", 1024m), ("Mi", 1048576m), ("Gi", 1073741824m), ("Ti", 1099511627776m), ("Pi", 1125899906842624m), ("Ei", 1152921504606846976m),
        ("n", 0.000000001m), ("u", 0.000001m), ("m", 0.001m), ("k", 1000m), ("M", 1000000m), ("G", 1000000000m), ("T", 1000000000000m),
        ("P", 1000000000000000m), ("E", 1000000000000000000m),
    ];

    /// <summary>The amount, or null where the text is no quantity or too large to count.</summary>
    public static decimal? Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 40)
        {
            return null;
        }

        text = text.Trim();
        if (Plain(text) is { } plain)
        {
            return plain;
        }

        foreach (var (suffix, factor) in Suffixes)
        {
            if (text.EndsWith(suffix, StringComparison.Ordinal) && Plain(text[..^suffix.Length]) is { } number)
            {
                return Math.Abs(number) > 1e9m && factor > 1e9m ? null : number * factor;
            }
        }

        return null;
    }

    private static decimal? Plain(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && Math.Abs(number) < 1e19m ? number : null;
}
