namespace Academy.Agent.Understanding;

/// <summary>Finds what may name an object: <c>pod/web</c>, <c>the web service</c>, <c>deployment called web</c>, <c>web-7d9f</c>.</summary>
internal static class MentionReader
{
    private static readonly HashSet<string> Joining = new(["called", "named", "name", "is", "the"], StringComparer.Ordinal);

    private static readonly HashSet<string> NeverNames = new(
        [
            "my", "the", "a", "an", "this", "that", "these", "those", "is", "are", "was", "not", "and", "or", "of", "in", "on", "for", "to", "with", "why", "what", "which", "all", "any",
            "broken", "new", "old", "other", "first", "second", "last", "no", "every", "each", "some", "one", "your", "our", "its", "from", "do", "does", "did", "doesnt", "isnt", "wont", "cant",
            "can", "never", "keep", "keeps", "show", "describe", "get", "log", "logs", "still", "at", "pending", "crashing", "failing", "running", "stuck", "it", "i", "me", "be", "has", "have", "about",
            "where", "when", "how", "who", "please", "list", "see", "explain", "between", "wrong",
        ],
        StringComparer.Ordinal);

    public static IReadOnlyList<Mention> Read(IReadOnlyList<Word> words)
    {
        var mentions = new List<Mention>();
        for (var i = 0; i < words.Count; i++)
        {
            mentions.AddRange(At(words, i));
        }

        return [.. mentions.Distinct()];
    }

    private static IEnumerable<Mention> At(IReadOnlyList<Word> words, int i)
    {
        var word = words[i];
        if (word.Text.Split('/') is [var left, var right] && Kinds.FindShort(left) is { } short_)
        {
            yield return new Mention(short_, right);
        }
        else if (Kinds.Find(word.Text) is { } kind)
        {
            var after = i + 1;
            while (after < words.Count && Joining.Contains(words[after].Text) && words[after].Clause == word.Clause)
            {
                after++;
            }

            var named = false;
            if (after < words.Count && CanBeName(words[after], word, after > i + 1))
            {
                named = true;
                yield return new Mention(kind, words[after].Text);
            }

            if (i > 0 && CanBeName(words[i - 1], word, sure: true))
            {
                named = true;
                yield return new Mention(kind, words[i - 1].Text);
            }

            if (!named)
            {
                yield return new Mention(kind, null);
            }
        }
        else if (word.IsName)
        {
            yield return new Mention(null, word.Text);
        }
    }

    private static bool CanBeName(Word word, Word kind, bool sure) =>
        word.Clause == kind.Clause && !NeverNames.Contains(word.Text) && Kinds.Find(word.Text) is null && (sure || word.IsName || word.Text.Length > 1);
}
