namespace Academy.Agent.Understanding;

/// <summary>Distance of two words in typing errors: a letter more, less, or other, or two neighbours swapped (optimal string alignment).</summary>
internal static class Edits
{
    private const int Longest = 64;

    public static bool Within(string a, string b, int most) => Math.Abs(a.Length - b.Length) <= most && a.Length <= Longest && b.Length <= Longest && Count(a, b) <= most;

    private static int Count(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                table[i, j] = i == 0 || j == 0 ? i + j : Math.Min(
                    Math.Min(table[i - 1, j], table[i, j - 1]) + 1,
                    table[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
                }
            }
        }

        return table[a.Length, b.Length];
    }
}
