using Academy.Curriculum;
using Academy.Domain.Enrolments;

namespace Academy.Features.Progressing;

/// <summary>Something in a course that can be done.</summary>
/// <param name="Kind">lesson, quiz, lab or exercise.</param>
/// <param name="Id">Of the topic for a lesson and a quiz, of the lab or the exercise otherwise.</param>
public sealed record CoursePart(string TopicId, string Kind, string Id, string Title, bool Done)
{
    public const string Lesson = "lesson";
    public const string Quiz = "quiz";
    public const string Lab = "lab";
    public const string Exercise = "exercise";

    internal static IEnumerable<CoursePart> Of(Course course, Enrolment? enrolment, Feats feats, Catalog titles) =>
        course.Modules.SelectMany(m => m.Topics).SelectMany(t => Of(course.Id, t, enrolment, feats, titles));

    internal static IEnumerable<CoursePart> Of(string courseId, Topic topic, Enrolment? enrolment, Feats feats, Catalog titles)
    {
        if (topic.Lesson is not null)
        {
            yield return new(topic.Id, Lesson, topic.Id, topic.Title, enrolment?.Read.ContainsKey(topic.Id) == true);
        }

        if (topic.Quiz is { } quiz)
        {
            yield return new(topic.Id, Quiz, topic.Id, quiz.Title, feats.Quizzes.Contains((courseId, topic.Id)));
        }

        if (topic.LabId is { } lab)
        {
            yield return new(topic.Id, Lab, lab, titles.FindLab(lab)?.Title ?? lab, feats.Labs.Contains(lab));
        }

        if (topic.ExerciseId is { } exercise)
        {
            yield return new(topic.Id, Exercise, exercise, titles.FindExercise(exercise)?.Title ?? exercise, feats.Exercises.Contains(exercise));
        }
    }
}

/// <summary>What a student has passed.</summary>
internal sealed record Feats(IReadOnlySet<string> Labs, IReadOnlySet<(string Course, string Topic)> Quizzes, IReadOnlySet<string> Exercises);
