using Academy.Agent.Understanding;

namespace Academy.Agent.Prompts;

/// <summary>Everything that the assistant says and listens for, as authors wrote it below <c>prompts/</c>.</summary>
/// <param name="System">The system prompt for a language model.</param>
/// <param name="Intents">What students can want, with the cues that tell it.</param>
/// <param name="Reasons">By reason code: the question to think about and the idea behind it.</param>
/// <param name="Terms">Short meanings of words of the field, by lower-case word without blanks.</param>
/// <param name="Cases">Questions with the intent they must be read as; the tests run them all.</param>
public sealed record PromptLibrary(
    Template System,
    IReadOnlyList<IntentCues> Intents,
    IReadOnlyDictionary<string, Template> Phrases,
    IReadOnlyDictionary<string, ReasonWords> Reasons,
    IReadOnlyDictionary<string, TermWords> Terms,
    IReadOnlyList<PromptCase> Cases)
{
    /// <exception cref="PromptException">Names every problem with file and line.</exception>
    public static PromptLibrary Load(string folder) => new PromptReader(folder).Read();

    public string Say(Phrase phrase, params (string Name, string? Value)[] values) => Phrases[phrase.Key].Fill(values);
}

/// <param name="Question">Rung 1: makes the student look at the right thing.</param>
/// <param name="Concept">Rung 3: the idea behind the fault.</param>
public sealed record ReasonWords(string Question, string Concept);

/// <param name="Name">As it is written properly.</param>
public sealed record TermWords(string Name, string Meaning);

/// <param name="Ask">The student's words.</param>
/// <param name="Focus">An object that must be understood to be meant, where there is one.</param>
public sealed record PromptCase(string File, int Line, string Ask, Intent Intent, string? Focus);
