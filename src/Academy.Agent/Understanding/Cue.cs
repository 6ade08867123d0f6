using System.Globalization;

namespace Academy.Agent.Understanding;

/// <summary>
/// Words that tell an intent: <c>check|grade my|the work @3</c>. They may stand in any order and a few words apart; in the order
/// written they count a little more. <c>&lt;name&gt;</c> stands for a kind or the name of an object, <c>&lt;number&gt;</c> for a number.
/// </summary>
/// <param name="Weight">What it counts; the number of its words unless the author says otherwise.</param>
public sealed record Cue(IReadOnlyList<IReadOnlyList<string>> Slots, double Weight)
{
    private const int Slack = 5;
    private const double OutOfOrder = 0.85;

    public static Cue? Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var weighted = words is [.., ['@', ..]];
        var slots = (weighted ? words[..^1] : words).Select(IReadOnlyList<string> (w) => w.Split('|', StringSplitOptions.RemoveEmptyEntries)).ToList();
        var weight = (double)slots.Count;
        return slots.Count > 0 && slots.All(s => s.Count > 0) && (!weighted || double.TryParse(words[^1][1..], NumberStyles.Float, CultureInfo.InvariantCulture, out weight))
            ? new Cue(slots, weight)
            : null;
    }

    /// <summary>How well it fits, 0 where it does not, and the index of its first word.</summary>
    public (double Score, int First) Fits(IReadOnlyList<Word> words)
    {
        var best = (Score: 0d, First: 0);
        for (var start = 0; start < words.Count; start++)
        {
            if (Fits(words, start) is { } fit && fit > best.Score)
            {
                best = (fit, start);
            }
        }

        return best;
    }

    private double? Fits(IReadOnlyList<Word> words, int start)
    {
        var end = Math.Min(words.Count, start + Slots.Count + Slack);
        Span<int> taken = stackalloc int[Slots.Count];
        var sum = 0d;
        var inOrder = true;
        for (var slot = 0; slot < Slots.Count; slot++)
        {
            var (score, at) = BestWord(words, start, end, Slots[slot], taken[..slot]);
            if (at < 0)
            {
                return null;
            }

            inOrder &= slot == 0 || at > taken[slot - 1];
            taken[slot] = at;
            sum += score;
        }

        return taken.Contains(start) ? sum / Slots.Count * Weight * (inOrder ? 1 : OutOfOrder) : null;
    }

    // The first word after the one taken before, otherwise the first one anywhere.
    private static (double Score, int At) BestWord(IReadOnlyList<Word> words, int start, int end, IReadOnlyList<string> wanted, ReadOnlySpan<int> taken)
    {
        var found = (Score: 0d, At: -1);
        var from = taken.Length == 0 ? start : taken[^1] + 1;
        for (var i = from; i < end + (from - start); i++)
        {
            var at = i < end ? i : start + (i - end);
            var score = taken.Contains(at) ? 0 : wanted.Max(w => words[at].Likeness(w));
            if (score > found.Score)
            {
                found = (score, at);
            }
        }

        return found;
    }
}
