namespace Academy.Domain.People;

/// <param name="Name">As the person wants to be called.</param>
public sealed record PersonJoined(Guid PersonId, Sealed Name, IReadOnlyList<string> Roles, DateTimeOffset At);
public sealed record RolesChanged(IReadOnlyList<string> Roles, Guid By, DateTimeOffset At);
/// <summary>The key that unseals what is known of the person was destroyed.</summary>
public sealed record PersonErased(Guid By, DateTimeOffset At);

/// <summary>Someone, or another system, that Academy itself signs in.</summary>
public sealed record Person(Guid Id, Sealed Name, IReadOnlyList<string> Roles, DateTimeOffset JoinedAt, bool Erased = false) : IState<Person>
{
    public static Person? Fold(Person? state, object @event) => (state, @event) switch
    {
        (null, PersonJoined e) => new(e.PersonId, e.Name, e.Roles, e.At),
        ({ } s, RolesChanged e) => s with { Roles = e.Roles },
        ({ } s, PersonErased) => s with { Erased = true, Roles = [] },
        _ => state,
    };

    public Decision ChangeRoles(IReadOnlyList<string> roles, Guid by, DateTimeOffset at) => this switch
    {
        { Erased: true } => Gone,
        _ when by == Id && Roles.Contains(Domain.Roles.Administrator) && !roles.Contains(Domain.Roles.Administrator) => Decision.Refuse(
            RefusalKind.Conflict, "person.last-key", "You cannot take the role of administrator from yourself. Ask another administrator."),
        _ when Roles.ToHashSet().SetEquals(roles) => Decision.Nothing,
        _ => Decision.Record(new RolesChanged(roles, by, at)),
    };

    public Decision Erase(Guid by, DateTimeOffset at) => Erased ? Decision.Nothing : Decision.Record(new PersonErased(by, at));

    private static Decision Gone => Decision.Refuse(RefusalKind.NotFound, "person.not-found", "This person was erased.");
}
