namespace Academy.Agent.Understanding;

/// <summary>Reads questions in forgiving English. Only the student's own words count, never what a cluster says.</summary>
public sealed class QuestionReader(IReadOnlyList<IntentCues> intents)
{
    /// <summary>Characters of a question that are read; what stands after them changes nothing.</summary>
    public const int LongestRead = 1000;

    private const double Enough = 0.85;
    private const int NegationReach = 4;

    // What does or records something must not be done where the student said not to.
    private static readonly HashSet<Intent> Negatable = [Intent.Check, Intent.Hint, Intent.Mentor, Intent.Fix];
    private static readonly HashSet<string> Negations = new(["dont", "not", "without", "no", "never", "stop", "didnt", "havent"], StringComparer.Ordinal);
    private static readonly HashSet<Intent> Coaching = [Intent.Diagnose, Intent.Fix, Intent.Hint, Intent.Confirm, Intent.Step, Intent.Check, Intent.More];

    /// <param name="earlier">The student's earlier questions, oldest first: "yes, go on" is about the last of them.</param>
    public Understood Read(string text, IReadOnlyList<string>? earlier = null)
    {
        var words = Word.Split(text.Length > LongestRead ? text[..LongestRead] : text);
        var ranked = intents
            .Select(i => (i.Intent, Score: i.Cues.Select(c => Score(c, i.Intent, words)).DefaultIfEmpty(0).Max()))
            .Where(s => s.Score >= Enough)
            .OrderByDescending(s => Math.Round(s.Score, 2)).ThenBy(s => s.Intent)
            .Select(s => s.Intent)
            .ToList();
        var mentions = MentionReader.Read(words);
        if (ranked is [Intent.More, ..] or [])
        {
            ranked = [.. FollowUp(ranked, mentions, earlier ?? []), .. ranked];
        }

        return new Understood([.. ranked.DefaultIfEmpty(Intent.Other)], mentions, words.Select(w => Numbers.Read(w.Text)).FirstOrDefault(n => n is not null), words);
    }

    private IEnumerable<Intent> FollowUp(List<Intent> ranked, IReadOnlyList<Mention> mentions, IReadOnlyList<string> earlier)
    {
        if (earlier.Count > 0 && ranked is [Intent.More, ..])
        {
            return Coaching.Contains(Read(earlier[^1], [.. earlier.SkipLast(1)]).Main) ? [Intent.Hint] : [];
        }

        // A bare name, or "and the service?", asks the same about something else.
        return mentions.Count > 0 ? [Intent.Diagnose] : [];
    }

    private static double Score(Cue cue, Intent intent, IReadOnlyList<Word> words)
    {
        var (score, first) = cue.Fits(words);
        return score > 0 && Negatable.Contains(intent) && IsNegated(words, first) ? 0 : score;
    }

    private static bool IsNegated(IReadOnlyList<Word> words, int first) =>
        Enumerable.Range(Math.Max(0, first - NegationReach), Math.Min(NegationReach, first))
            .Any(i => words[i].Clause == words[first].Clause && Negations.Contains(words[i].Text));
}
