namespace Academy.Agent.Understanding;

/// <summary>What a question means.</summary>
/// <param name="All">Every intent that it shows, the clearest first; never empty.</param>
/// <param name="Mentions">Names that may be names of objects, in the order in which they stand.</param>
/// <param name="Number">The first number, such as that of a step.</param>
/// <param name="Words">The words as read.</param>
public sealed record Understood(IReadOnlyList<Intent> All, IReadOnlyList<Mention> Mentions, int? Number, IReadOnlyList<Word> Words)
{
    public Intent Main => All[0];

    /// <summary>Whether the student asked for this, be it beside something else.</summary>
    public bool Asks(Intent intent) => All.Contains(intent);
}

/// <param name="Kind">Where the student said it, or where only a kind was said.</param>
/// <param name="Name">In lower case; null where only a kind was said.</param>
public sealed record Mention(string? Kind, string? Name);
