using Academy.Curriculum;

namespace Academy.Features.Learning;

public sealed record CourseView(string Id, string Title, string Summary, string Audience, IReadOnlyList<ModuleView> Modules)
{
    /// <summary>Hash of this content.</summary>
    public string Content { get; init; } = "";

    internal static CourseView Of(Course course, Catalog catalog) => new(
        course.Id, course.Title, course.Summary, course.Audience,
        [.. course.Modules.Select(m => new ModuleView(m.Id, m.Title, [.. m.Topics.Select(t => TopicView.Of(t, catalog))]))])
    {
        Content = course.ContentHash,
    };
}

public sealed record ModuleView(string Id, string Title, IReadOnlyList<TopicView> Topics);

/// <param name="HasLesson">Whether the lesson is written.</param>
public sealed record TopicView(string Id, string Number, string Title, string Summary, bool HasLesson, string? LabId)
{
    /// <summary>0 while there is no lesson.</summary>
    public int ReadingMinutes { get; init; }

    /// <summary>How many questions its quiz has; 0 where there is no quiz.</summary>
    public int Questions { get; init; }

    public string? ExerciseId { get; init; }

    /// <summary>Of its lab, its quiz and its exercise.</summary>
    public IReadOnlyList<string> Skills { get; init; } = [];

    internal static TopicView Of(Topic t, Catalog catalog) => new(t.Id, t.Number, t.Title, t.Summary, t.Lesson is not null, t.LabId)
    {
        ReadingMinutes = t.ReadingMinutes,
        Questions = t.Quiz?.Questions.Count ?? 0,
        ExerciseId = t.ExerciseId,
        Skills = catalog.SkillsOf(t),
    };
}

/// <summary>A topic with its place.</summary>
public sealed record TopicInCourse(string CourseId, string ModuleId, string ModuleTitle, TopicView Topic);

/// <param name="Markdown">As the author wrote it.</param>
public sealed record LessonView(string CourseId, string TopicId, string Number, string Title, string Markdown, string? LabId)
{
    /// <summary>Hash of the course that this lesson is from.</summary>
    public string Content { get; init; } = "";

    /// <summary>Whether the course in use is another.</summary>
    public bool ContentChanged { get; init; }

    public int ReadingMinutes { get; init; }

    public bool HasQuiz { get; init; }

    public string? ExerciseId { get; init; }
}

/// <summary>A lab as a student sees it: without its faults, its solution, and the hints not taken yet.</summary>
/// <param name="MaxRung">Highest rung of a hint that may be asked for, 0 to 5.</param>
/// <param name="Start">The manifests to begin with.</param>
public sealed record LabView(
    string Id,
    int Version,
    string Title,
    string Summary,
    string Namespace,
    int Minutes,
    string Level,
    IReadOnlyList<string> Objectives,
    string Instructions,
    string CleanUp,
    string Cost,
    int MaxRung,
    IReadOnlyList<LabStepView> Steps,
    IReadOnlyList<LabManifest> Start)
{
    /// <summary>Hash of this content.</summary>
    public string Content { get; init; } = "";

    /// <summary>Whether the lab in use is another.</summary>
    public bool ContentChanged { get; init; }

    public IReadOnlyList<string> Skills { get; init; } = [];

    /// <summary>Percent of the points, 1 to 100, that pass the lab; 100 asks for every step.</summary>
    public int PassingScore { get; init; }

    /// <summary>How often it may be begun; null: as often as one likes.</summary>
    public int? Attempts { get; init; }

    /// <summary>Percent of a step's points that rung 1, 2, … costs.</summary>
    public IReadOnlyList<int> HintPrices { get; init; } = [];

    public bool Exam { get; init; }

    public bool Assistant { get; init; }

    /// <summary>False for a lab that is checked by its artefacts alone.</summary>
    public bool NeedsCluster { get; init; }

    /// <summary>Empty for a lab on one cluster; otherwise the first is the main one.</summary>
    public IReadOnlyList<LabCluster> Clusters { get; init; } = [];

    /// <summary>Files that are handed in.</summary>
    public IReadOnlyList<LabArtefact> Artefacts { get; init; } = [];

    internal static LabView Of(Lab lab, bool contentChanged = false) => new(
        lab.Id, lab.Version, lab.Title, lab.Summary, lab.Namespace, lab.Minutes, lab.Level, lab.Objectives, lab.Instructions, lab.CleanUp, lab.Cost,
        lab.Policy.Exam ? 0 : lab.Hints.MaxRung,
        [.. lab.Steps.Select(s => new LabStepView(s.Id, s.Title, s.Instructions, s.Needs, [.. s.Checks.Select(c => new LabCheckView(c.Id, c.Title, c.Points))]))],
        lab.Start)
    {
        Content = lab.ContentHash,
        ContentChanged = contentChanged,
        Skills = lab.Skills,
        PassingScore = lab.PassingScore,
        Attempts = lab.Attempts,
        HintPrices = lab.Hints.Prices,
        Exam = lab.Policy.Exam,
        Assistant = lab.Policy is { Assistant: true, Exam: false },
        NeedsCluster = lab.NeedsCluster,
        Clusters = lab.Clusters,
        Artefacts = lab.Artefacts,
    };
}

public sealed record LabStepView(string Id, string Title, string Instructions, IReadOnlyList<string> Needs, IReadOnlyList<LabCheckView> Checks);

public sealed record LabCheckView(string Id, string Title, int Points);

public sealed record LabSummary(string Id, int Version, string Title, string Summary, int Minutes, string Level, int Steps)
{
    public IReadOnlyList<string> Skills { get; init; } = [];

    public bool Exam { get; init; }
}

public sealed record PracticeClusterView(string Id, string Title, string Story, string Namespace, string? LabId, bool CanBeRepaired);
