using Academy.Domain.People;
using Academy.Features.Door.Sealing;

namespace Academy.Features.SigningIn;

/// <param name="Name">Null where the person was erased, or is signed in by another issuer.</param>
public sealed record PersonView(Guid Id, string? Name, IReadOnlyList<string> Roles, bool Erased);

/// <summary>Adds somebody whom Academy itself signs in.</summary>
/// <param name="Id">Of the caller's choice; a new one where it is not given.</param>
[Audience(Domain.Roles.Administrator)]
public sealed record AddPerson(string Name, IReadOnlyList<string> Roles, Guid? Id = null) : IAcademyCommand<PersonView>;

internal sealed class AddPersonValidator : AbstractValidator<AddPerson>
{
    public AddPersonValidator()
    {
        RuleFor(c => c.Name).NotEmpty().MaximumLength(200);
        RuleFor(c => c.Roles).NotEmpty();
        RuleForEach(c => c.Roles).MustBeRole();
    }
}

internal sealed class AddPersonHandler(IDocumentSession session, PersonKeys keys, TimeProvider clock) : IRequestHandler<AddPerson, Result<PersonView>>
{
    public async Task<Result<PersonView>> Handle(AddPerson request, CancellationToken cancellationToken)
    {
        var id = request.Id ?? Guid.CreateVersion7(clock.GetUtcNow());
        if (await session.LoadAsync<Person>(id, cancellationToken) is not null)
        {
            return new Refusal(RefusalKind.Conflict, "person.exists", "There is a person with this id.");
        }

        session.Events.StartStream<Person>(id, new PersonJoined(id, await keys.Seal(id, request.Name, cancellationToken), request.Roles.Distinct().ToList(), clock.GetUtcNow()));
        return new PersonView(id, request.Name, request.Roles, false);
    }
}

internal sealed class AddPersonEndpoint(IDoor door) : DoorEndpoint<AddPerson, PersonView>(door)
{
    public override void Configure() => Describe("POST", "people", "Adds a person whom Academy itself signs in");
}

[Audience(Domain.Roles.Administrator)]
public sealed record ChangeRoles(Guid PersonId, IReadOnlyList<string> Roles) : IAcademyCommand<Done>;

internal sealed class ChangeRolesValidator : AbstractValidator<ChangeRoles>
{
    public ChangeRolesValidator() => RuleForEach(c => c.Roles).MustBeRole();
}

internal sealed class ChangeRolesHandler(IDocumentSession session, IActor actor, TimeProvider clock) : IRequestHandler<ChangeRoles, Result<Done>>
{
    public Task<Result<Done>> Handle(ChangeRoles request, CancellationToken cancellationToken) =>
        session.Decide<Person>(request.PersonId, actor, p => p.ChangeRoles(request.Roles, actor.Id, clock.GetUtcNow()), cancellationToken);
}

internal sealed class ChangeRolesEndpoint(IDoor door) : DoorEndpoint<ChangeRoles, Done>(door)
{
    public override void Configure() => Describe("PUT", "people/{personId}/roles", "Changes what a person may do");
}

/// <summary>Destroys the key that unseals what is known of a person. It cannot be undone.</summary>
[Audience(Roles.Administrator)]
public sealed record ErasePerson(Guid PersonId) : IAcademyCommand<Done>;

internal sealed class ErasePersonHandler(IDocumentSession session, IActor actor, TimeProvider clock) : IRequestHandler<ErasePerson, Result<Done>>
{
    public Task<Result<Done>> Handle(ErasePerson request, CancellationToken cancellationToken)
    {
        session.Store(new PersonKey(request.PersonId, null));
        return session.Decide<Person>(request.PersonId, actor, p => p.Erase(actor.Id, clock.GetUtcNow()), cancellationToken);
    }
}

internal sealed class ErasePersonEndpoint(IDoor door) : DoorEndpoint<ErasePerson, Done>(door)
{
    public override void Configure() => Describe("DELETE", "people/{personId}", "Erases a person: what was sealed for them can never be read again");
}

[Audience(Roles.Administrator, Roles.Instructor, Roles.Integration)]
public sealed record ListPeople(string? Cursor = null, int? Limit = null) : IAcademyQuery<Page<PersonView>>, IPaged;

internal sealed class ListPeopleValidator : AbstractValidator<ListPeople>
{
    public ListPeopleValidator() => this.RulesForPaging();
}

/// <summary>Who the caller is, and what they may do.</summary>
[Audience]
public sealed record WhoAmI : IAcademyQuery<Me>;

public sealed record Me(Guid Id, string Tenant, string? Name, IReadOnlyList<string> Roles, IReadOnlyList<string>? Scopes);

internal sealed class ReadPeopleHandlers(IQuerySession session, IActor actor, PersonKeys keys) :
    IRequestHandler<ListPeople, Result<Page<PersonView>>>,
    IRequestHandler<WhoAmI, Result<Me>>
{
    public async Task<Result<Page<PersonView>>> Handle(ListPeople request, CancellationToken cancellationToken)
    {
        var page = await session.Query<Person>().ToPage(request, p => p, cancellationToken);
        var views = new List<PersonView>();
        foreach (var person in page.Items)
        {
            views.Add(new(person.Id, await Name(person, cancellationToken), person.Roles, person.Erased));
        }

        return new Page<PersonView>(views, page.Next);
    }

    public async Task<Result<Me>> Handle(WhoAmI request, CancellationToken cancellationToken)
    {
        var person = await session.LoadAsync<Person>(actor.Id, cancellationToken);
        return new Me(actor.Id, actor.Tenant, person is null ? null : await Name(person, cancellationToken), [.. actor.Roles], actor.Scopes?.ToList());
    }

    private Task<string?> Name(Person person, CancellationToken ct) => keys.Unseal(person.Id, person.Name, ct);
}

internal sealed class ListPeopleEndpoint(IDoor door) : DoorEndpoint<ListPeople, Page<PersonView>>(door)
{
    public override void Configure() => Describe("GET", "people", "The people whom Academy itself signs in");
}

internal sealed class WhoAmIEndpoint(IDoor door) : DoorEndpoint<WhoAmI, Me>(door)
{
    public override void Configure() => Describe("GET", "me", "Who the caller is, and what they may do");
}

internal static class RoleRule
{
    public static IRuleBuilderOptions<T, string> MustBeRole<T>(this IRuleBuilder<T, string> rule) =>
        rule.Must(Roles.All.Contains).WithMessage($"A role is one of: {string.Join(", ", Roles.All)}.");
}
