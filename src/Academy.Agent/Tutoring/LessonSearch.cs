using Academy.Agent.Understanding;
using Academy.Features.Learning;

namespace Academy.Agent.Tutoring;

/// <summary>A part of a lesson.</summary>
/// <param name="Text">Markdown, bounded.</param>
public sealed record Passage(string CourseId, string TopicId, string Number, string Title, string Heading, string Text);

/// <summary>Finds the passages that say most about something; headings count more than text.</summary>
internal static class LessonSearch
{
    private const int Most = 3;
    private const int LongestText = 1200;
    private const int TitleWeight = 3;
    private const int HeadingWeight = 6;
    private const int MostMentions = 4;

    private static readonly HashSet<string> Common = new(
        [
            "what", "is", "are", "a", "an", "the", "how", "does", "do", "explain", "tell", "me", "about", "of", "to", "in", "on", "for", "and", "or", "why", "when", "which", "can", "you", "please",
            "work", "works", "mean", "means", "meaning", "i", "my", "we", "it", "difference", "between", "with", "concept", "idea", "understand", "dont", "kubernetes", "k8s", "should", "use", "used", "define", "exactly", "that", "this", "some", "more", "again", "whats",
        ],
        StringComparer.Ordinal);

    /// <summary>The words of a question that say what it is about.</summary>
    public static IReadOnlyList<string> Terms(string query) =>
        [.. Word.Split(query).Select(w => w.Text).Where(w => w.Length > 1 && !Common.Contains(w)).Select(Singular).Distinct().Take(8)];

    public static IReadOnlyList<Passage> Find(IReadOnlyList<LessonView> lessons, string query)
    {
        var terms = Terms(query);
        return terms.Count == 0
            ? []
            : [.. lessons.SelectMany(Passages)
                .Select(p => (Passage: p, Score: Score(p, terms)))
                .Where(s => s.Score > 0)
                .OrderByDescending(s => s.Score).ThenBy(s => s.Passage.Number, StringComparer.Ordinal)
                .Take(Most)
                .Select(s => s.Passage with { Text = Shortened(s.Passage.Text) })];
    }

    // A passage that leaves out one of the terms is worth little: it is about something else.
    private static double Score(Passage passage, IReadOnlyList<string> terms)
    {
        var (heading, title, text) = (Count(passage.Heading), Count(passage.Title), Count(passage.Text));
        var scores = terms.Select(t => (HeadingWeight * Math.Min(1, heading.GetValueOrDefault(t))) + (TitleWeight * Math.Min(1, title.GetValueOrDefault(t)))
            + Math.Min(MostMentions, text.GetValueOrDefault(t))).ToList();
        return scores.Any(s => s > 1) ? scores.Sum() * scores.Count(s => s > 0) / (double)(terms.Count * terms.Count) : 0;
    }

    private static Dictionary<string, int> Count(string text) =>
        Word.Split(text).Select(w => Singular(w.Text)).GroupBy(w => w).ToDictionary(g => g.Key, g => g.Count(), StringComparer.Ordinal);

    private static string Singular(string word) => word.Length > 3 && word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) ? word[..^1] : word;

    private static IEnumerable<Passage> Passages(LessonView lesson)
    {
        var heading = lesson.Title;
        var text = new List<string>();
        var fenced = false;
        foreach (var line in lesson.Markdown.ReplaceLineEndings("\n").Split('\n').Append("# "))
        {
            fenced ^= line.StartsWith("```", StringComparison.Ordinal);
            if (!fenced && line.StartsWith('#') && line.Contains(' '))
            {
                if (string.Join('\n', text).Trim() is { Length: > 0 } whole)
                {
                    yield return new Passage(lesson.CourseId, lesson.TopicId, lesson.Number, lesson.Title, heading, whole);
                }

                heading = line.TrimStart('#').Trim();
                text.Clear();
            }
            else
            {
                text.Add(line);
            }
        }
    }

    // Whole paragraphs; a block of code that would not fit is left out with what follows.
    private static string Shortened(string text)
    {
        var kept = "";
        foreach (var paragraph in text.Split("\n\n"))
        {
            if (kept.Length > 0 && kept.Length + paragraph.Length > LongestText)
            {
                break;
            }

            kept += (kept.Length > 0 ? "\n\n" : "") + paragraph;
        }

        kept = kept.Split("```").Length % 2 == 0 ? kept[..kept.LastIndexOf("```", StringComparison.Ordinal)].TrimEnd() : kept;
        return kept.Length <= 2 * LongestText ? kept : kept[..(2 * LongestText)] + " …";
    }
}
