using Academy.Domain;
using Academy.Domain.Attempts;
using static Academy.Tests.Domain.Past;

namespace Academy.Tests.Domain;

public sealed class Passing_a_lab
{
    private const string Hash = "9f86d081";
    private static readonly AttemptStarted Free = new(Thing, Ann, "deploy-ai-app", 1, Ben, "ai-app", ["image", "service"], 5, Noon);
    private static readonly AttemptStarted Scored = Free with { Policy = new AttemptPolicy(70, Exam: false, Assistant: true) };
    private static readonly AttemptStarted Exam = Free with { Policy = new AttemptPolicy(70, Exam: true, Assistant: false) };

    [Fact]
    public void happens_with_enough_points_before_every_step_is_done()
    {
        var seen = new[] { Seen("image", 6, 6), Seen("service", 1, 4) };
        Given<Attempt>(Scored).Check(seen, Later).ShouldRecord(new WorkChecked(seen, Later), new StepCompleted("image", Later), new LabPassed(Later));
    }

    [Fact]
    public void does_not_happen_one_point_too_early() =>
        Given<Attempt>(Scored).Check([Seen("image", 6, 6), Seen("service", 0, 4)], Later).Events.OfType<LabPassed>().ShouldBeEmpty();

    [Fact]
    public void happens_once()
    {
        var passed = Given<Attempt>(Scored, new WorkChecked([Seen("image", 6, 6), Seen("service", 1, 4)], Noon), new StepCompleted("image", Noon), new LabPassed(Noon));
        passed.Check([Seen("image", 6, 6), Seen("service", 2, 4)], Later).Events.OfType<LabPassed>().ShouldBeEmpty();
    }

    [Fact]
    public void leaves_the_lab_open_for_the_rest()
    {
        var passed = Given<Attempt>(Scored, new LabPassed(Noon));
        (passed.Passed, passed.Status).ShouldBe((true, AttemptStatus.Active));
        var all = new[] { Seen("image", 6, 6), Seen("service", 4, 4) };
        passed.Check(all, Later).Events[^1].ShouldBe(new LabCompleted(Later));
    }

    [Fact]
    public void keeps_what_was_earned_when_the_cluster_breaks_again()
    {
        var once = Given<Attempt>(Scored, new WorkChecked([Seen("image", 5, 6), Seen("service", 0, 4)], Noon));
        once.Check([Seen("image", 0, 6), Seen("service", 2, 4)], Later).Events.OfType<LabPassed>().ShouldHaveSingleItem();
    }

    [Fact]
    public void asks_for_every_step_where_the_lab_says_nothing_else() =>
        Given<Attempt>(Free).Check([Seen("image", 6, 6), Seen("service", 3, 4)], Later).Events.OfType<LabPassed>().ShouldBeEmpty();

    [Fact]
    public void takes_nothing_from_a_check_that_was_not_carried_out()
    {
        var nothing = new StepObservation("service", false, [new CheckObservation("c1", "A check", false, 0, 4, "no answer", CheckOutcome.NotCarriedOut)]);
        Given<Attempt>(Scored).Check([Seen("image", 6, 6), nothing], Later).Events.OfType<LabPassed>().ShouldBeEmpty();
    }

    [Fact]
    public void may_be_tried_as_often_as_the_lab_says()
    {
        Attempt.Start(Free, 2, 3).ShouldRecord(Free);
        Attempt.Start(Free, 3, 3).ShouldBeRefused(RefusalKind.Conflict, "attempt.limit");
        Attempt.Start(Free, 99, null).ShouldRecord(Free);
    }

    [Fact]
    public void records_what_a_hint_cost_on_that_day()
    {
        int[] prices = [0, 5, 10, 20, 40];
        var attempt = Given<Attempt>(Free);
        attempt.TakeHint("image", 5, Later, prices).ShouldRecord(new HintTaken("image", 1, Later, 0));
        attempt.And(new HintTaken("image", 1, Noon, 0)).TakeHint("image", 5, Later, prices).ShouldRecord(new HintTaken("image", 2, Later, 5));
    }

    [Fact]
    public void has_no_hints_in_an_exam() => Given<Attempt>(Exam).TakeHint("image", 5, Later).ShouldBeRefused(RefusalKind.Conflict, "attempt.exam");

    [Fact]
    public void takes_files()
    {
        var attempt = Given<Attempt>(Free);
        attempt.Upload("plan", Hash, 12, "terraform-plan", Later).ShouldRecord(new ArtefactUploaded("plan", Hash, 12, "terraform-plan", Later));
        attempt.Remove("plan", Later).ShouldBeRefused(RefusalKind.NotFound, "artefact.not-found");
        var with = attempt.And(new ArtefactUploaded("plan", Hash, 12, "terraform-plan", Noon));
        with.Upload("plan", Hash, 12, "terraform-plan", Later).ShouldChangeNothing();
        with.Upload("plan", "2c26b46b", 13, "terraform-plan", Later).Events.ShouldHaveSingleItem();
        with.Then(with.Remove("plan", Later)).Artefacts.ShouldBeEmpty();
    }

    [Fact]
    public void takes_no_files_after_the_end()
    {
        var over = Given<Attempt>(Free, new ArtefactUploaded("plan", Hash, 12, "terraform-plan", Noon), new LabCompleted(Noon));
        over.Upload("plan", "2c26b46b", 12, "terraform-plan", Later).ShouldBeRefused(RefusalKind.Conflict, "attempt.closed");
        over.Remove("plan", Later).ShouldBeRefused(RefusalKind.Conflict, "attempt.closed");
    }

    private static StepObservation Seen(string step, int points, int most) =>
        new(step, points == most, [new CheckObservation("c1", "A check", points == most, points, most, "seen", points == most ? CheckOutcome.Passed : CheckOutcome.Failed)]);
}
