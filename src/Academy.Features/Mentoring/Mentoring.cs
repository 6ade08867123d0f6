using Academy.Domain.Mentorships;
using Academy.Domain.People;
using Academy.Features.Door.Sealing;

namespace Academy.Features.Mentoring;

/// <param name="Topic">In the student's words; null once the student is erased.</param>
public sealed record MentorshipView(Guid Id, Guid StudentId, Guid? MentorId, string? Topic, bool Ended)
{
    /// <summary>Where Academy itself knows it.</summary>
    public string? StudentName { get; init; }
}

/// <summary>A student asks for a mentor.</summary>
[Audience(Roles.Student)]
public sealed record RequestMentorship(string Topic) : IAcademyCommand<MentorshipView>;

internal sealed class RequestMentorshipValidator : AbstractValidator<RequestMentorship>
{
    public RequestMentorshipValidator() => RuleFor(c => c.Topic).NotEmpty().MaximumLength(1000);
}

internal sealed class RequestMentorshipHandler(IDocumentSession session, IActor actor, PersonKeys keys, TimeProvider clock)
    : IRequestHandler<RequestMentorship, Result<MentorshipView>>
{
    public async Task<Result<MentorshipView>> Handle(RequestMentorship request, CancellationToken cancellationToken)
    {
        var asked = new MentorshipRequested(
            Guid.CreateVersion7(clock.GetUtcNow()), actor.Id, await keys.Seal(actor.Id, request.Topic, cancellationToken), clock.GetUtcNow());
        session.Events.StartStream<Mentorship>(asked.MentorshipId, asked);
        return new MentorshipView(asked.MentorshipId, actor.Id, null, request.Topic, false);
    }
}

internal sealed class RequestMentorshipEndpoint(IDoor door) : DoorEndpoint<RequestMentorship, MentorshipView>(door)
{
    public override void Configure() => Describe("POST", "mentorships", "A student asks for a mentor");
}

/// <summary>A mentor takes a request.</summary>
[Audience(Roles.Mentor)]
public sealed record ClaimMentorship(Guid MentorshipId) : IAcademyCommand<Done>;

internal sealed class ClaimMentorshipHandler(IDocumentSession session, IActor actor, TimeProvider clock) : IRequestHandler<ClaimMentorship, Result<Done>>
{
    public Task<Result<Done>> Handle(ClaimMentorship request, CancellationToken cancellationToken) =>
        session.Decide<Mentorship>(request.MentorshipId, actor, m => m.Claim(actor.Id, clock.GetUtcNow()), cancellationToken);
}

internal sealed class ClaimMentorshipEndpoint(IDoor door) : DoorEndpoint<ClaimMentorship, Done>(door)
{
    public override void Configure() => Describe("POST", "mentorships/{mentorshipId}/claim", "A mentor takes a request");
}

/// <summary>The student or the mentor ends it.</summary>
[Audience(Roles.Student, Roles.Mentor)]
public sealed record EndMentorship(Guid MentorshipId) : IAcademyCommand<Done>;

internal sealed class EndMentorshipHandler(IDocumentSession session, IActor actor, TimeProvider clock) : IRequestHandler<EndMentorship, Result<Done>>
{
    public Task<Result<Done>> Handle(EndMentorship request, CancellationToken cancellationToken) =>
        session.Decide<Mentorship>(request.MentorshipId, actor, m => m.End(actor.Id, clock.GetUtcNow()), cancellationToken);
}

internal sealed class EndMentorshipEndpoint(IDoor door) : DoorEndpoint<EndMentorship, Done>(door)
{
    public override void Configure() => Describe("POST", "mentorships/{mentorshipId}/end", "The student or the mentor ends a mentorship");
}

/// <summary>The caller's own, as a student or a mentor; mentors may ask for the requests that wait for one.</summary>
/// <param name="Waiting">Requests that nobody has taken.</param>
[Audience(Roles.Student, Roles.Mentor)]
public sealed record ListMentorships(bool Waiting = false, string? Cursor = null, int? Limit = null) : IAcademyQuery<Page<MentorshipView>>, IPaged;

internal sealed class ListMentorshipsValidator : AbstractValidator<ListMentorships>
{
    public ListMentorshipsValidator() => this.RulesForPaging();
}

internal sealed class ListMentorshipsHandler(IQuerySession session, IActor actor, PersonKeys keys) : IRequestHandler<ListMentorships, Result<Page<MentorshipView>>>
{
    public async Task<Result<Page<MentorshipView>>> Handle(ListMentorships request, CancellationToken cancellationToken)
    {
        if (request.Waiting && !actor.Is(Roles.Mentor))
        {
            return new Refusal(RefusalKind.Forbidden, "role.missing", "Waiting requests are for mentors only.");
        }

        var found = request.Waiting
            ? session.Query<Mentorship>().Where(m => m.MentorId == null && !m.Ended)
            : session.Query<Mentorship>().Where(m => m.StudentId == actor.Id || m.MentorId == actor.Id);
        var page = await found.ToPage(request, m => m, cancellationToken);
        var people = (await session.LoadManyAsync<Person>(cancellationToken, page.Items.Select(m => m.StudentId).Distinct())).ToDictionary(p => p.Id);
        var views = new List<MentorshipView>();
        foreach (var m in page.Items)
        {
            views.Add(new(m.Id, m.StudentId, m.MentorId, await keys.Unseal(m.StudentId, m.Topic, cancellationToken), m.Ended)
            {
                StudentName = people.GetValueOrDefault(m.StudentId) is { } student ? await keys.Unseal(student.Id, student.Name, cancellationToken) : null,
            });
        }

        return new Page<MentorshipView>(views, page.Next);
    }
}

internal sealed class ListMentorshipsEndpoint(IDoor door) : DoorEndpoint<ListMentorships, Page<MentorshipView>>(door)
{
    public override void Configure() => Describe("GET", "mentorships", "The caller's mentorships, or the requests that wait for a mentor");
}
