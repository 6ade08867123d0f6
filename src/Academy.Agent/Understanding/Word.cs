namespace Academy.Agent.Understanding;

/// <param name="Text">In lower case, without apostrophes.</param>
/// <param name="Clause">Counts the parts of the sentence: a "not" in one part says nothing about another.</param>
/// <param name="Marked">Whether it stood in backticks or quotes.</param>
public sealed record Word(string Text, int Clause, bool Marked = false)
{
    private const double Typo = 0.9;

    private static readonly HashSet<string> Turns = new(["but", "then", "instead", "rather"], StringComparer.Ordinal);

    /// <summary>Whether it looks like the name of an object rather than a word of the language.</summary>
    public bool IsName => Marked || (Text.Length > 1 && !int.TryParse(Text, out _) && Text.Any(c => c is '-' or '_' or '/' || char.IsAsciiDigit(c)) && Text.Any(char.IsAsciiLetter));

    public static IReadOnlyList<Word> Split(string text)
    {
        var words = new List<Word>();
        var word = new List<char>();
        var (clause, marked) = (0, false);
        void End()
        {
            while (word is [.., '-' or '.' or '/' or ':' or '_'])
            {
                word.RemoveAt(word.Count - 1);
            }

            if (word.Count > 0)
            {
                var read = new string([.. word]);
                clause += Turns.Contains(read) ? 1 : 0;
                words.Add(new Word(read, clause, marked));
                word.Clear();
            }
        }

        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (char.IsLetterOrDigit(c) || (word.Count > 0 && c is '-' or '_' or '/' or ':' or '.'))
            {
                word.Add(char.ToLowerInvariant(c));
            }
            else if (c is '\'' or '’' && word.Count > 0 && i + 1 < text.Length && char.IsLetter(text[i + 1]))
            {
                continue;
            }
            else
            {
                End();
                marked = c is '`' or '"' or '\'' ? !marked && text.IndexOf(c, i + 1) >= 0 : marked;
                clause += c is ',' or ';' or '!' or '?' or '(' or '\n' ? 1 : 0;
            }

            if (c == '.' && i + 1 < text.Length && char.IsWhiteSpace(text[i + 1]))
            {
                End();
                clause++;
            }
        }

        End();
        return words;
    }

    /// <summary>1 for the same word, a little less with another ending or a typing error, otherwise 0.</summary>
    public double Likeness(string wanted) => wanted switch
    {
        "<name>" => IsName || Kinds.Find(Text) is not null ? 1 : 0,
        "<number>" => int.TryParse(Text, out _) || Numbers.Read(Text) is not null ? 1 : 0,
        _ when Text[0] != wanted[0] => 0,
        _ when Text == wanted => 1,
        _ when Stem(Text) == Stem(wanted) => 0.98,
        _ when IsTypo(Text, wanted) => Typo,
        _ => 0,
    };

    private static string Stem(string word) => word switch
    {
        { Length: > 5 } when word.EndsWith("ing", StringComparison.Ordinal) => word[..^3],
        { Length: > 4 } when word.EndsWith("es", StringComparison.Ordinal) || word.EndsWith("ed", StringComparison.Ordinal) => word[..^2],
        { Length: > 3 } when word.EndsWith('s') && !word.EndsWith("ss", StringComparison.Ordinal) => word[..^1],
        _ => word,
    };

    // Short words are too near to each other: "hint" and "hit".
    private static bool IsTypo(string word, string wanted) =>
        wanted.Length >= 5 && word.Length >= 4 && Edits.Within(word, wanted, wanted.Length >= 8 ? 2 : 1);
}
