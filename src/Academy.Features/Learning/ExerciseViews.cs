using Academy.Curriculum;

namespace Academy.Features.Learning;

/// <param name="Kind">case-study, mentoring or team.</param>
public sealed record ExerciseSummary(string Id, int Version, string Title, string Summary, string Kind, int Minutes, string Level, IReadOnlyList<string> Skills);

/// <summary>An exercise as a student sees it. The example and the guide are for those who grade.</summary>
/// <param name="Brief">The case. Markdown.</param>
/// <param name="Facilitation">For mentors: how to run it. Markdown; null for students.</param>
/// <param name="Examples">Deliverable → a good one; for mentors, null for students.</param>
public sealed record ExerciseView(
    string Id, int Version, string Title, string Summary, string Kind, int Minutes, string Level, IReadOnlyList<string> Skills, string Brief,
    IReadOnlyList<Deliverable> Deliverables, IReadOnlyList<RubricCriterion> Rubric, IReadOnlyList<ExerciseRole> Roles, int MaxPoints, int PassingScore, string Content,
    string? Facilitation, IReadOnlyDictionary<string, string>? Examples)
{
    internal static ExerciseView Of(Exercise e, bool forMentors) => new(
        e.Id, e.Version, e.Title, e.Summary, e.Kind, e.Minutes, e.Level, e.Skills, e.Brief, e.Deliverables, e.Rubric, e.Roles, e.MaxPoints, e.PassingScore, e.ContentHash,
        forMentors ? e.Facilitation : null, forMentors ? e.Examples : null);
}

/// <param name="Minutes">Honest durations of its lessons and labs together.</param>
public sealed record PathView(
    string Id, string Title, string Summary, string Audience, IReadOnlyList<string> Outcome, int Minutes, IReadOnlyList<PathTopic> Topics)
{
    internal static PathView Of(LearningPath path, Catalog catalog)
    {
        var topics = (from place in path.Topics
                      let topic = catalog.FindCourse(place.CourseId)?.FindTopic(place.TopicId)
                      where topic is not null
                      select (place.CourseId, Topic: topic)).ToList();
        return new PathView(
            path.Id, path.Title, path.Summary, path.Audience, path.Outcome,
            topics.Sum(t => t.Topic.ReadingMinutes + (t.Topic.LabId is { } lab ? catalog.FindLab(lab)?.Minutes ?? 0 : 0)
                + (t.Topic.ExerciseId is { } exercise ? catalog.FindExercise(exercise)?.Minutes ?? 0 : 0)),
            [.. topics.Select(t => new PathTopic(t.CourseId, TopicView.Of(t.Topic, catalog)))]);
    }
}

public sealed record PathTopic(string CourseId, TopicView Topic);

/// <summary>A skill, and where one learns it.</summary>
/// <param name="Topics">As <c>course/topic</c>.</param>
public sealed record SkillInCatalogue(string Id, string Title, string Area, string Description, IReadOnlyList<string> Topics, IReadOnlyList<string> Labs, IReadOnlyList<string> Exercises);
