using System.Globalization;
using System.Text;

namespace Academy.Diagnosis;

/// <summary>Names and messages come from the cluster: before they are shown they lose what could steer the reader's program.</summary>
internal static class ShownText
{
    /// <summary>Control and invisible formatting characters and halves of surrogate pairs become spaces or U+FFFD; the rest stays.</summary>
    /// <param name="most">Longer text is cut and ends in an ellipsis.</param>
    public static string Plain(string text, int most = int.MaxValue)
    {
        var plain = new StringBuilder();
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (++count > most)
            {
                return plain.Append('…').ToString();
            }

            var hidden = Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.OtherNotAssigned;
            plain.Append(hidden ? " " : rune.ToString());
        }

        return plain.ToString();
    }

    /// <summary>What trying the fix on a copy gave, in one sentence.</summary>
    public static string Predicted(Fix fix) => fix.Predicted switch
    {
        Fix.Removes => $"would remove the cause: predicted on this snapshot, not proven. {fix.Because}",
        Fix.Remains => $"would not be enough. {fix.Because}",
        _ => $"may remove the cause: unknown. {fix.Because}",
    };

    public static string Place(string? ns, string name) => ns is null ? name : $"{ns}/{name}";
}
