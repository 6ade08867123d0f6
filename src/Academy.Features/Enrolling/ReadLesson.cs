using Academy.Domain.Enrolments;
using Academy.Features.Progressing;
using Academy.Features.Publishing;

namespace Academy.Features.Enrolling;

/// <summary>A student says that the lesson of a topic is read.</summary>
[Audience(Roles.Student)]
public sealed record ReadLesson(string CourseId, string TopicId) : IAcademyCommand<EnrolmentView>;

internal sealed class ReadLessonHandler(IDocumentSession session, IActor actor, Contents contents, CompletionReaction completion, TimeProvider clock)
    : IRequestHandler<ReadLesson, Result<EnrolmentView>>
{
    public async Task<Result<EnrolmentView>> Handle(ReadLesson request, CancellationToken cancellationToken)
    {
        var id = Ids.From("enrolment", actor.Tenant, actor.Id, request.CourseId);
        var enrolment = await session.LoadAsync<Enrolment>(id, cancellationToken);
        var course = await contents.Course(request.CourseId, enrolment?.CourseHash, cancellationToken);
        if (course?.FindTopic(request.TopicId)?.Lesson is null)
        {
            return Refusals.NotFound("lesson", request.TopicId);
        }

        if (enrolment is null)
        {
            return new Refusal(RefusalKind.Conflict, "enrolment.missing", $"Enrol in {request.CourseId} first; then what you read is counted.");
        }

        completion.Announce(session, actor.Tenant, actor.Id);
        return await session.Decide<Enrolment, EnrolmentView>(
            id, actor, e => e.ReadLesson(request.TopicId, clock.GetUtcNow()), e => EnrolmentView.Of(e, contents), cancellationToken);
    }
}

internal sealed class ReadLessonEndpoint(IDoor door) : DoorEndpoint<ReadLesson, EnrolmentView>(door)
{
    public override void Configure() => Describe("POST", "courses/{courseId}/lessons/{topicId}/read", "A student says that a lesson is read");
}
