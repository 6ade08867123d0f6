using Academy.Curriculum;

namespace Academy.Features.Learning;

[Audience]
public sealed record ListCourses : IAcademyQuery<IReadOnlyList<CourseView>>;

[Audience]
public sealed record GetCourse(string CourseId) : IAcademyQuery<CourseView>;

[Audience]
public sealed record GetLesson(string CourseId, string TopicId) : IAcademyQuery<LessonView>;

[Audience]
public sealed record ListLabs(string? Level = null) : IAcademyQuery<IReadOnlyList<LabSummary>>;

[Audience]
public sealed record GetLab(string LabId) : IAcademyQuery<LabView>;

[Audience]
public sealed record ListPracticeClusters(string? LabId = null) : IAcademyQuery<IReadOnlyList<PracticeClusterView>>;

/// <summary>All of it reads the curriculum, which is in memory.</summary>
internal sealed class CatalogueHandlers(Catalog catalog) :
    IRequestHandler<ListCourses, Result<IReadOnlyList<CourseView>>>,
    IRequestHandler<GetCourse, Result<CourseView>>,
    IRequestHandler<GetLesson, Result<LessonView>>,
    IRequestHandler<ListLabs, Result<IReadOnlyList<LabSummary>>>,
    IRequestHandler<GetLab, Result<LabView>>,
    IRequestHandler<ListPracticeClusters, Result<IReadOnlyList<PracticeClusterView>>>
{
    public Task<Result<IReadOnlyList<CourseView>>> Handle(ListCourses request, CancellationToken cancellationToken) =>
        All(catalog.Courses.Select(CourseView.Of));

    public Task<Result<CourseView>> Handle(GetCourse request, CancellationToken cancellationToken) => Task.FromResult<Result<CourseView>>(
        catalog.FindCourse(request.CourseId) is { } course ? CourseView.Of(course) : Refusals.NotFound<Course>(request.CourseId));

    public Task<Result<LessonView>> Handle(GetLesson request, CancellationToken cancellationToken)
    {
        var topic = catalog.FindCourse(request.CourseId)?.Modules.SelectMany(m => m.Topics).FirstOrDefault(t => t.Id == request.TopicId);
        return Task.FromResult<Result<LessonView>>(topic is { Lesson: { } markdown }
            ? new LessonView(request.CourseId, topic.Id, topic.Number, topic.Title, markdown, topic.LabId)
            : Refusals.NotFound("lesson", request.TopicId));
    }

    public Task<Result<IReadOnlyList<LabSummary>>> Handle(ListLabs request, CancellationToken cancellationToken) => All(
        catalog.Labs
            .Where(l => request.Level is null || l.Level == request.Level)
            .Select(l => new LabSummary(l.Id, l.Version, l.Title, l.Summary, l.Minutes, l.Level, l.Steps.Count)));

    public Task<Result<LabView>> Handle(GetLab request, CancellationToken cancellationToken) => Task.FromResult<Result<LabView>>(
        catalog.FindLab(request.LabId) is { } lab ? LabView.Of(lab) : Refusals.NotFound<Lab>(request.LabId));

    public Task<Result<IReadOnlyList<PracticeClusterView>>> Handle(ListPracticeClusters request, CancellationToken cancellationToken) => All(
        catalog.PracticeClusters
            .Where(p => request.LabId is null || p.LabId == request.LabId)
            .Select(p => new PracticeClusterView(p.Id, p.Title, p.Story, p.Namespace, p.LabId, p.RepairedPath is not null)));

    private static Task<Result<IReadOnlyList<T>>> All<T>(IEnumerable<T> items) => Task.FromResult(new Result<IReadOnlyList<T>>([.. items], null));
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

internal sealed class ListLabsEndpoint(IDoor door) : DoorEndpoint<ListLabs, IReadOnlyList<LabSummary>>(door)
{
    public override void Configure() => Describe("GET", "labs", "The labs, all or of one level");
}

internal sealed class GetLabEndpoint(IDoor door) : DoorEndpoint<GetLab, LabView>(door)
{
    public override void Configure() => Describe("GET", "labs/{labId}", "One lab with its steps and checks");
}

internal sealed class ListPracticeClustersEndpoint(IDoor door) : DoorEndpoint<ListPracticeClusters, IReadOnlyList<PracticeClusterView>>(door)
{
    public override void Configure() => Describe("GET", "practice-clusters", "Recorded clusters to practise on, all or for one lab");
}
