namespace Academy.Curriculum;

/// <summary>Everything that authors wrote below <c>curriculum/</c>, validated.</summary>
public sealed record Catalog(
    IReadOnlyList<Course> Courses,
    IReadOnlyList<Lab> Labs,
    IReadOnlyList<PracticeCluster> PracticeClusters)
{
    /// <summary>What checks and questions are mapped to.</summary>
    public IReadOnlyList<Skill> Skills { get; init; } = [];

    public IReadOnlyList<LearningPath> Paths { get; init; } = [];

    public IReadOnlyList<Exercise> Exercises { get; init; } = [];

    public Skill? FindSkill(string id) => Skills.FirstOrDefault(s => s.Id == id);

    public LearningPath? FindPath(string id) => Paths.FirstOrDefault(p => p.Id == id);

    public Exercise? FindExercise(string id) => Exercises.FirstOrDefault(e => e.Id == id);

    public Course? FindCourse(string id) => Courses.FirstOrDefault(c => c.Id == id);

    public Lab? FindLab(string id) => Labs.FirstOrDefault(l => l.Id == id);

    public PracticeCluster? FindPracticeCluster(string id) => PracticeClusters.FirstOrDefault(p => p.Id == id);
}

/// <summary>A course in modules; each topic has a lesson and may have a quiz, a lab and an exercise.</summary>
public sealed record Course(string Id, string Title, string Summary, string Audience, IReadOnlyList<CourseModule> Modules)
{
    /// <summary>Changes with the course, its lessons and its quizzes: 16 hexadecimal digits.</summary>
    public string ContentHash { get; init; } = "";

    public Topic? FindTopic(string id) => Modules.SelectMany(m => m.Topics).FirstOrDefault(t => t.Id == id);
}

public sealed record CourseModule(string Id, string Title, IReadOnlyList<Topic> Topics);

/// <param name="Number">As printed, e.g. <c>1.1</c>.</param>
/// <param name="Lesson">The lesson's Markdown; null while it is not written yet.</param>
/// <param name="LabId">The lab that goes with the topic, where there is one.</param>
public sealed record Topic(string Id, string Number, string Title, string Summary, string? Lesson, string? LabId)
{
    /// <summary>A usual reader's pace with technical prose.</summary>
    private const int WordsPerMinute = 200;

    public Quiz? Quiz { get; init; }

    /// <summary>The case study, mentoring or team exercise that goes with the topic, where there is one.</summary>
    public string? ExerciseId { get; init; }

    /// <summary>Rounded up; 0 while there is no lesson.</summary>
    public int ReadingMinutes { get; } = Lesson is null
        ? 0
        : (Lesson.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length + WordsPerMinute - 1) / WordsPerMinute;
}

/// <summary>Something that one can do afterwards; checks and questions are mapped to it.</summary>
/// <param name="Area">One of <see cref="Areas"/>.</param>
/// <param name="Description">One sentence: what one can do.</param>
public sealed record Skill(string Id, string Title, string Area, string Description)
{
    public static IReadOnlyList<string> Areas { get; } =
        ["kubernetes", "ml-platforms", "networking", "observability", "delivery", "cloud", "security", "scaling", "teams"];
}

/// <summary>A way through the topics of one or several courses for one kind of learner.</summary>
/// <param name="Outcome">What one can do at its end.</param>
/// <param name="Topics">In order.</param>
public sealed record LearningPath(string Id, string Title, string Summary, string Audience, IReadOnlyList<string> Outcome, IReadOnlyList<TopicRef> Topics);

/// <summary>A topic of a course, written <c>course/topic</c>.</summary>
public sealed record TopicRef(string CourseId, string TopicId)
{
    public override string ToString() => $"{CourseId}/{TopicId}";
}
