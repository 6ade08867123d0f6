using System.Globalization;

namespace Academy.Agent.Understanding;

/// <summary>Numbers as students write them: 3, 3rd, third, three.</summary>
internal static class Numbers
{
    private static readonly string[] Cardinal = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    private static readonly string[] Ordinal = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];

    public static int? Read(string word)
    {
        var digits = word.TrimEnd('s', 't', 'n', 'd', 'r', 'h');
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and < 100 ? number
            : Array.IndexOf(Cardinal, word) is >= 0 and var c ? c + 1
            : Array.IndexOf(Ordinal, word) is >= 0 and var o ? o + 1
            : null;
    }
}
