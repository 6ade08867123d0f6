namespace Academy.Curriculum.Loading;

/// <summary>Reads <c>courses/ID/course.yaml</c> and the lessons beside it.</summary>
internal sealed class CourseReader(CurriculumFolder folder, string path, IReadOnlySet<string> labs)
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
            [.. section.Sections("modules").Select(Module)]);
        section.Done();
        foreach (var lesson in folder.Files($"{path}/lessons", "*").Where(f => !_topics.Contains(Path.GetFileNameWithoutExtension(f))))
        {
            folder.Problems.Add(lesson, 1, "course.yaml has no topic with the name of this lesson");
        }

        return course;
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

        if (lab is not null && !labs.Contains(lab))
        {
            section.Report("lab", $"there is no lab '{lab}'");
        }

        var lesson = $"{path}/lessons/{id}.md";
        var topic = new Topic(id, number, section.Text("title"), section.Text("summary"), folder.HasFile(lesson) ? folder.Markdown(lesson) : null, lab);
        section.Done();
        return topic;
    }
}
