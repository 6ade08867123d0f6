namespace Academy.Curriculum.Loading;

/// <summary>Reads <c>paths/ID.yaml</c>.</summary>
internal static class PathReader
{
    public static LearningPath? Read(CurriculumFolder folder, string file, IReadOnlyList<Course> courses)
    {
        if (Section.FromFile(folder, file) is not { } section)
        {
            return null;
        }

        var path = new LearningPath(
            section.CheckId("title", Path.GetFileNameWithoutExtension(file)),
            section.Text("title"),
            section.Text("summary"),
            section.Text("audience"),
            [.. section.Texts("outcome").Select(o => o.Value)],
            Topics(section, courses));
        section.Done();
        return path;
    }

    private static List<TopicRef> Topics(Section section, IReadOnlyList<Course> courses)
    {
        var topics = new List<TopicRef>();
        foreach (var text in section.Texts("topics"))
        {
            if (text.Value.Split('/') is not [var course, var topic] || courses.FirstOrDefault(c => c.Id == course)?.FindTopic(topic) is null)
            {
                section.Report(text.At, $"there is no topic '{text.Value}'; write course/topic");
            }
            else if (topics.Any(t => t.ToString() == text.Value))
            {
                section.Report(text.At, $"topic '{text.Value}' is listed twice");
            }
            else
            {
                topics.Add(new TopicRef(course, topic));
            }
        }

        return topics;
    }
}
