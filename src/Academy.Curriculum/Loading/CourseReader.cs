namespace Academy.Curriculum.Loading;

/// <summary>Reads <c>courses/ID/course.yaml</c> and the lessons beside it.</summary>
internal sealed class CourseReader(CurriculumFolder folder, string path, References references)
{
    private readonly HashSet<string> _topics = new(StringComparer.Ordinal);
    private readonly HashSet<string> _numbers = new(StringComparer.Ordinal);

    public Course? Read()
    {
        if (Section.FromFile(folder, $"{path}/course.yaml") is not { } section)
        {
            return null;
        }

        var course = new Course(
            section.CheckId("title", Path.GetFileName(path)),
            section.Text("title"),
            section.Text("summary"),
            section.Text("audience"),
            [.. section.Sections("modules").Select(Module)])
        {
            ContentHash = folder.Hash(folder.AllFiles(path)),
        };
        section.Done();
        Strangers("lessons", "lesson");
        Strangers("quizzes", "quiz");

        return course;
    }

    private void Strangers(string part, string thing)
    {
        foreach (var file in folder.Files($"{path}/{part}", "*").Where(f => !_topics.Contains(Path.GetFileNameWithoutExtension(f))))
        {
            folder.Problems.Add(file, $"course.yaml has no topic with the name of this {thing}");
        }
    }

    private CourseModule Module(Section section)
    {
        var module = new CourseModule(section.Id("id"), section.Text("title"), [.. section.Sections("topics").Select(Topic)]);
        section.Done();
        return module;
    }

    private Topic Topic(Section section)
    {
        var (id, number, lab) = (section.Id("id"), section.Text("number"), section.OptionalText("lab"));
        if (!_topics.Add(id))
        {
            section.Report("id", $"topic '{id}' is given twice");
        }

        if (!_numbers.Add(number))
        {
            section.Report("number", $"number {number} is given twice");
        }

        if (lab is not null && !references.Labs.Contains(lab))
        {
            section.Report("lab", $"there is no lab '{lab}'");
        }

        var exercise = section.OptionalText("exercise");
        if (exercise is not null && !references.Exercises.Contains(exercise))
        {
            section.Report("exercise", $"there is no exercise '{exercise}'");
        }

        var (lesson, quiz) = ($"{path}/lessons/{id}.md", $"{path}/quizzes/{id}.yaml");
        var topic = new Topic(id, number, section.Text("title"), section.Text("summary"), folder.HasFile(lesson) ? folder.Markdown(lesson) : null, lab)
        {
            ExerciseId = exercise,
            Quiz = folder.HasFile(quiz) ? QuizReader.Read(folder, quiz, references) : null,
        };
        section.Done();
        return topic;
    }
}
