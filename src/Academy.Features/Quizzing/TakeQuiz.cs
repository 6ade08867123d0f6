using Academy.Curriculum;
using Academy.Domain.Quizzes;
using Academy.Features.Progressing;
using Academy.Features.Publishing;

namespace Academy.Features.Quizzing;

/// <summary>A student begins a quiz; each time is a sitting of its own, with the options in another order.</summary>
[Audience(Roles.Student)]
public sealed record StartQuiz(string CourseId, string TopicId) : IAcademyCommand<SittingView>;

/// <param name="Options">Keys as this sitting shows them, e.g. <c>["b"]</c>.</param>
[Audience(Roles.Student)]
public sealed record AnswerQuestion(Guid SittingId, string QuestionId, IReadOnlyList<string> Options) : IAcademyCommand<SittingView>;

/// <summary>Ends a sitting; what is not answered counts as wrong.</summary>
[Audience(Roles.Student)]
public sealed record FinishQuiz(Guid SittingId) : IAcademyCommand<SittingView>;

internal sealed class AnswerQuestionValidator : AbstractValidator<AnswerQuestion>
{
    public AnswerQuestionValidator()
    {
        RuleFor(c => c.Options).NotEmpty().Must(o => o is null || (o.Count <= 16 && o.Distinct().Count() == o.Count)).WithMessage("Each option at most once.");
        RuleForEach(c => c.Options).Must(o => o is [>= 'a' and <= 'z']).WithMessage("The key of an option is a letter, as the question shows it.");
    }
}

internal sealed class TakeQuizHandlers(
    IDocumentSession session, IActor actor, CurriculumShelf shelf, Contents contents, CompletionReaction completion, TimeProvider clock) :
    IRequestHandler<StartQuiz, Result<SittingView>>,
    IRequestHandler<AnswerQuestion, Result<SittingView>>,
    IRequestHandler<FinishQuiz, Result<SittingView>>
{
    public Task<Result<SittingView>> Handle(StartQuiz request, CancellationToken cancellationToken)
    {
        var edition = shelf.Now;
        if (edition.Catalog.FindCourse(request.CourseId)?.FindTopic(request.TopicId)?.Quiz is not { } quiz)
        {
            return Task.FromResult<Result<SittingView>>(Refusals.NotFound("quiz", $"{request.CourseId}/{request.TopicId}"));
        }

        var now = clock.GetUtcNow();
        var started = new QuizStarted(
            Guid.CreateVersion7(now), actor.Id, request.CourseId, request.TopicId, edition.HashOf(Part.Quiz, $"{request.CourseId}/{request.TopicId}")!,
            [.. quiz.Questions.Select(q => q.Id)], quiz.PassingScore, now);
        session.Events.StartStream<QuizSitting>(started.SittingId, started);
        return Task.FromResult<Result<SittingView>>(SittingView.Of(QuizSitting.Fold(null, started)!, quiz, contentChanged: false));
    }

    public Task<Result<SittingView>> Handle(AnswerQuestion request, CancellationToken cancellationToken) =>
        Decide(request.SittingId, (sitting, quiz) => Answer(request, sitting, quiz), cancellationToken);

    public Task<Result<SittingView>> Handle(FinishQuiz request, CancellationToken cancellationToken) =>
        Decide(request.SittingId, (sitting, _) => sitting.Finish(clock.GetUtcNow()), cancellationToken);

    private Decision Answer(AnswerQuestion request, QuizSitting sitting, Quiz quiz)
    {
        if (quiz.FindQuestion(request.QuestionId) is not { } question)
        {
            return Decision.Refuse(RefusalKind.NotFound, "quiz.no-such-question", $"This quiz has no question '{request.QuestionId}'.");
        }

        var order = OptionOrder.Of(sitting.Id, question.Id, question.Options.Count);
        var places = request.Options.Select(o => o[0] - 'a').ToList();
        if (places.Any(p => p >= order.Count))
        {
            return Decision.Refuse(RefusalKind.Invalid, "quiz.no-such-option", $"This question has {order.Count} options, a to {QuestionView.KeyOf(order.Count - 1)}.");
        }

        var right = Enumerable.Range(0, question.Options.Count).Where(i => question.Options[i].Correct).ToList();
        return sitting.Answer(question.Id, [.. places.Select(p => order[p])], right, question.Skills, clock.GetUtcNow());
    }

    private async Task<Result<SittingView>> Decide(Guid id, Func<QuizSitting, Quiz, Decision> decide, CancellationToken ct)
    {
        var mine = await session.LoadAsync<QuizSitting>(id, ct);
        if (mine is null || mine.StudentId != actor.Id)
        {
            return Refusals.NotFound("sitting", id);
        }

        if (await contents.Quiz(mine.CourseId, mine.TopicId, mine.ContentHash, ct) is not { } quiz)
        {
            return Refusals.NotFound("quiz", $"{mine.CourseId}/{mine.TopicId}");
        }

        var reply = await session.Decide<QuizSitting, QuizSitting>(id, actor, s => decide(s, quiz), s => s, ct);
        if (reply.Value is not { } after)
        {
            return reply.Refusal!;
        }

        if (after.Passed)
        {
            completion.Announce(session, actor.Tenant, after.StudentId);
        }

        return SittingView.Of(after, quiz, contents.HasChanged(Part.Quiz, $"{after.CourseId}/{after.TopicId}", after.ContentHash));
    }
}

internal sealed class StartQuizEndpoint(IDoor door) : DoorEndpoint<StartQuiz, SittingView>(door)
{
    public override void Configure() => Describe("POST", "sittings", "A student begins the quiz of a topic");
}

internal sealed class AnswerQuestionEndpoint(IDoor door) : DoorEndpoint<AnswerQuestion, SittingView>(door)
{
    public override void Configure() => Describe("POST", "sittings/{sittingId}/answers", "Answers a question, and tells of every option why it is right or wrong");
}

internal sealed class FinishQuizEndpoint(IDoor door) : DoorEndpoint<FinishQuiz, SittingView>(door)
{
    public override void Configure() => Describe("POST", "sittings/{sittingId}/finish", "Ends a sitting; what is not answered counts as wrong");
}
