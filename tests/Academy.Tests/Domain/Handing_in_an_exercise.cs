using Academy.Domain;
using Academy.Domain.Submissions;
using static Academy.Tests.Domain.Past;

namespace Academy.Tests.Domain;

public sealed class Handing_in_an_exercise
{
    private static readonly Guid Cleo = Guid.Parse("0193a1b2-0000-7000-8000-00000000f006");
    private static readonly Guid Mentor = Guid.Parse("0193a1b2-0000-7000-8000-00000000a009");
    private static readonly SubmissionBegun Began = new(
        Thing, Ann, "trial-platform", "4b1f0c7d9a2e6835", ["design", "risks"],
        [new("architecture", [0, 12, 20]), new("validation", [0, 10])], 60, [new(Ben, "product-owner")], Noon);
    private static readonly Submission Draft = Given<Submission>(Began);
    private static readonly Submission Full = Draft.And(Text("design"), Text("risks"));
    private static readonly Submission Waiting = Full.And(new SubmittedForGrading(Ann, Noon));
    private static readonly Submission Graded = Waiting.And(new SubmissionGraded(Mentor, [new("architecture", 2, null), new("validation", 0, null)], null, Noon));

    [Fact]
    public void takes_texts_from_the_student_and_the_team_and_from_nobody_else()
    {
        Draft.HandIn("design", Ann, Secret("…"), 700, Later).ShouldRecord(new DeliverableHandedIn("design", Ann, Secret("…"), 700, Later));
        Draft.HandIn("design", Ben, Secret("…"), 700, Later).Refusal.ShouldBeNull();
        Draft.HandIn("design", Cleo, Secret("…"), 700, Later).ShouldBeRefused(RefusalKind.NotFound, "submission.not-found");
    }

    [Fact]
    public void knows_what_is_asked_for() => Draft.HandIn("cake", Ann, Secret("…"), 1, Later).ShouldBeRefused(RefusalKind.NotFound, "submission.no-such-deliverable");

    [Fact]
    public void goes_to_a_mentor_only_when_it_is_complete()
    {
        Draft.And(Text("design")).Submit(Ann, Later).ShouldBeRefused(RefusalKind.Conflict, "submission.incomplete");
        Full.Submit(Ben, Later).ShouldRecord(new SubmittedForGrading(Ben, Later));
        Full.Submit(Cleo, Later).ShouldBeRefused(RefusalKind.NotFound, "submission.not-found");
        Waiting.Submit(Ann, Later).ShouldChangeNothing();
    }

    [Fact]
    public void closes_the_texts_while_a_mentor_looks() =>
        Waiting.HandIn("design", Ann, Secret("…"), 700, Later).ShouldBeRefused(RefusalKind.Conflict, "submission.closed");

    [Fact]
    public void is_graded_by_every_criterion_of_the_rubric()
    {
        CriterionGrade[] grades = [new("architecture", 1, Secret("clear")), new("validation", 1, null)];
        Waiting.Assess(Mentor, grades, null, Later).ShouldRecord(new SubmissionGraded(Mentor, grades, null, Later));
        Waiting.Assess(Mentor, grades[..1], null, Later).ShouldBeRefused(RefusalKind.Invalid, "submission.grades");
        Waiting.Assess(Mentor, [.. grades, new("cake", 0, null)], null, Later).ShouldBeRefused(RefusalKind.Invalid, "submission.grades");
        Waiting.Assess(Mentor, [grades[0], grades[0]], null, Later).ShouldBeRefused(RefusalKind.Invalid, "submission.grades");
        Waiting.Assess(Mentor, [new("architecture", 3, null), grades[1]], null, Later).ShouldBeRefused(RefusalKind.Invalid, "submission.grades");
        Waiting.Assess(Mentor, [new("architecture", -1, null), grades[1]], null, Later).ShouldBeRefused(RefusalKind.Invalid, "submission.grades");
    }

    [Fact]
    public void is_graded_by_nobody_whose_work_it_is()
    {
        CriterionGrade[] best = [new("architecture", 2, null), new("validation", 1, null)];
        Waiting.Assess(Ann, best, null, Later).ShouldBeRefused(RefusalKind.Forbidden, "submission.own");
        Waiting.Assess(Ben, best, null, Later).ShouldBeRefused(RefusalKind.Forbidden, "submission.own");
        Waiting.SendBack(Ben, Secret("…"), Later).ShouldBeRefused(RefusalKind.Forbidden, "submission.own");
    }

    [Fact]
    public void is_not_graded_before_it_is_handed_in() =>
        Full.Assess(Mentor, [new("architecture", 2, null), new("validation", 1, null)], null, Later).ShouldBeRefused(RefusalKind.Conflict, "submission.not-waiting");

    [Fact]
    public void counts_the_points_of_the_levels()
    {
        (Graded.Points, Graded.MaxPoints, Graded.Passed).ShouldBe((20, 30, true));
        Graded.And(new SubmissionGraded(Mentor, [new("architecture", 1, null), new("validation", 0, null)], null, Later)).Passed.ShouldBeFalse();
        Waiting.Points.ShouldBeNull();
    }

    [Fact]
    public void can_be_graded_again_and_the_newer_grade_counts()
    {
        var again = Graded.Then(Graded.Assess(Mentor, [new("architecture", 0, null), new("validation", 1, null)], Secret("on reflection"), Later));
        again.Points.ShouldBe(10);
    }

    [Fact]
    public void comes_back_for_revision_and_goes_again()
    {
        var back = Waiting.Then(Waiting.SendBack(Mentor, Secret("which risks?"), Later));
        back.Status.ShouldBe(SubmissionStatus.Returned);
        back.Assess(Mentor, [new("architecture", 2, null), new("validation", 1, null)], null, Later).ShouldBeRefused(RefusalKind.Conflict, "submission.not-waiting");
        var revised = back.Then(back.HandIn("risks", Ann, Secret("these"), 650, Later));
        revised.Then(revised.Submit(Ann, Later)).Status.ShouldBe(SubmissionStatus.Waiting);
    }

    [Fact]
    public void is_closed_once_it_is_graded()
    {
        Graded.HandIn("design", Ann, Secret("…"), 700, Later).ShouldBeRefused(RefusalKind.Conflict, "submission.closed");
        Graded.Submit(Ann, Later).ShouldBeRefused(RefusalKind.Conflict, "submission.graded");
    }

    private static DeliverableHandedIn Text(string id) => new(id, Ann, Secret("…"), 700, Noon);
}
