using Academy.Domain.Quizzes;
using Academy.Features.Publishing;

namespace Academy.Features.Quizzing;

[Audience]
public sealed record ListQuizzes(string? CourseId = null, string? Skill = null) : IAcademyQuery<IReadOnlyList<QuizView>>;

[Audience]
public sealed record GetQuiz(string CourseId, string TopicId) : IAcademyQuery<QuizView>;

[Audience]
public sealed record GetSitting(Guid SittingId) : IAcademyQuery<SittingView>;

/// <param name="StudentId">Whose; the caller's own where it is not given.</param>
[Audience]
public sealed record ListSittings(
    Guid? StudentId = null, string? CourseId = null, string? TopicId = null, bool? Passed = null, string? Cursor = null, int? Limit = null)
    : IAcademyQuery<Page<SittingSummary>>, IPaged;

internal sealed class ListSittingsValidator : AbstractValidator<ListSittings>
{
    public ListSittingsValidator() => this.RulesForPaging();
}

internal sealed class ReadQuizzesHandlers(IQuerySession session, IActor actor, CurriculumShelf shelf, Contents contents) :
    IRequestHandler<ListQuizzes, Result<IReadOnlyList<QuizView>>>,
    IRequestHandler<GetQuiz, Result<QuizView>>,
    IRequestHandler<GetSitting, Result<SittingView>>,
    IRequestHandler<ListSittings, Result<Page<SittingSummary>>>
{
    public Task<Result<IReadOnlyList<QuizView>>> Handle(ListQuizzes request, CancellationToken cancellationToken) => Task.FromResult(new Result<IReadOnlyList<QuizView>>(
        [.. All().Where(q => (request.CourseId is null || q.CourseId == request.CourseId) && (request.Skill is null || q.Skills.Contains(request.Skill)))], null));

    public Task<Result<QuizView>> Handle(GetQuiz request, CancellationToken cancellationToken) => Task.FromResult<Result<QuizView>>(
        All().FirstOrDefault(q => q.CourseId == request.CourseId && q.TopicId == request.TopicId) is { } quiz ? quiz : Refusals.NotFound("quiz", request.TopicId));

    public async Task<Result<SittingView>> Handle(GetSitting request, CancellationToken cancellationToken)
    {
        if (await session.LoadAsync<QuizSitting>(request.SittingId, cancellationToken) is not { } sitting || !await session.MaySee(actor, sitting.StudentId, cancellationToken))
        {
            return Refusals.NotFound("sitting", request.SittingId);
        }

        return await contents.Quiz(sitting.CourseId, sitting.TopicId, sitting.ContentHash, cancellationToken) is { } quiz
            ? SittingView.Of(sitting, quiz, contents.HasChanged(Part.Quiz, $"{sitting.CourseId}/{sitting.TopicId}", sitting.ContentHash))
            : Refusals.NotFound("quiz", sitting.TopicId);
    }

    public async Task<Result<Page<SittingSummary>>> Handle(ListSittings request, CancellationToken cancellationToken)
    {
        var student = request.StudentId ?? actor.Id;
        if (!await session.MaySee(actor, student, cancellationToken))
        {
            return Refusals.NotFound("student", student);
        }

        var sittings = session.Query<QuizSitting>().Where(s => s.StudentId == student);
        sittings = request.CourseId is { } course ? sittings.Where(s => s.CourseId == course) : sittings;
        sittings = request.TopicId is { } topic ? sittings.Where(s => s.TopicId == topic) : sittings;
        sittings = request.Passed is { } passed ? sittings.Where(s => s.Passed == passed) : sittings;
        return await sittings.ToPage(request, SittingSummary.Of, cancellationToken);
    }

    private IEnumerable<QuizView> All() =>
        from course in shelf.Now.Catalog.Courses
        from topic in course.Modules.SelectMany(m => m.Topics)
        let quiz = topic.Quiz
        where quiz is not null
        select new QuizView(
            course.Id, topic.Id, quiz.Title, shelf.Now.HashOf(Part.Quiz, $"{course.Id}/{topic.Id}") ?? "", quiz.PassingScore, quiz.Questions.Count,
            [.. quiz.Questions.SelectMany(q => q.Skills).Distinct().Order(StringComparer.Ordinal)]);
}

internal sealed class ListQuizzesEndpoint(IDoor door) : DoorEndpoint<ListQuizzes, IReadOnlyList<QuizView>>(door)
{
    public override void Configure() => Describe("GET", "quizzes", "The quizzes, all or of one course or skill");
}

internal sealed class GetQuizEndpoint(IDoor door) : DoorEndpoint<GetQuiz, QuizView>(door)
{
    public override void Configure() => Describe("GET", "courses/{courseId}/quizzes/{topicId}", "The quiz of a topic, without its questions");
}

internal sealed class GetSittingEndpoint(IDoor door) : DoorEndpoint<GetSitting, SittingView>(door)
{
    public override void Configure() => Describe("GET", "sittings/{sittingId}", "A sitting of a quiz; what is right is told of answered questions only");
}

internal sealed class ListSittingsEndpoint(IDoor door) : DoorEndpoint<ListSittings, Page<SittingSummary>>(door)
{
    public override void Configure() => Describe("GET", "sittings", "Sittings of a student, newest first");
}
