namespace Academy.Curriculum.Loading;

/// <summary>Reads <c>courses/ID/quizzes/TOPIC.yaml</c>.</summary>
internal static class QuizReader
{
    public static Quiz? Read(CurriculumFolder folder, string file, References references)
    {
        if (Section.FromFile(folder, file) is not { } root)
        {
            return null;
        }

        var questions = new List<QuizQuestion>();
        foreach (var section in root.Sections("questions"))
        {
            var id = section.NewId("question", questions.Select(q => q.Id));
            questions.Add(new QuizQuestion(id, references.SkillsOf(section, required: true), section.Text("text"), Options(section)));
            section.Done();
        }

        var quiz = new Quiz(root.Text("title"), root.Number("passingScore", 1, 100), questions);
        root.Done();
        return quiz;
    }

    private static List<QuizOption> Options(Section question)
    {
        var options = new List<QuizOption>();
        foreach (var section in question.Sections("options"))
        {
            options.Add(new QuizOption(section.Text("text"), section.Flag("correct"), section.Text("explanation")));
            section.Done();
        }

        if (options.Count is < 3 or > 5)
        {
            question.Report("options", "a question has three to five options");
        }

        if (options.All(o => o.Correct) || !options.Any(o => o.Correct))
        {
            question.Report("options", "at least one option is correct and at least one is not");
        }

        return options;
    }
}
