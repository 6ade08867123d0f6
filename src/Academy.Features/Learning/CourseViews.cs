using Academy.Curriculum;

namespace Academy.Features.Learning;

public sealed record CourseView(string Id, string Title, string Summary, string Audience, IReadOnlyList<ModuleView> Modules)
{
    internal static CourseView Of(Course course) => new(
        course.Id, course.Title, course.Summary, course.Audience,
        [.. course.Modules.Select(m => new ModuleView(m.Id, m.Title, [.. m.Topics.Select(t => new TopicView(t.Id, t.Number, t.Title, t.Summary, t.Lesson is not null, t.LabId))]))]);
}

public sealed record ModuleView(string Id, string Title, IReadOnlyList<TopicView> Topics);

/// <param name="HasLesson">Whether the lesson is written.</param>
public sealed record TopicView(string Id, string Number, string Title, string Summary, bool HasLesson, string? LabId);

/// <param name="Markdown">As the author wrote it.</param>
public sealed record LessonView(string CourseId, string TopicId, string Number, string Title, string Markdown, string? LabId);

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
    internal static LabView Of(Lab lab) => new(
        lab.Id, lab.Version, lab.Title, lab.Summary, lab.Namespace, lab.Minutes, lab.Level, lab.Objectives, lab.Instructions, lab.CleanUp, lab.Cost,
        lab.Hints.MaxRung,
        [.. lab.Steps.Select(s => new LabStepView(s.Id, s.Title, s.Instructions, s.Needs, [.. s.Checks.Select(c => new LabCheckView(c.Id, c.Title, c.Points))]))],
        lab.Start);
}

public sealed record LabStepView(string Id, string Title, string Instructions, IReadOnlyList<string> Needs, IReadOnlyList<LabCheckView> Checks);

public sealed record LabCheckView(string Id, string Title, int Points);

public sealed record LabSummary(string Id, int Version, string Title, string Summary, int Minutes, string Level, int Steps);

public sealed record PracticeClusterView(string Id, string Title, string Story, string Namespace, string? LabId, bool CanBeRepaired);
