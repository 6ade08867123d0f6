using Academy.Curriculum;
using Academy.Features.Publishing;

namespace Academy.Features.Learning;

[Audience]
public sealed record ListCourses : IAcademyQuery<IReadOnlyList<CourseView>>;

/// <param name="Content">Hash of an older content that somebody is held to; the one in use where it is not given.</param>
[Audience]
public sealed record GetCourse(string CourseId, string? Content = null) : IAcademyQuery<CourseView>;

/// <param name="Content">Hash of the course, for the lesson as an enrolment is held to it; the one in use where it is not given.</param>
[Audience]
public sealed record GetLesson(string CourseId, string TopicId, string? Content = null) : IAcademyQuery<LessonView>;

/// <summary>Topics of all courses, by what one learns or does there.</summary>
/// <param name="Has">One of lesson, quiz, lab, exercise.</param>
[Audience]
public sealed record ListTopics(string? CourseId = null, string? ModuleId = null, string? Skill = null, string? Has = null) : IAcademyQuery<IReadOnlyList<TopicInCourse>>;

internal sealed class ListTopicsValidator : AbstractValidator<ListTopics>
{
    public ListTopicsValidator() => RuleFor(q => q.Has).Must(h => h is null or "lesson" or "quiz" or "lab" or "exercise").WithMessage("One of lesson, quiz, lab, exercise.");
}

/// <summary>All of it reads the curriculum, which is in memory; older contents come from where they are kept.</summary>
internal sealed class CatalogueHandlers(Catalog catalog, Contents contents) :
    IRequestHandler<ListCourses, Result<IReadOnlyList<CourseView>>>,
    IRequestHandler<GetCourse, Result<CourseView>>,
    IRequestHandler<GetLesson, Result<LessonView>>,
    IRequestHandler<ListTopics, Result<IReadOnlyList<TopicInCourse>>>
{
    public Task<Result<IReadOnlyList<CourseView>>> Handle(ListCourses request, CancellationToken cancellationToken) =>
        Task.FromResult(new Result<IReadOnlyList<CourseView>>([.. catalog.Courses.Select(c => CourseView.Of(c, catalog))], null));

    public async Task<Result<CourseView>> Handle(GetCourse request, CancellationToken cancellationToken) =>
        await Course(request.CourseId, request.Content, cancellationToken) is { } course ? CourseView.Of(course, catalog) : Refusals.NotFound<Course>(request.CourseId);

    public async Task<Result<LessonView>> Handle(GetLesson request, CancellationToken cancellationToken)
    {
        var course = await Course(request.CourseId, request.Content, cancellationToken);
        return course?.FindTopic(request.TopicId) is { Lesson: { } markdown } topic
            ? new LessonView(course.Id, topic.Id, topic.Number, topic.Title, markdown, topic.LabId)
            {
                Content = course.ContentHash,
                ContentChanged = contents.HasChanged(Part.Course, course.Id, course.ContentHash),
                ReadingMinutes = topic.ReadingMinutes,
                HasQuiz = topic.Quiz is not null,
                ExerciseId = topic.ExerciseId,
            }
            : Refusals.NotFound("lesson", request.TopicId);
    }

    public Task<Result<IReadOnlyList<TopicInCourse>>> Handle(ListTopics request, CancellationToken cancellationToken) => Task.FromResult(new Result<IReadOnlyList<TopicInCourse>>(
    [
        .. from course in catalog.Courses
           where request.CourseId is null || course.Id == request.CourseId
           from module in course.Modules
           where request.ModuleId is null || module.Id == request.ModuleId
           from topic in module.Topics
           let view = TopicView.Of(topic, catalog)
           where (request.Skill is null || view.Skills.Contains(request.Skill)) && Offers(topic, request.Has)
           select new TopicInCourse(course.Id, module.Id, module.Title, view),
    ], null));

    private static bool Offers(Topic topic, string? what) => what switch
    {
        "lesson" => topic.Lesson is not null,
        "quiz" => topic.Quiz is not null,
        "lab" => topic.LabId is not null,
        "exercise" => topic.ExerciseId is not null,
        _ => true,
    };

    // A content that is asked for by its hash is that one, or none.
    private async Task<Course?> Course(string id, string? hash, CancellationToken ct) =>
        await contents.Course(id, hash, ct) is { } course && (hash is null || course.ContentHash == hash) ? course : null;
}

internal sealed class ListCoursesEndpoint(IDoor door) : DoorEndpoint<ListCourses, IReadOnlyList<CourseView>>(door)
{
    public override void Configure() => Describe("GET", "courses", "The courses with their modules and topics");
}

internal sealed class GetCourseEndpoint(IDoor door) : DoorEndpoint<GetCourse, CourseView>(door)
{
    public override void Configure() => Describe("GET", "courses/{courseId}", "One course");
}

internal sealed class GetLessonEndpoint(IDoor door) : DoorEndpoint<GetLesson, LessonView>(door)
{
    public override void Configure() => Describe("GET", "courses/{courseId}/lessons/{topicId}", "The lesson of a topic, as Markdown");
}

internal sealed class ListTopicsEndpoint(IDoor door) : DoorEndpoint<ListTopics, IReadOnlyList<TopicInCourse>>(door)
{
    public override void Configure() => Describe("GET", "topics", "Topics of all courses, by course, module, skill, or what there is to do");
}
