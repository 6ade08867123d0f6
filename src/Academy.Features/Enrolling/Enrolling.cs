using Academy.Curriculum;
using Academy.Domain.Enrolments;

namespace Academy.Features.Enrolling;

public sealed record EnrolmentView(Guid Id, Guid StudentId, string CourseId, bool Withdrawn);

[Audience(Roles.Student)]
public sealed record Enrol(string CourseId) : IAcademyCommand<EnrolmentView>;

internal sealed class EnrolHandler(IDocumentSession session, IActor actor, Catalog catalog, TimeProvider clock) : IRequestHandler<Enrol, Result<EnrolmentView>>
{
    public async Task<Result<EnrolmentView>> Handle(Enrol request, CancellationToken cancellationToken)
    {
        if (catalog.FindCourse(request.CourseId) is null)
        {
            return Refusals.NotFound<Course>(request.CourseId);
        }

        var id = Ids.From("enrolment", actor.Tenant, actor.Id, request.CourseId);
        return await session.DecideFresh<Enrolment, EnrolmentView>(
            id, e => Enrolment.Enrol(e, id, actor.Id, request.CourseId, clock.GetUtcNow()), new EnrolmentView(id, actor.Id, request.CourseId, false), cancellationToken);
    }
}

internal sealed class EnrolEndpoint(IDoor door) : DoorEndpoint<Enrol, EnrolmentView>(door)
{
    public override void Configure() => Describe("POST", "enrolments", "A student enrols in a course");
}

[Audience(Roles.Student)]
public sealed record Withdraw(Guid EnrolmentId) : IAcademyCommand<Done>;

internal sealed class WithdrawHandler(IDocumentSession session, IActor actor, TimeProvider clock) : IRequestHandler<Withdraw, Result<Done>>
{
    public async Task<Result<Done>> Handle(Withdraw request, CancellationToken cancellationToken) =>
        await session.LoadAsync<Enrolment>(request.EnrolmentId, cancellationToken) is { } mine && mine.StudentId == actor.Id
            ? await session.Decide<Enrolment>(request.EnrolmentId, actor, e => e.Withdraw(clock.GetUtcNow()), cancellationToken)
            : Refusals.NotFound<Enrolment>(request.EnrolmentId);
}

internal sealed class WithdrawEndpoint(IDoor door) : DoorEndpoint<Withdraw, Done>(door)
{
    public override void Configure() => Describe("POST", "enrolments/{enrolmentId}/withdraw", "A student leaves a course; what was done stays on record");
}

/// <param name="StudentId">Whose; the caller's own where it is not given.</param>
[Audience]
public sealed record ListEnrolments(Guid? StudentId = null, string? Cursor = null, int? Limit = null) : IAcademyQuery<Page<EnrolmentView>>, IPaged;

internal sealed class ListEnrolmentsValidator : AbstractValidator<ListEnrolments>
{
    public ListEnrolmentsValidator() => this.RulesForPaging();
}

internal sealed class ListEnrolmentsHandler(IQuerySession session, IActor actor) : IRequestHandler<ListEnrolments, Result<Page<EnrolmentView>>>
{
    public async Task<Result<Page<EnrolmentView>>> Handle(ListEnrolments request, CancellationToken cancellationToken)
    {
        var student = request.StudentId ?? actor.Id;
        return await session.MaySee(actor, student, cancellationToken)
            ? await session.Query<Enrolment>().Where(e => e.StudentId == student)
                .ToPage(request, e => new EnrolmentView(e.Id, e.StudentId, e.CourseId, e.Withdrawn), cancellationToken)
            : Refusals.NotFound("student", student);
    }
}

internal sealed class ListEnrolmentsEndpoint(IDoor door) : DoorEndpoint<ListEnrolments, Page<EnrolmentView>>(door)
{
    public override void Configure() => Describe("GET", "enrolments", "Enrolments of a student");
}
