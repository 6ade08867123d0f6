using Academy.Domain;
using Academy.Features.Learning;
using Academy.Features.Quizzing;
using Academy.Host.Pages.Frame;

namespace Academy.Host.Pages.Quizzes;

/// <param name="Sittings">The visitor's own at this quiz, newest first.</param>
public sealed record QuizModel(CourseView Course, QuizView Quiz, IReadOnlyList<SittingSummary> Sittings);

/// <param name="Mine">Whether the visitor is the student.</param>
public sealed record SittingModel(SittingView Sitting, bool Mine);

internal static class QuizPages
{
    public static async Task<IResult> Quiz(Visitor visitor, string courseId, string topicId, CancellationToken ct)
    {
        var course = await visitor.Ask(new GetCourse(courseId), ct);
        var quiz = await visitor.Ask(new GetQuiz(courseId, topicId), ct);
        var sittings = visitor.Is(Roles.Student) ? await visitor.Ask(new ListSittings(CourseId: courseId, TopicId: topicId, Limit: 20), ct) : null;
        return visitor.Show<QuizPage, QuizModel>(() => new(course!, quiz!, sittings?.Items ?? []));
    }

    public static async Task<IResult> Sitting(Visitor visitor, Guid sittingId, CancellationToken ct)
    {
        var sitting = await visitor.Ask(new GetSitting(sittingId), ct);
        return visitor.Show<SittingPage, SittingModel>(() => new(sitting!, sitting!.StudentId == visitor.Me!.Id));
    }
}
