namespace Academy.Diagnosis.Graph;

/// <summary>How alike two names are: for slips of the keyboard and of memory.</summary>
internal static class Likeness
{
    private const int Longest = 80;

    /// <summary>The name most like the wanted one, or null where none is alike enough to be meant.</summary>
    public static string? Closest(string wanted, IEnumerable<string> names) =>
        names.Where(name => name != wanted)
            .Select(name => (Name: name, Score: Score(wanted, name)))
            .Where(item => item.Score >= 0.5)
            .OrderByDescending(item => item.Score)
            .ThenBy(item => item.Name, StringComparer.Ordinal)
            .Select(item => item.Name)
            .FirstOrDefault();

    /// <summary>From 0 (nothing in common) to 1 (the same).</summary>
    public static double Score(string left, string right)
    {
        if (left.Length is 0 or > Longest || right.Length is 0 or > Longest)
        {
            return 0;
        }

        var spelled = 1 - (Distance(left, right) / (double)Math.Max(left.Length, right.Length));
        var words = Words(left).Intersect(Words(right)).Count() / (double)Math.Max(Words(left).Count, Words(right).Count);
        return Math.Max(spelled, words);
    }

    public static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j] + 1, row[j - 1] + 1), diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[right.Length];
    }

    private static HashSet<string> Words(string name) => [.. name.Split('-', '_', '.', ' ').Where(word => word.Length > 1)];
}
