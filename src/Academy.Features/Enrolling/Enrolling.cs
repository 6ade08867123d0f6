using Academy.Curriculum;
using Academy.Domain.Enrolments;
using Academy.Features.Publishing;

namespace Academy.Features.Enrolling;

public sealed record EnrolmentView(Guid Id, Guid StudentId, string CourseId, bool Withdrawn)
{
    /// <summary>Hash of the content that the enrolment is held to.</summary>
    public string? Content { get; init; }

    /// <summary>Whether the course has changed since. Renewing the enrolment goes over to the newer content.</summary>
    public bool ContentChanged { get; init; }

    /// <summary>When all parts were done; null before.</summary>
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>Topics whose lesson was read.</summary>
    public IReadOnlyList<string> LessonsRead { get; init; } = [];

    internal static EnrolmentView Of(Enrolment e, Contents contents) => new(e.Id, e.StudentId, e.CourseId, e.Withdrawn)
    {
        Content = e.CourseHash,
        ContentChanged = contents.HasChanged(Part.Course, e.CourseId, e.CourseHash),
        CompletedAt = e.CompletedAt,
        LessonsRead = [.. e.Read.Keys.Order(StringComparer.Ordinal)],
    };
}

[Audience(Roles.Student)]
public sealed record Enrol(string CourseId) : IAcademyCommand<EnrolmentView>;

internal sealed class EnrolHandler(IDocumentSession session, IActor actor, Catalog catalog, Contents contents, TimeProvider clock) : IRequestHandler<Enrol, Result<EnrolmentView>>
{
    public async Task<Result<EnrolmentView>> Handle(Enrol request, CancellationToken cancellationToken)
    {
        if (catalog.FindCourse(request.CourseId) is not { } course)
        {
            return Refusals.NotFound<Course>(request.CourseId);
        }

        var id = Ids.From("enrolment", actor.Tenant, actor.Id, request.CourseId);
        var stream = await session.Events.FetchForWriting<Enrolment>(id, cancellationToken);
        var decision = Enrolment.Enrol(stream.Aggregate, id, actor.Id, request.CourseId, clock.GetUtcNow(), course.ContentHash);
        if (decision.Refusal is { } refusal)
        {
            return refusal;
        }

        stream.AppendMany(decision.Events);
        return EnrolmentView.Of(decision.Events.Aggregate(stream.Aggregate, Enrolment.Fold)!, contents);
    }
}

internal sealed class EnrolEndpoint(IDoor door) : DoorEndpoint<Enrol, EnrolmentView>(door)
{
    public override void Configure() => Describe("POST", "enrolments", "A student enrols in a course");
}

[Audience(Roles.Student)]
public sealed record Withdraw(Guid EnrolmentId) : IAcademyCommand<Done>;

/// <summary>Goes over to the course as it is now; what was done stays on record.</summary>
[Audience(Roles.Student)]
public sealed record RenewEnrolment(Guid EnrolmentId) : IAcademyCommand<EnrolmentView>;

internal sealed class EnrolmentHandlers(IDocumentSession session, IActor actor, Catalog catalog, Contents contents, TimeProvider clock) :
    IRequestHandler<Withdraw, Result<Done>>,
    IRequestHandler<RenewEnrolment, Result<EnrolmentView>>
{
    public async Task<Result<Done>> Handle(Withdraw request, CancellationToken cancellationToken) =>
        await Mine(request.EnrolmentId, cancellationToken) is not null
            ? await session.Decide<Enrolment>(request.EnrolmentId, actor, e => e.Withdraw(clock.GetUtcNow()), cancellationToken)
            : Refusals.NotFound<Enrolment>(request.EnrolmentId);

    public async Task<Result<EnrolmentView>> Handle(RenewEnrolment request, CancellationToken cancellationToken) =>
        await Mine(request.EnrolmentId, cancellationToken) is { } mine && catalog.FindCourse(mine.CourseId) is { } course
            ? await session.Decide<Enrolment, EnrolmentView>(
                mine.Id, actor, e => e.Renew(course.ContentHash, clock.GetUtcNow()), e => EnrolmentView.Of(e, contents), cancellationToken)
            : Refusals.NotFound<Enrolment>(request.EnrolmentId);

    private async Task<Enrolment?> Mine(Guid id, CancellationToken ct) =>
        await session.LoadAsync<Enrolment>(id, ct) is { } found && found.StudentId == actor.Id ? found : null;
}

internal sealed class WithdrawEndpoint(IDoor door) : DoorEndpoint<Withdraw, Done>(door)
{
    public override void Configure() => Describe("POST", "enrolments/{enrolmentId}/withdraw", "A student leaves a course; what was done stays on record");
}

internal sealed class RenewEnrolmentEndpoint(IDoor door) : DoorEndpoint<RenewEnrolment, EnrolmentView>(door)
{
    public override void Configure() => Describe("POST", "enrolments/{enrolmentId}/renew", "A student goes over to the course as it is now");
}

/// <param name="StudentId">Whose; the caller's own where it is not given.</param>
[Audience]
public sealed record ListEnrolments(Guid? StudentId = null, string? Cursor = null, int? Limit = null) : IAcademyQuery<Page<EnrolmentView>>, IPaged;

internal sealed class ListEnrolmentsValidator : AbstractValidator<ListEnrolments>
{
    public ListEnrolmentsValidator() => this.RulesForPaging();
}

internal sealed class ListEnrolmentsHandler(IQuerySession session, IActor actor, Contents contents) : IRequestHandler<ListEnrolments, Result<Page<EnrolmentView>>>
{
    public async Task<Result<Page<EnrolmentView>>> Handle(ListEnrolments request, CancellationToken cancellationToken)
    {
        var student = request.StudentId ?? actor.Id;
        return await session.MaySee(actor, student, cancellationToken)
            ? await session.Query<Enrolment>().Where(e => e.StudentId == student).ToPage(request, e => EnrolmentView.Of(e, contents), cancellationToken)
            : Refusals.NotFound("student", student);
    }
}

internal sealed class ListEnrolmentsEndpoint(IDoor door) : DoorEndpoint<ListEnrolments, Page<EnrolmentView>>(door)
{
    public override void Configure() => Describe("GET", "enrolments", "Enrolments of a student");
}
