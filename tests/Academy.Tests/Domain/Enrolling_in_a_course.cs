using Academy.Domain;
using Academy.Domain.Enrolments;
using static Academy.Tests.Domain.Past;

namespace Academy.Tests.Domain;

public sealed class Enrolling_in_a_course
{
    private const string Course = "advanced-devops-mlops";
    private static readonly Enrolled Began = new(Thing, Ann, Course, Noon);

    [Fact]
    public void is_recorded() => Enrolment.Enrol(null, Thing, Ann, Course, Noon).ShouldRecord(Began);

    [Fact]
    public void is_refused_while_enrolled() =>
        Enrolment.Enrol(Given<Enrolment>(Began), Thing, Ann, Course, Later).ShouldBeRefused(RefusalKind.Conflict, "enrolment.exists");

    [Fact]
    public void ends_when_the_student_withdraws() => Given<Enrolment>(Began).Withdraw(Later).ShouldRecord(new EnrolmentWithdrawn(Later));

    [Fact]
    public void cannot_be_withdrawn_from_twice() =>
        Given<Enrolment>(Began, new EnrolmentWithdrawn(Noon)).Withdraw(Later).ShouldBeRefused(RefusalKind.Conflict, "enrolment.withdrawn");

    [Fact]
    public void goes_on_after_coming_back()
    {
        var left = Given<Enrolment>(Began, new EnrolmentWithdrawn(Noon));
        var back = left.Then(Enrolment.Enrol(left, Thing, Ann, Course, Later));
        back.Withdrawn.ShouldBeFalse();
    }
}
