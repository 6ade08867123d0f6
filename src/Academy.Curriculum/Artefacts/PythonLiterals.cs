using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Academy.Curriculum.Artefacts;

/// <summary>What numbers and texts of Python stand for.</summary>
internal static class PythonLiterals
{
    public static JsonNode? Number(string text)
    {
        var plain = text.Replace("_", "", StringComparison.Ordinal);
        var culture = CultureInfo.InvariantCulture;
        return long.TryParse(plain, NumberStyles.None, culture, out var whole) ? JsonValue.Create(whole)
            : double.TryParse(plain, NumberStyles.Float, culture, out var real) && double.IsFinite(real) ? JsonValue.Create(real)
            : null;
    }

    public static string Unescaped(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '\\' || at + 1 == text.Length)
            {
                plain.Append(text[at]);
                continue;
            }

            var next = text[++at];
            _ = next switch
            {
                'n' => plain.Append('\n'),
                't' => plain.Append('\t'),
                '\n' => plain,
                '\\' or '\'' or '"' => plain.Append(next),
                _ => plain.Append('\\').Append(next),
            };
        }

        return plain.ToString();
    }
}
