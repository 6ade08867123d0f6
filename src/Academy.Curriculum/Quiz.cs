namespace Academy.Curriculum;

/// <summary>Questions of judgement about one topic.</summary>
/// <param name="PassingScore">Percent of the questions, 1 to 100.</param>
public sealed record Quiz(string Title, int PassingScore, IReadOnlyList<QuizQuestion> Questions)
{
    public QuizQuestion? FindQuestion(string id) => Questions.FirstOrDefault(q => q.Id == id);
}

/// <param name="Text">Markdown: a situation, and what to judge.</param>
/// <param name="Options">Three to five; at least one is correct and at least one is not.</param>
public sealed record QuizQuestion(string Id, IReadOnlyList<string> Skills, string Text, IReadOnlyList<QuizOption> Options)
{
    /// <summary>Whether several options are correct, and all of them have to be chosen.</summary>
    public bool ChooseAll => Options.Count(o => o.Correct) > 1;
}

/// <param name="Text">Markdown.</param>
/// <param name="Explanation">Why it is right or wrong. Markdown.</param>
public sealed record QuizOption(string Text, bool Correct, string Explanation);
