using Academy.Domain.Attempts;
using Academy.Features.Publishing;

namespace Academy.Features.Attempting;

/// <param name="AsOf">A time (ISO 8601) or a version of the attempt; now where it is not given.</param>
[Audience]
public sealed record GetAttempt(Guid AttemptId, AsOf? AsOf = null) : IAcademyQuery<AttemptView>;

internal sealed class GetAttemptHandler(IQuerySession session, IActor actor, Contents contents) : IRequestHandler<GetAttempt, Result<AttemptView>>
{
    public async Task<Result<AttemptView>> Handle(GetAttempt request, CancellationToken cancellationToken)
    {
        var now = await session.See<AttemptView>(actor, request.AttemptId, a => a.StudentId, cancellationToken);
        if (now.Value is null)
        {
            return now;
        }

        var then = request.AsOf is { } asOf
            ? await session.AsOf<AttemptView>(request.AttemptId, e => asOf.Includes(e.Timestamp, e.Version), cancellationToken)
            : now.Value;
        return then is not null ? then.Against(contents) : Refusals.NotFound("attempt", request.AttemptId);
    }
}

internal sealed class GetAttemptEndpoint(IDoor door) : DoorEndpoint<GetAttempt, AttemptView>(door)
{
    public override void Configure() => Describe("GET", "attempts/{attemptId}", "An attempt with what was last seen of every check, now or as of then");
}

/// <param name="StudentId">Whose; the caller's own where it is not given.</param>
[Audience]
public sealed record ListAttempts(Guid? StudentId = null, string? LabId = null, AttemptStatus? Status = null, string? Cursor = null, int? Limit = null)
    : IAcademyQuery<Page<AttemptView>>, IPaged;

internal sealed class ListAttemptsValidator : AbstractValidator<ListAttempts>
{
    public ListAttemptsValidator() => this.RulesForPaging();
}

internal sealed class ListAttemptsHandler(IQuerySession session, IActor actor, Contents contents) : IRequestHandler<ListAttempts, Result<Page<AttemptView>>>
{
    public async Task<Result<Page<AttemptView>>> Handle(ListAttempts request, CancellationToken cancellationToken)
    {
        var student = request.StudentId ?? actor.Id;
        if (!await session.MaySee(actor, student, cancellationToken))
        {
            return Refusals.NotFound("student", student);
        }

        var attempts = session.Query<AttemptView>().Where(a => a.StudentId == student);
        attempts = request.LabId is { } lab ? attempts.Where(a => a.LabId == lab) : attempts;
        attempts = request.Status is { } status ? attempts.Where(a => a.Status == status) : attempts;
        return await attempts.ToPage(request, a => a.Against(contents), cancellationToken);
    }
}

internal sealed class ListAttemptsEndpoint(IDoor door) : DoorEndpoint<ListAttempts, Page<AttemptView>>(door)
{
    public override void Configure() => Describe("GET", "attempts", "Attempts of a student, newest first");
}
