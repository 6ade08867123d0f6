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

    [Fact]
    public void holds_the_student_to_the_content_they_began_with()
    {
        var held = Given<Enrolment>(Began with { CourseHash = "aaaa" });
        held.CourseHash.ShouldBe("aaaa");
        held.Renew("aaaa", Later).ShouldChangeNothing();
        held.Then(held.Renew("bbbb", Later)).CourseHash.ShouldBe("bbbb");
    }

    [Fact]
    public void remembers_which_lessons_were_read_and_when_first()
    {
        var read = Given<Enrolment>(Began, new LessonRead("networking", Noon));
        read.ReadLesson("networking", Later).ShouldChangeNothing();
        read.ReadLesson("storage", Later).ShouldRecord(new LessonRead("storage", Later));
        read.And(new LessonRead("networking", Later)).Read["networking"].ShouldBe(Noon);
    }

    [Fact]
    public void is_completed_once_when_nothing_is_missing()
    {
        var enrolment = Given<Enrolment>(Began);
        enrolment.Complete(["quiz networking"], Later).ShouldBeRefused(RefusalKind.Conflict, "course.unfinished");
        enrolment.Complete([], Later).ShouldRecord(new CourseCompleted(Later));
        enrolment.And(new CourseCompleted(Noon)).Complete(["a lesson added since"], Later).ShouldChangeNothing();
    }

    [Fact]
    public void takes_nothing_more_from_who_has_left()
    {
        var left = Given<Enrolment>(Began, new EnrolmentWithdrawn(Noon));
        left.ReadLesson("networking", Later).ShouldBeRefused(RefusalKind.Conflict, "enrolment.withdrawn");
        left.Renew("bbbb", Later).ShouldBeRefused(RefusalKind.Conflict, "enrolment.withdrawn");
        left.Complete([], Later).ShouldBeRefused(RefusalKind.Conflict, "enrolment.withdrawn");
    }
}
