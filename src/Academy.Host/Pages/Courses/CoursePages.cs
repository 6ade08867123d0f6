using Academy.Domain;
using Academy.Features.Enrolling;
using Academy.Features.Learning;
using Academy.Features.Progressing;
using Academy.Host.Pages.Frame;

namespace Academy.Host.Pages.Courses;

/// <param name="Enrolment">The visitor's own, where there is one that was not withdrawn.</param>
public sealed record CourseModel(CourseView Course, EnrolmentView? Enrolment, ProgressView Progress);

/// <param name="Next">The topic after it whose lesson is written.</param>
/// <param name="Enrolled">Whether what the visitor reads is counted.</param>
/// <param name="Read">Whether the visitor has said that it is read.</param>
public sealed record LessonModel(CourseView Course, LessonView Lesson, TopicView? Next, bool Enrolled, bool Read);

internal static class CoursePages
{
    public static async Task<IResult> Course(Visitor visitor, string courseId, CancellationToken ct)
    {
        var course = await visitor.Ask(new GetCourse(courseId), ct);
        var enrolments = visitor.Is(Roles.Student) ? await visitor.Ask(new ListEnrolments(Limit: 100), ct) : null;
        var progress = await visitor.Ask(new GetProgress(), ct);
        return visitor.Show<CoursePage, CourseModel>(() =>
            new(course!, enrolments?.Items.FirstOrDefault(e => e.CourseId == courseId && !e.Withdrawn), progress!));
    }

    public static async Task<IResult> Lesson(Visitor visitor, string courseId, string topicId, CancellationToken ct)
    {
        var course = await visitor.Ask(new GetCourse(courseId), ct);
        var lesson = await visitor.Ask(new GetLesson(courseId, topicId), ct);
        var enrolments = visitor.Is(Roles.Student) ? await visitor.Ask(new ListEnrolments(Limit: 100), ct) : null;
        var enrolment = enrolments?.Items.FirstOrDefault(e => e.CourseId == courseId && !e.Withdrawn);
        return visitor.Show<LessonPage, LessonModel>(() => new(
            course!,
            lesson!,
            course!.Modules.SelectMany(m => m.Topics).SkipWhile(t => t.Id != topicId).Skip(1).FirstOrDefault(t => t.HasLesson),
            enrolment is not null,
            enrolment?.LessonsRead.Contains(topicId) == true));
    }
}
