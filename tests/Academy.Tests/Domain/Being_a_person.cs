using Academy.Domain;
using Academy.Domain.People;
using static Academy.Tests.Domain.Past;

namespace Academy.Tests.Domain;

public sealed class Being_a_person
{
    private static readonly Person Student = Given<Person>(new PersonJoined(Ann, Secret("Ann"), [Roles.Student], Noon));
    private static readonly Person Administrator = Given<Person>(new PersonJoined(Ben, Secret("Ben"), [Roles.Administrator], Noon));

    [Fact]
    public void roles_can_be_changed() => Student.ChangeRoles([Roles.Mentor], Ben, Later).ShouldRecord(new RolesChanged([Roles.Mentor], Ben, Later));

    [Fact]
    public void the_same_roles_change_nothing() => Student.ChangeRoles([Roles.Student], Ben, Later).ShouldChangeNothing();

    [Fact]
    public void nobody_locks_themselves_out() =>
        Administrator.ChangeRoles([Roles.Student], Ben, Later).ShouldBeRefused(RefusalKind.Conflict, "person.last-key");

    [Fact]
    public void another_administrator_may_take_the_role_away() =>
        Administrator.ChangeRoles([], Ann, Later).ShouldRecord(new RolesChanged([], Ann, Later));

    [Fact]
    public void erasing_takes_every_role_and_is_done_once()
    {
        var erased = Student.Then(Student.Erase(Ben, Later));
        erased.Roles.ShouldBeEmpty();
        erased.Erase(Ben, Later).ShouldChangeNothing();
        erased.ChangeRoles([Roles.Student], Ben, Later).ShouldBeRefused(RefusalKind.NotFound, "person.not-found");
    }
}
