namespace Academy.Cli;

/// <summary>The word that was probably meant.</summary>
internal static class Closest
{
    private const int LongestWord = 64;

    /// <returns>The candidate with the fewest edits, at most a third of the word's length (at least two); null where none is near.</returns>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        if (word.Length is 0 or > LongestWord)
        {
            return null;
        }

        var near = candidates.Where(c => c.Length <= LongestWord)
            .Select(c => (Word: c, Edits: Edits(word.ToUpperInvariant(), c.ToUpperInvariant())))
            .OrderBy(c => c.Edits)
            .ThenBy(c => c.Word, StringComparer.Ordinal)
            .FirstOrDefault();
        return near.Word is not null && near.Edits <= Math.Max(2, word.Length / 3) ? near.Word : null;
    }

    public static string Hint(string word, IEnumerable<string> candidates) => To(word, candidates) is { } meant ? $" Did you mean {meant}?" : "";

    // Levenshtein's distance, one row at a time.
    private static int Edits(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (from[i - 1] == to[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
